"""What keeps an installation well: which records were erased, and which backups were made."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from treffpunkt.core.models import Record
from treffpunkt.core.references import named


class Erasure(Record):
    """A record that was erased by wish: its kind and id, nothing of what it held.

    `which` names the texts about which somebody decided: "-" and the place where the name was left, "+" and the place
    where it was taken out although it may be somebody else's.
    """

    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    which = ArrayField(models.TextField(), default=list, db_default=[])

    # An older backup knows the record by this id.
    NAMES: ClassVar = (named("record", follows=False),)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record_kind", "record_id"], name="erasure_once"),
        ]

    def __str__(self) -> str:
        return self.record_kind


class Backup(Record):
    """A backup that was made: how large, how many rows and files, encrypted or not. Where it lies is not kept."""

    version = models.CharField(max_length=40)
    size = models.BigIntegerField()
    rows = models.BigIntegerField()
    files = models.BigIntegerField()
    encrypted = models.BooleanField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-created_at"], name="backup_newest")]

    def __str__(self) -> str:
        return self.version
