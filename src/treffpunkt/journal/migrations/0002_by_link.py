from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever merges two records of a person finds what was done by their links; built while others go on writing."""

    atomic = False

    dependencies: ClassVar = [("journal", "0001_initial")]

    operations: ClassVar = [
        AddIndexConcurrently(
            "entry",
            models.Index(fields=["agent_id"], name="entry_by_link", condition=models.Q(agent_kind="link")),
        )
    ]
