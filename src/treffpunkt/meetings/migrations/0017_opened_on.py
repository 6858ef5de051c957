from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The day on which a guest first opened her link."""

    dependencies: ClassVar = [("meetings", "0016_guest_texts")]

    operations: ClassVar = [
        migrations.AddField("invitation", "opened_on", models.DateField(editable=False, null=True)),
    ]
