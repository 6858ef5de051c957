from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from treffpunkt.core.policies import STAFF, looks_up, second_lock


class Migration(migrations.Migration):
    """Confidential statements stay with those who take notes, in the database as well."""

    dependencies: ClassVar = [("meetings", "0002_guests_may_go")]

    operations: ClassVar = [
        looks_up(
            "meetings_takes_notes",
            "which uuid, who uuid",
            "select exists (select from meetings_meeting_hosts where meeting_id = which and staff_id = who)"
            " or exists (select from meetings_statement where meeting_id = which and noted_by_id = who)",
        ),
        second_lock(
            "meetings_statement",
            sees=f"not confidential or noted_by_id = {STAFF} or meetings_takes_notes(meeting_id, {STAFF})",
        ),
    ]
