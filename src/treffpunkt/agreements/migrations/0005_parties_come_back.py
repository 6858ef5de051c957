from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Who ended an agreement may come back to it, as a party of its own."""

    dependencies: ClassVar = [("agreements", "0004_signatures_follow_people")]

    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="party", name="party_actor_once"),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("actor__isnull", False), ("left", "")),
                fields=("agreement", "actor"),
                name="party_actor_once",
            ),
        ),
    ]
