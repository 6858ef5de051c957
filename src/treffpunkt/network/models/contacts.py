"""The contact log."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited
from treffpunkt.network.models.actors import Actor, Channel
from treffpunkt.network.models.organisations import Organisation
from treffpunkt.network.models.spaces import Space


class Contact(Edited):
    """An entry of the contact log: when, by which channel, what came of it, what is next."""

    class Direction(models.TextChoices):
        OUT = "out", _("we to them")
        IN = "in", _("they to us")

    class Outcome(models.TextChoices):
        ASKED = "asked", _("asked")
        NO_ANSWER = "no_answer", _("no answer")
        TALKED = "talked", _("talked")
        INTERESTED = "interested", _("interested")
        AGREED = "agreed", _("wants to work with us")
        LATER = "later", _("not now, ask again")
        DECLINED = "declined", _("does not want to")

    actor = models.ForeignKey(Actor, models.CASCADE, null=True, blank=True, related_name="contacts")
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="contacts")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="contacts")
    at = models.DateTimeField(_("when"))
    channel_kind = models.CharField(_("channel"), max_length=10, choices=Channel.Kind, blank=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, default=Direction.OUT)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("what was said"), blank=True)
    language = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)

    class Meta:
        ordering = ("-at", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(actor=None, space=None, organisation=None),
                name="contact_with_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
