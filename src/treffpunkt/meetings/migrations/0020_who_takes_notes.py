from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from treffpunkt.core.policies import looks_up_anew

ARGUMENTS = "which uuid, who uuid"
HOSTS = "select exists (select from meetings_meeting_hosts where meeting_id = which and staff_id = who)"


class Migration(migrations.Migration):
    """Who takes notes is whoever noted something while the meeting was held, in the database as well."""

    dependencies: ClassVar = [("meetings", "0019_asking_after_promises")]

    operations: ClassVar = [
        looks_up_anew(
            "meetings_takes_notes",
            ARGUMENTS,
            HOSTS + " or exists (select from meetings_statement s join meetings_meeting m on m.id = s.meeting_id"
            " where s.meeting_id = which and s.noted_by_id = who and not s.by_phone and s.removed_at is null"
            " and (m.ended_at is null or s.created_at < m.ended_at))",
            before=HOSTS
            + " or exists (select from meetings_statement where meeting_id = which and noted_by_id = who)",
        ),
    ]
