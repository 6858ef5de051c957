"""Minutes as they went out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from treffpunkt.core.models import Record
from treffpunkt.meetings.models.meetings import Meeting


class Minutes(Record):
    """One revision of a meeting's minutes in one language, as it went out; its PDF is a private file.

    Once written it stays as it is, the database sees to it; only a person who is erased is taken out of it.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes")
    language = models.CharField(max_length=12)
    revision = models.PositiveSmallIntegerField(default=1)
    # The last one: from then on nothing changes any more.
    final = models.BooleanField(default=False)
    # The content as sent: {"title", "summary", "topics": [{"title", "statements": [...]}], "promises": [...]}
    content = models.JSONField(default=dict)
    pdf = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("language", "-revision")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "language", "revision"], name="minutes_revision_once")
        ]
