"""The professional profiles with which counsellors work on platforms."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited, Stateful
from treffpunkt.vocabulary.models import Platform


class Profile(Stateful, Edited):
    """A counsellor's professional profile on a platform."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        LIMITED = "limited", _("limited by the platform")
        SUSPENDED = "suspended", _("suspended by the platform")
        RETIRED = "retired", _("no longer used")

    MOVES: ClassVar = {
        "active": frozenset({"limited", "suspended", "retired"}),
        "limited": frozenset({"active", "suspended", "retired"}),
        "suspended": frozenset({"active", "limited", "retired"}),
        "retired": frozenset({"active"}),
    }

    # Nobody where the whole team works with it.
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("whose")
    )
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="+", verbose_name=_("platform"))
    name = models.CharField(_("name shown"), max_length=200)
    # The one address to which every spelling of it is reduced.
    address = models.CharField(_("address"), max_length=500)
    # What else leads to it: Facebook gives a profile a number besides its name, and nothing tells that they are one.
    also = ArrayField(models.CharField(max_length=500), verbose_name=_("other addresses"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    state_since = models.DateTimeField(null=True, editable=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ("platform", "name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address"], condition=~Q(address=""), name="profile_address_once")
        ]

    def __str__(self) -> str:
        return self.name
