from __future__ import annotations

from typing import ClassVar

from django.db import migrations

SIGNED = """
create or replace function agreements_signature_is_fixed() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if not exists (
            select from agreements_agreementversion v
            where v.id = new.version_id and v.sealed_at is not null and v.sha256 = new.sha256
        ) then
            raise exception 'signed is what was offered, word for word' using errcode = 'check_violation';
        end if;
    elsif (new.version_id, new.way, new.at, new.sha256) is distinct from (old.version_id, old.way, old.at, old.sha256)
    then
        raise exception 'a signature cannot be altered' using errcode = 'check_violation';
    end if;
    return new;
end $$
"""


class Migration(migrations.Migration):
    """Where two records of one person become one, so do the parties; what was signed, when and how stays."""

    dependencies: ClassVar = [("agreements", "0003_access")]

    operations: ClassVar = [migrations.RunSQL(SIGNED, migrations.RunSQL.noop)]
