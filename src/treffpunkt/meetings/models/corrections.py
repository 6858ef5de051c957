"""What participants propose to change in the minutes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record, Stateful
from treffpunkt.meetings.models.agenda import AgendaItem
from treffpunkt.meetings.models.invitations import Invitation
from treffpunkt.meetings.models.meetings import Meeting
from treffpunkt.meetings.models.statements import Statement


class Correction(Stateful, Record):
    """A correction of a statement that a participant proposes, or one that is missing; it waits for a host.

    `id` comes from the page, so that sending it twice stores it once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        TAKEN = "taken", _("taken over")
        LEFT = "left", _("left as it was")

    MOVES: ClassVar = {
        "waiting": frozenset({"taken", "left"}),
        "left": frozenset({"taken"}),
        "taken": frozenset(),
    }

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections")
    # Whose it is; it goes with her.
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, related_name="+")
    # What it corrects, or what was made of it; nothing where something is missing.
    statement = models.ForeignKey(Statement, models.SET_NULL, null=True, related_name="+")
    # Under which topic something is missing.
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="+", db_index=False)
    text = models.TextField()
    language = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    # What the host says to her about it.
    word = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("created_at", "id")
        indexes: ClassVar = [models.Index(fields=["meeting", "state"], name="correction_state")]
