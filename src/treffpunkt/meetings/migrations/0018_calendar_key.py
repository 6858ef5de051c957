from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The hash by which an event of a calendar file is known again."""

    dependencies: ClassVar = [("meetings", "0017_opened_on")]

    operations: ClassVar = [
        migrations.AddField(
            "meeting", "calendar_key", models.CharField(blank=True, default="", editable=False, max_length=64), False
        ),
        migrations.AddConstraint(
            "meeting",
            models.UniqueConstraint(
                fields=["calendar_key"], condition=~models.Q(calendar_key=""), name="meeting_calendar_key"
            ),
        ),
    ]
