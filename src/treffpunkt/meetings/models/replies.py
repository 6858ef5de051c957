"""What guests' calendars answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record
from treffpunkt.meetings.models.invitations import Invitation


class CalendarReply(Record):
    """An answer that came as a calendar reply (RFC 5546), and what became of it."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("counted")
        SAME = "same", _("said so before")
        OLDER = "older", _("older than the answer that counts")
        OUTDATED = "outdated", _("meant the date before the change")
        STRANGER = "stranger", _("from an address we do not know; not counted")
        PROPOSAL = "proposal", _("proposes another time")
        CLOSED = "closed", _("came when no answer was open any more")
        UNCLEAR = "unclear", _("without an answer that we understand")

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="replies")
    # Names what was said, so that a mail that comes twice counts once.
    digest = models.CharField(max_length=64)
    answer = models.CharField(max_length=16, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    # When the guest's calendar wrote it; of two that contradict each other the later one counts.
    stamped_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    comment = models.CharField(max_length=500, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    # When somebody of us has dealt with it, where there is something to deal with.
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-stamped_at", "-id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["invitation", "digest"], name="calendar_reply_once")]
