"""What participants write from their phones."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.clock import now
from treffpunkt.core.models import Stateful
from treffpunkt.meetings.models.agenda import AgendaItem
from treffpunkt.meetings.models.groups import SmallGroup
from treffpunkt.meetings.models.invitations import Invitation
from treffpunkt.meetings.models.meetings import Meeting


class Contribution(Stateful, models.Model):
    """A statement that came by phone and waits until somebody of us releases it.

    `id` comes from the phone, so that sending it twice stores it once; the statement that is made of it bears the
    same. `seq` is counted together with the statements', so that a live view reads on in both from one number.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        RELEASED = "released", _("released")
        ASIDE = "aside", _("put aside")

    MOVES: ClassVar = {
        "waiting": frozenset({"released", "aside"}),
        "aside": frozenset({"waiting", "released"}),
        "released": frozenset(),
    }

    id = models.UUIDField(primary_key=True)
    created_at = models.DateTimeField(default=now, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="contributions")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="+")
    group = models.ForeignKey(SmallGroup, models.SET_NULL, null=True, related_name="+")
    # Whose link it was; nobody where it came by the meeting's.
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, related_name="+")
    seq = models.PositiveBigIntegerField()
    # Empty once it is a statement, and when the minutes are out.
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    # The name its writer wants to be read beside it; mostly none.
    shown_name = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sent_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "seq"], name="contribution_seq_once"),
        ]

    @property
    def kind(self) -> str:
        """Name the record's kind as the journal knows it."""
        return self._meta.label_lower
