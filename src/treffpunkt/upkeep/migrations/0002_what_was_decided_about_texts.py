from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was decided about texts that mention somebody who was erased; a version from before may still add rows."""

    dependencies: ClassVar = [("upkeep", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField("erasure", "which", ArrayField(models.TextField(), default=list, db_default=[])),
    ]
