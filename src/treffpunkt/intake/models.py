"""Files in: what was read, how it maps, what each row would do, what was done."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited, Record, Stateful


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
        "applying": frozenset({"applied", "failed", "checked"}),
        "applied": frozenset({"undoing"}),
        "undoing": frozenset({"undone", "applied"}),
        "undone": frozenset({"checking"}),
        "failed": frozenset({"checking"}),
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

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(Import, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = models.CharField(max_length=300, blank=True)
    # The record it matches or made, and what it held before, so that undo can put it back.
    record_kind = models.CharField(max_length=60, blank=True)
    record_id = models.UUIDField(null=True)
    before = models.JSONField(null=True)
    decision = models.CharField(max_length=8, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["file", "verdict", "number"], name="row_verdict"),
            models.Index(fields=["record_id"], name="row_record"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "number"], name="row_number_once")]


class Memory(Record):
    """The mapping people chose for files with these columns; guessed again next time."""

    target = models.CharField(max_length=60)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["target", "signature"], name="memory_once")]
