from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """By what statements are found; a round of its own fills it for those that are there already."""

    dependencies: ClassVar = [("meetings", "0007_finding_a_date")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="StatementWords",
            fields=[
                ("statement", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="meetings.statement")),
                ("version", models.PositiveIntegerField()),
                ("terms", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["terms"], name="statement_words")],
            },
        ),
    ]
