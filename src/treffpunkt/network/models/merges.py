"""Records that may be the same, and records that were made one."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record
from treffpunkt.core.references import Named, named


class Merge(Record):
    """One record made of two: which one stayed, which one went, and all it takes to go back.

    The old address of the one that went leads on by this row, so it stays when the former values have gone.
    """

    record_kind = models.CharField(max_length=60)
    # The one that stayed.
    record_id = models.UUIDField()
    gone_id = models.UUIDField()
    # Rows that went with it because there was a second one like them: by their ids files are searched when somebody
    # is erased.
    also_gone = ArrayField(models.UUIDField(), default=list)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # {"names": [...], "steps": [...]}; empty once the person was erased or the time is over.
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    NAMES: ClassVar = (
        named("record", follows=False),
        Named("gone_id", follows=False),
        Named("also_gone", follows=False),
    )

    class Meta:
        ordering = ("-id",)
        indexes: ClassVar = [models.Index(fields=["record_id"], name="merge_record")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gone_id"], condition=Q(undone_at=None), name="merge_gone_once")
        ]

    def __str__(self) -> str:
        return self.record_kind

    @property
    def can_go_back(self) -> bool:
        """Say whether the former values are still there."""
        return self.undone_at is None and bool(self.before)


class Suspect(Record):
    """Two records that may be the same, and why; worked out anew by a job, but for what somebody decided."""

    class Reason(models.TextChoices):
        HANDLE = "handle", _("the same handle")
        PHONE = "phone", _("the same phone number")
        CHANNEL = "channel", _("the same mail address or chat")
        ADDRESS = "address", _("the same address, written differently")
        WEBSITE = "website", _("the same website")
        PLACE = "place", _("the same postal address")
        SPACE = "space", _("lead the same group")
        LEADERS = "leaders", _("led by the same people")
        SAME_NAME = "same_name", _("the same name")
        ALIKE = "alike", _("names alike")

    record_kind = models.CharField(max_length=60)
    # The smaller id stands first, so that a pair is one row.
    one_id = models.UUIDField()
    other_id = models.UUIDField()
    score = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=10, choices=Reason), default=list)
    # Somebody looked at both and says that they are two.
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    NAMES: ClassVar = (Named("one_id", "record_kind"), Named("other_id", "record_kind"))
    PAIR: ClassVar = ("one", "other")
    STAYS_BY: ClassVar = ("decided_at",)
    DERIVED: ClassVar = True

    class Meta:
        indexes: ClassVar = [
            models.Index(
                F("record_kind"), F("score").desc(), F("id").desc(), name="suspect_open", condition=Q(decided_at=None)
            ),
            models.Index(fields=["other_id"], name="suspect_other"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one_id", "other_id"], name="suspect_once"),
            models.CheckConstraint(condition=Q(one_id__lt=F("other_id")), name="suspect_in_order"),
        ]

    def __str__(self) -> str:
        return self.record_kind
