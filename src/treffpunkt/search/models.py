"""Keys and postings: finding a record by name without any extension of the database."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from treffpunkt.core.references import named

# Keys of fewer names are not worth a row in `Frequency`: what is not counted is rare.
RARE = 8
ALL_NAMES = 0


class Name(models.Model):
    """One name under which a record is found; its first name also carries the keys of its other fields."""

    id = models.AutoField(primary_key=True)
    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    text = models.CharField(max_length=300)
    # Compared byte by byte, so that one index serves both the prefix and its order.
    folded = models.CharField(max_length=300, db_collation="C")
    # Kept beside the postings: whoever takes a name out need not search for them.
    keys = ArrayField(models.IntegerField(), default=list)

    NAMES: ClassVar = (named("record", follows=False),)  # written anew wherever a record changes

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["record_id"], name="name_record"),
            models.Index(fields=["folded"], name="name_prefix"),
        ]

    def __str__(self) -> str:
        return self.text


class Posting(models.Model):
    """A key that a name carries; the pair is all there is to it, so millions stay small."""

    pk = models.CompositePrimaryKey("key", "name")
    key = models.IntegerField()
    # Without a constraint: it would be asked once for each of the millions, and only `services` writes here.
    name = models.ForeignKey(Name, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False)


class Frequency(models.Model):
    """How many names carry a key, as of the last count; rare keys are left out. Key 0 counts all names."""

    key = models.IntegerField(primary_key=True)
    names = models.PositiveIntegerField()
