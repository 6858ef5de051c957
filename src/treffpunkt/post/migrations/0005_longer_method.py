from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The longest method of a calendar entry is DECLINECOUNTER; more room for a text rewrites no row."""

    dependencies: ClassVar = [("post", "0004_references_of_mail_that_is_out")]

    operations: ClassVar = [
        migrations.AlterField("message", "calendar_method", models.CharField(blank=True, max_length=16)),
    ]
