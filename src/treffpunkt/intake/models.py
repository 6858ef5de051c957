"""Files in: what was read, how it maps, what each row would do, what was done."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited, Record, Stateful
from treffpunkt.core.references import Named, named


class Import(Stateful, Edited):
    """One file on its way into the records, as a whole applied and as a whole undone."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        FAILED = "failed", _("failed")

    MOVES: ClassVar = {
        "uploaded": frozenset({"checking", "failed"}),
        "checking": frozenset({"checked", "failed", "uploaded"}),
        "checked": frozenset({"checking", "applying"}),
        "applying": frozenset({"applied", "failed"}),
        "applied": frozenset({"undoing"}),
        "undoing": frozenset({"undone", "failed"}),
        "undone": frozenset({"checking"}),
        "failed": frozenset({"checking", "applying", "undoing"}),
    }

    target = models.CharField(_("what it holds"), max_length=60)
    file_name = models.CharField(max_length=200)
    file = models.CharField(max_length=64)
    file_size = models.PositiveBigIntegerField(default=0)
    # What was detected and can be changed: format, encoding, separator, sheet, header row.
    reading = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    # {target field: column name}; `fixed` holds values for all rows.
    mapping = models.JSONField(default=dict)
    fixed = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    # What failed, so that "try again" goes on there.
    failed_at = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file_name


class Row(models.Model):
    """One row of a file: its values, the verdict of the dry run with its reason, what came of it."""

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("the same")
        DOUBTFUL = "doubtful", _("doubtful")
        WRONG = "wrong", _("wrong")

    class Decision(models.TextChoices):
        SAME = "same", _("the same one")
        NEW = "new", _("a new one")
        SKIP = "skip", _("leave out")

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(Import, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    # What the mapped columns say, by field; nothing where the row changes nothing.
    values = models.JSONField(default=dict)
    verdict = models.CharField(max_length=8, choices=Verdict)
    # Codes and parts of `wording.SENTENCES`, so that every reader has the reason in their language.
    reasons = models.JSONField(default=list)
    # The record it matches, or, where it is doubtful, the likeliest one.
    record_kind = models.CharField(max_length=60, blank=True)
    record_id = models.UUIDField(null=True)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)

    NAMES: ClassVar = (named("record"),)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["file", "verdict", "number"], name="row_verdict"),
            models.Index(fields=["record_id"], name="row_record"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "number"], name="row_number_once")]


class Result(models.Model):
    """What came of a row: a record made, or one changed with what it held before; the ground for undo."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(Import, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    # Empty where the record was made; else {"held": {...}, "stamp": {...}}.
    before = models.JSONField(null=True)
    # Why undo left it alone, a code of `wording.STAYS`.
    stays = models.CharField(max_length=12, blank=True)

    # Taking back an import must never take out a record that it did not make.
    NAMES: ClassVar = (named("record", follows=False),)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["file", "number"], name="result_row"),
            models.Index(fields=["record_id"], name="result_record"),
        ]


class Stamp(models.Model):
    """What a file said last about a record: a digest of each field, by which edits of people are told apart."""

    record_id = models.UUIDField(primary_key=True)
    fields = models.JSONField(default=dict)

    NAMES: ClassVar = (Named("record_id"),)


class Alias(models.Model):
    """A record that a row's key stands for, because a person decided so or because it was erased by wish."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=32)
    # Empty where the record was erased and is not to come back.
    record_id = models.UUIDField(null=True)

    NAMES: ClassVar = (Named("record_id"),)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["record_id"], name="alias_record")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="alias_once")]


class Memory(Record):
    """The mapping people chose for files with these columns; guessed again next time."""

    target = models.CharField(max_length=60)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    fixed = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["target", "signature"], name="memory_once")]
