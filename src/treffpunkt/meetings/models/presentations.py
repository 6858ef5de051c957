"""An organisation explains what it does: its slot at a meeting, and what it says its entry should be."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited, Stateful
from treffpunkt.meetings.models.agenda import AgendaItem
from treffpunkt.network.models import Organisation


class Presentation(Stateful, Edited):
    """What an organisation was asked before its slot, and answered; its changes wait until one of us releases them."""

    class State(models.TextChoices):
        PLANNED = "planned", _("not asked yet")
        ASKED = "asked", _("asked")
        CONFIRMED = "confirmed", _("entry confirmed")
        CHANGED = "changed", _("changes wait for you")
        RELEASED = "released", _("changes released")

    _ANSWERS = frozenset({"confirmed", "changed"})
    MOVES: ClassVar = {
        "planned": frozenset({"asked"}) | _ANSWERS,
        "asked": frozenset({"asked"}) | _ANSWERS,
        "confirmed": frozenset({"asked"}) | _ANSWERS,
        "changed": frozenset({"asked", "released"}) | _ANSWERS,
        "released": frozenset({"asked"}) | _ANSWERS,
    }

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="presentation")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    asked_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    # What the entry should be, by field as it is stored; empty as soon as it is released or put aside.
    proposed = models.JSONField(default=dict, editable=False)
