"""Invitations in waves: some first, others later."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record
from treffpunkt.meetings.models.meetings import Meeting


class Wave(Record):
    """Guests who are invited together: on a day, perhaps only while seats are free, or when somebody says so."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    # Goes out by itself in the morning of this day; without one somebody sends it.
    goes_on = models.DateField(_("goes out on"), null=True, blank=True)
    only_if_free = models.BooleanField(_("only while seats are free"), default=False)
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("number",)
        indexes: ClassVar = [
            models.Index(fields=["goes_on"], condition=Q(sent_at=None, goes_on__isnull=False), name="wave_due")
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "number"], name="wave_number_once")]
