"""What either side promised in an agreement, and whether it was kept."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements.models.agreements import Agreement, Party
from treffpunkt.core.models import Edited, Record, Stateful


class Commitment(Stateful, Edited):
    """A promise of ours or theirs: once by a day, again and again, or for as long as the agreement runs."""

    class Side(models.TextChoices):
        OURS = "ours", _("we promised")
        THEIRS = "theirs", _("they promised")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        KEPT = "kept", _("kept")
        BROKEN = "broken", _("not kept")
        DROPPED = "dropped", _("no longer needed")

    MOVES: ClassVar = {
        "open": frozenset({"kept", "broken", "dropped"}),
        "kept": frozenset({"open"}),
        "broken": frozenset({"open", "kept"}),
        "dropped": frozenset({"open"}),
    }

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="commitments")
    side = models.CharField(_("whose promise"), max_length=6, choices=Side, default=Side.OURS)
    # Who of them promised, where it is known.
    party = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="+")
    what = models.CharField(_("what"), max_length=300)
    language = models.CharField(max_length=12, default="de")
    women_specific = models.BooleanField(_("concerns women especially"), default=False)
    # The next day it is due; with `every_days` it recurs, without a day it holds all the time.
    due = models.DateField(_("due"), null=True, blank=True)
    every_days = models.PositiveSmallIntegerField(_("again every (days)"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who of us sees to it"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)

    class Meta:
        ordering = ("due", "id")
        indexes: ClassVar = [
            models.Index(fields=["due", "id"], name="commitment_due", condition=Q(state="open")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(every_days=None) | Q(every_days__gt=0, due__isnull=False),
                name="commitment_recurs_from_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.what


class Keeping(Record):
    """That a promise was kept, or not, when it was due."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="keepings")
    # The day it was due; empty for a promise without one.
    due = models.DateField(null=True)
    kept = models.BooleanField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["commitment", "due"], name="keeping_once"),
        ]
