"""Postings become pairs: their own id and second index took more room than what they say."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    # Nothing is lost: everything in here can be made anew from the records.
    operations = [
        migrations.DeleteModel(name="Posting"),
        migrations.DeleteModel(name="Name"),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("record_kind", models.CharField(max_length=60)),
                ("record_id", models.UUIDField()),
                ("text", models.CharField(max_length=300)),
                ("folded", models.CharField(db_collation="C", max_length=300)),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["record_id"], name="name_record"),
                    models.Index(fields=["folded"], name="name_prefix"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "name", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.IntegerField()),
                (
                    "name",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="search.name",
                    ),
                ),
            ],
        ),
    ]
