from __future__ import annotations

from typing import ClassVar

from django.db import migrations

# Only who is erased is taken out of what is locked, and that the system does.
BY_SYSTEM = "coalesce(current_setting('app.subject', true), '') = 'system'"
MINUTES = f"""
create function meetings_minutes_are_kept() returns trigger language plpgsql as $$
begin
    if {BY_SYSTEM} then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' then
        raise exception 'a revision of minutes cannot be deleted' using errcode = 'check_violation';
    end if;
    if (new.meeting_id, new.language, new.revision, new.final, new.content, new.sent_at)
        is distinct from (old.meeting_id, old.language, old.revision, old.final, old.content, old.sent_at)
    then
        raise exception 'a revision of minutes cannot be altered' using errcode = 'check_violation';
    end if;
    return new;
end $$
"""
NOTES = f"""
create function meetings_notes_are_locked() returns trigger language plpgsql as $$
declare
    which uuid := case when tg_op = 'INSERT' then new.meeting_id else old.meeting_id end;
begin
    if tg_op = 'UPDATE'
        and (new.meeting_id, new.item_id, new.text, new.language, new.gist, new.women_specific, new.confidential,
             new.noted_at, new.removed_at)
            is not distinct from
            (old.meeting_id, old.item_id, old.text, old.language, old.gist, old.women_specific, old.confidential,
             old.noted_at, old.removed_at)
    then
        return new;
    end if;
    if not ({BY_SYSTEM}) and exists (select from meetings_meeting where id = which and state = 'closed') then
        raise exception 'the minutes of this meeting are locked' using errcode = 'check_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$
"""
MEETING = f"""
create function meetings_closed_stays() returns trigger language plpgsql as $$
begin
    if not ({BY_SYSTEM})
        and (new.state, new.summary, new.summaries, new.corrections_until, new.starts, new.zone)
            is distinct from (old.state, old.summary, old.summaries, old.corrections_until, old.starts, old.zone)
    then
        raise exception 'the minutes of this meeting are locked' using errcode = 'check_violation';
    end if;
    return new;
end $$
"""


def on(table: str, function: str, when: str, condition: str = "") -> migrations.RunSQL:
    """Ask a function before rows of a table are written."""
    return migrations.RunSQL(
        f"create trigger {function} before {when} on {table} for each row {condition} execute function {function}()",
        f"drop trigger {function} on {table}",
    )


class Migration(migrations.Migration):
    """Minutes that went out stay word for word, and a meeting whose minutes are locked stays as it is."""

    dependencies: ClassVar = [("meetings", "0012_corrections")]

    operations: ClassVar = [
        # Until now each was the last one: it went out when the meeting was closed.
        migrations.RunSQL("update meetings_minutes set final = true", migrations.RunSQL.noop),
        migrations.RunSQL(MINUTES, "drop function meetings_minutes_are_kept"),
        on("meetings_minutes", "meetings_minutes_are_kept", "update or delete"),
        migrations.RunSQL(NOTES, "drop function meetings_notes_are_locked"),
        on("meetings_statement", "meetings_notes_are_locked", "insert or update or delete"),
        migrations.RunSQL(MEETING, "drop function meetings_closed_stays"),
        on("meetings_meeting", "meetings_closed_stays", "update", "when (old.state = 'closed')"),
    ]
