"""Who did what to which record, and which record grew from which."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from treffpunkt.core.models import Record
from treffpunkt.core.references import Named, named


class Entry(Record):
    """One act: verb, who, on what; names of fields, never their values."""

    verb = models.CharField(max_length=60)
    agent_kind = models.CharField(max_length=12)
    agent_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    fields = ArrayField(models.CharField(max_length=60), default=list)

    # Who acted by a link is somebody outside; what was acted on is found by what was touched, which names it as well.
    NAMES: ClassVar = (
        Named("agent_id", within=lambda pks: Q(agent_kind="link")),
        named("subject", within=lambda pks: Q(touched__record_id__in=pks)),
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["verb", "-id"], name="entry_verb"),
            models.Index(fields=["agent_id"], name="entry_by_link", condition=Q(agent_kind="link")),
        ]

    def __str__(self) -> str:
        return self.verb


class Touched(models.Model):
    """A record that an entry touched: the index behind every record's thread."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="touched")
    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()

    NAMES: ClassVar = (named("record"),)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["record_id", "-entry"], name="touched_thread")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "record_id"], name="touched_once")]


class Origin(Record):
    """`result` grew from `source`: a task from a statement, a need from a question."""

    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()
    result_kind = models.CharField(max_length=60)
    result_id = models.UUIDField()

    NAMES: ClassVar = (named("source"), named("result"))

    class Meta:
        indexes: ClassVar = [models.Index(fields=["result_id"], name="origin_result")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["source_id", "result_id"], name="origin_once")]
