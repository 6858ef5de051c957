from __future__ import annotations

from typing import ClassVar

from django.db import migrations

# What grew from something confidential is no task of the meeting any more; what it grew from still leads to it.
HIDE = """
    update tasks_task t set about_kind = '', about_id = null
    from journal_origin o join meetings_statement s on s.id = o.source_id
    where o.result_id = t.id and o.result_kind = 'tasks.task' and o.source_kind = 'meetings.statement'
      and s.confidential and t.about_id = s.meeting_id
"""
# Whom no channel reached when her wave went out can be invited again.
FREE = """
    update meetings_invitation i set wave_id = null from meetings_wave w
    where w.id = i.wave_id and w.sent_at is not null and i.state = 'planned'
"""


class Migration(migrations.Migration):
    """Bring rows made before to what is made now."""

    dependencies: ClassVar = [
        ("meetings", "0020_who_takes_notes"),
        ("journal", "0001_initial"),
        ("tasks", "0001_initial"),
    ]

    operations: ClassVar = [migrations.RunSQL([HIDE, FREE], migrations.RunSQL.noop)]
