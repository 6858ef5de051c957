"""What guests are written, where coordination has put words of its own in place of the standard text."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from treffpunkt.core.models import Record


class GuestText(Record):
    """One version of a text to guests in one language; the newest holds, an empty one is the standard text."""

    class Purpose(models.TextChoices):
        INVITATION = "invitation", pgettext_lazy("a text", "Invitation")
        REMINDER = "reminder", pgettext_lazy("a text", "Reminder")
        POSTPONED = "postponed", _("Meeting postponed")
        CANCELLED = "cancelled", _("Meeting cancelled")

    purpose = models.CharField(max_length=12, choices=Purpose)
    language = models.CharField(max_length=12)
    revision = models.PositiveIntegerField()
    subject = models.CharField(max_length=150, blank=True)
    body = models.TextField(max_length=4000, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("purpose", "language", "-revision")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purpose", "language", "revision"], name="guest_text_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose}, {self.language}, {self.revision}"
