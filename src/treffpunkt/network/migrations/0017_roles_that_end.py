from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Today finds who stops soon without looking at every role; built while others go on writing."""

    atomic = False

    dependencies: ClassVar = [("network", "0016_what_organisations_say")]

    operations: ClassVar = [
        AddIndexConcurrently(
            "role",
            models.Index(fields=["until"], name="role_that_ends", condition=models.Q(until__isnull=False)),
        )
    ]
