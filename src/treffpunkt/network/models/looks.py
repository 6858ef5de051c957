"""Looks into spaces: what a counsellor's daily round found."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record
from treffpunkt.core.references import Named
from treffpunkt.network.models.spaces import Space


class Look(Record):
    """A look into a space: when, by whom, what it found, and what stood there before, so that it can be undone.

    Kept for the period `looks`.
    """

    class Outcome(models.TextChoices):
        NOTHING = "nothing", _("nothing new")
        QUESTION = "question", _("question")
        PROBLEM = "problem", _("problem")

    space = models.ForeignKey(Space, models.CASCADE, related_name="looks")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    members = models.PositiveIntegerField(null=True)
    # The task that came of it.
    task_id = models.UUIDField(null=True)
    # What stood in the space before.
    before = models.JSONField(default=dict)

    NAMES: ClassVar = (Named("task_id", follows=False),)

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar = [
            models.Index(fields=["staff", "-at"], name="look_staff"),
            models.Index(fields=["at"], name="look_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.outcome}"
