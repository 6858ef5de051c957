"""Finding the date of a meeting: the moments proposed, who is asked, and what suits whom."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.clock import now
from treffpunkt.core.models import Edited, Record, Stateful
from treffpunkt.meetings.models.invitations import Invitation
from treffpunkt.meetings.models.meetings import Meeting
from treffpunkt.network.models import Actor
from treffpunkt.tasks.models import Task


class DatePoll(Stateful, Edited):
    """The search for a meeting's date: some moments are proposed, and guests say which suit them."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open")
        DECIDED = "decided", _("decided")
        ENDED = "ended", _("ended without a date")

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        MAYBE = "maybe", _("if need be")
        NO = "no", _("no")

    MOVES: ClassVar = {
        "draft": frozenset({"open", "ended"}),
        "open": frozenset({"decided", "ended"}),
        "decided": frozenset(),
        "ended": frozenset(),
    }
    GOING_ON: ClassVar = ("draft", "open")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="polls")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    # The wall times of the moments are read in this zone.
    zone = models.CharField(max_length=64)
    until = models.DateField(_("last day to answer"))
    chosen = models.ForeignKey("PollMoment", models.SET_NULL, null=True, related_name="+", editable=False)
    # Reminds the hosts to choose when answering is over.
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state__in=("draft", "open")), name="poll_one_at_a_time"
            )
        ]

    @property
    def closes_at(self) -> datetime:
        """Give the end of the last day to answer."""
        return datetime.combine(self.until + timedelta(days=1), time(), tzinfo=ZoneInfo(self.zone))

    @property
    def takes_answers(self) -> bool:
        """Say whether one may still answer."""
        ahead = self.meeting.state in (Meeting.State.DRAFT, Meeting.State.INVITING, Meeting.State.POSTPONED)
        return self.state == self.State.OPEN and ahead and now() < self.closes_at


class PollMoment(Record):
    """One moment that is proposed: a wall time in the zone of its poll."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="moments")
    day = models.DateField()
    time = models.TimeField()
    starts = models.DateTimeField()

    class Meta:
        ordering = ("starts", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["poll", "starts"], name="poll_moment_once")]


class PollGuest(Edited):
    """Somebody who is asked when it suits them, and what they answered to each moment."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="guests")
    actor = models.ForeignKey(Actor, models.CASCADE, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=12)
    # By the id of the moment: yes, maybe or no.
    answers = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_via = models.CharField(max_length=8, choices=Invitation.Via, blank=True, editable=False)

    # Where one person was asked twice, the answer counts.
    STAYS_BY: ClassVar = ("answered_at", "sent_at")

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False) ^ Q(staff__isnull=False), name="poll_guest_actor_or_staff"
            ),
            models.UniqueConstraint(fields=["poll", "actor"], name="poll_actor_once"),
            models.UniqueConstraint(fields=["poll", "staff"], name="poll_staff_once"),
        ]
