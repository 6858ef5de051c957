"""Keys and postings: finding a record by name without any extension of the database."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Name(models.Model):
    """One name under which a record is found; the first also carries the keys of its other fields."""

    id = models.BigAutoField(primary_key=True)
    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    text = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["record_id"], name="name_record"),
            models.Index(fields=["folded"], name="name_prefix", opclasses=["text_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.text


class Posting(models.Model):
    """A key (crc32 of a trigram or of another field) that a name carries: millions of rows, so two numbers each."""

    pk = models.CompositePrimaryKey("key", "name_id")
    key = models.IntegerField()
    name_id = models.BigIntegerField(db_index=True)


class Frequency(models.Model):
    """How many names carry a key; renewed by a job, so that a search asks with the rarest keys first."""

    key = models.IntegerField(primary_key=True)
    names = models.PositiveIntegerField()
