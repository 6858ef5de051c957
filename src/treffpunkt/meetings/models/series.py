"""Meetings that belong together: seasons."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited
from treffpunkt.network.models import Community


class Series(Edited):
    """Meetings that belong together: a season of one or more communities."""

    name = models.CharField(_("name"), max_length=200)
    # The title outsiders read, by language.
    title = models.JSONField(_("title"), default=dict, blank=True)
    begins = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    communities = models.ManyToManyField(Community, related_name="+", verbose_name=_("communities"), blank=True)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("contact person"),
    )  # fmt: skip

    # Whether the public page also shows meetings that are planned and nobody is invited to yet.
    shows_planned = models.BooleanField(_("show planned meetings to everyone"), default=False)

    class Meta:
        ordering = ("-begins", "id")
        verbose_name_plural = "series"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gte=models.F("begins")), name="series_in_order")
        ]

    def __str__(self) -> str:
        return self.name
