from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """For whom an organisation is there, and in which languages."""

    dependencies: ClassVar = [("network", "0015_readings")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="organisation",
            name="audience",
            field=models.JSONField(blank=True, default=dict, verbose_name="for whom"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="languages",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None, verbose_name="advises in"),
        ),
    ]
