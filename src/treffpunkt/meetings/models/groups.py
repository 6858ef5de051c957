"""Small groups in which a meeting talks for a while, each with its own notes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record
from treffpunkt.meetings.models.agenda import AgendaItem
from treffpunkt.meetings.models.meetings import Meeting


class SmallGroup(Record):
    """A small group of one round: its number, the topic it talks about, who takes its notes."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="small_groups")
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="+", verbose_name=_("topic"))
    # The language its people share, where they were split by language.
    language = models.CharField(max_length=12, blank=True)
    takers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("note-takers")
    )
    # The key of the link by which its people write from their phones; empty while there is none.
    phones = models.CharField(max_length=60, blank=True, editable=False)
    # Since when everybody is back together.
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("round", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "round", "number"], name="small_group_once")
        ]
