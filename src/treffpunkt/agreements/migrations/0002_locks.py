from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from treffpunkt.core.policies import STAFF, looks_up, second_lock

SEALED = """
create function agreements_text_is_sealed() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' and old.sealed_at is not null then
        if tg_op = 'DELETE' then
            raise exception 'a text that was offered cannot be deleted' using errcode = 'check_violation';
        end if;
        if (new.agreement_id, new.number, new.language, new.sentences, new.text, new.text_de, new.sha256, new.sealed_at)
            is distinct from
            (old.agreement_id, old.number, old.language, old.sentences, old.text, old.text_de, old.sha256, old.sealed_at)
        then
            raise exception 'a text that was offered cannot be altered' using errcode = 'check_violation';
        end if;
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if new.sealed_at is not null
        and new.sha256 <> encode(sha256(convert_to(new.text || E'\\n\\n' || new.text_de, 'UTF8')), 'hex')
    then
        raise exception 'the hash is not that of the text' using errcode = 'check_violation';
    end if;
    return new;
end $$
"""
SIGNED = """
create function agreements_signature_is_fixed() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if not exists (
            select from agreements_agreementversion v
            where v.id = new.version_id and v.sealed_at is not null and v.sha256 = new.sha256
        ) then
            raise exception 'signed is what was offered, word for word' using errcode = 'check_violation';
        end if;
    elsif (new.version_id, new.party_id, new.way, new.at, new.sha256)
        is distinct from (old.version_id, old.party_id, old.way, old.at, old.sha256)
    then
        raise exception 'a signature cannot be altered' using errcode = 'check_violation';
    end if;
    return new;
end $$
"""
WORKS_ON = """
select exists (
    select from agreements_agreement a join people_staff o on o.id = a.owner_id
    where a.id = which and (o.id = who or o.covered_by_id = who)
) or exists (
    select from people_staff s where s.id = who and s.is_active and 'coordinator' = any(s.roles)
)
"""


class Migration(migrations.Migration):
    """What was offered stays word for word; evidence stays with those who work on the agreement."""

    dependencies: ClassVar = [("agreements", "0001_initial"), ("people", "0002_accounts")]

    operations: ClassVar = [
        migrations.RunSQL(SEALED, "drop function agreements_text_is_sealed"),
        migrations.RunSQL(
            "create trigger agreements_text_is_sealed before insert or update or delete on agreements_agreementversion"
            " for each row execute function agreements_text_is_sealed()",
            "drop trigger agreements_text_is_sealed on agreements_agreementversion",
        ),
        migrations.RunSQL(SIGNED, "drop function agreements_signature_is_fixed"),
        migrations.RunSQL(
            "create trigger agreements_signature_is_fixed before insert or update on agreements_signature"
            " for each row execute function agreements_signature_is_fixed()",
            "drop trigger agreements_signature_is_fixed on agreements_signature",
        ),
        looks_up("agreements_works_on", "which uuid, who uuid", WORKS_ON),
        second_lock(
            "agreements_evidence", sees=f"kept_by_id = {STAFF} or agreements_works_on(agreement_id, {STAFF})"
        ),
    ]
