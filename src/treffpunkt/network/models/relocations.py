"""Spaces that moved to another place: from Facebook to Telegram, from a closed group to its successor."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record
from treffpunkt.network.models.spaces import Space


class Relocation(Record):
    """That the people of one space moved to another one on a day; its history goes on there.

    Merging two spaces: a space moves once, so of two moves the older record stays. Where the old and the new space
    become one, what is left leads from a space to itself and is passed over.
    """

    old = models.OneToOneField(Space, models.CASCADE, related_name="moved_to")
    new = models.ForeignKey(Space, models.CASCADE, related_name="moved_from")
    day = models.DateField(_("moved on"))

    class Meta:
        ordering = ("day", "id")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
