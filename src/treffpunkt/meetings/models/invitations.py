"""Who was invited, and what they answered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited, Stateful
from treffpunkt.meetings.models.groups import SmallGroup
from treffpunkt.meetings.models.meetings import Meeting
from treffpunkt.meetings.models.waves import Wave
from treffpunkt.network.models import Actor, Organisation


class Invitation(Stateful, Edited):
    """One person's invitation to one meeting, and what they answered."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        SENT = "sent", _("no answer yet")
        ACCEPTED = "accepted", _("is coming")
        TENTATIVE = "tentative", _("maybe")
        DECLINED = "declined", _("is not coming")
        WAITING = "waiting", _("waiting list")

    class Attendance(models.TextChoices):
        UNKNOWN = "", _("not noted")
        ATTENDED = "attended", _("was there")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    class Via(models.TextChoices):
        NONE = "", ""
        LINK = "link", _("by link")
        CALENDAR = "calendar", _("by calendar")
        STAFF = "staff", _("noted by us")

    # Who has answered may answer anew until the meeting; only the waiting list moves somebody by itself. Planned again
    # is whose invitation was taken back before it went out.
    _ANSWERS = frozenset({"accepted", "tentative", "declined", "waiting"})
    MOVES: ClassVar = {
        "planned": frozenset({"sent"}) | _ANSWERS,
        "sent": frozenset({"planned"}) | _ANSWERS,
        "accepted": _ANSWERS,
        "tentative": _ANSWERS,
        "declined": _ANSWERS,
        "waiting": _ANSWERS,
    }

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations")
    actor = models.ForeignKey(Actor, models.CASCADE, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    # Who is in a wave is invited with it, not before.
    wave = models.ForeignKey(Wave, models.SET_NULL, null=True, related_name="invitations", editable=False)
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    sent_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_via = models.CharField(max_length=8, choices=Via, blank=True, editable=False)
    # The day on which the guest first opened her link; no hour and no second time.
    opened_on = models.DateField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    attendance = models.CharField(max_length=8, choices=Attendance, blank=True)
    # The group in which the guest talks while the meeting is split.
    small_group = models.ForeignKey(
        SmallGroup, models.SET_NULL, null=True, related_name="members", db_index=False, editable=False
    )
    # Whether this guest may bring somebody, where it differs from the meeting; how many she brings.
    companions_welcome = models.BooleanField(null=True, editable=False)
    companions = models.PositiveSmallIntegerField(default=0, editable=False)
    # Her place in the line; a seat is kept for her until a moment, and once it was in vain.
    waiting_since = models.DateTimeField(null=True, editable=False)
    offered_at = models.DateTimeField(null=True, editable=False)
    offered_until = models.DateTimeField(null=True, editable=False)
    offer_lapsed_at = models.DateTimeField(null=True, editable=False)
    # What the guest wants us to know before.
    remark = models.CharField(max_length=500, blank=True)
    # The calendar UID's random part: ids tell when they were made, this does not.
    uid = models.CharField(max_length=40, unique=True)

    # Where one person was invited twice, what she answered and whether she came counts more than what is older.
    STAYS_BY: ClassVar = ("attendance", "answered_at", "sent_at")

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [
            models.Index(fields=["meeting", "state"], name="invitation_state"),
            models.Index(fields=["offered_until"], condition=Q(offered_until__isnull=False), name="invitation_offered"),
        ]
        constraints: ClassVar = [
            # Neither: whoever it was has gone after the time for which that is kept.
            models.CheckConstraint(condition=Q(actor=None) | Q(staff=None), name="invitation_actor_or_staff"),
            models.CheckConstraint(
                condition=Q(offered_until=None) | Q(state="waiting"), name="invitation_offered_to_who_waits"
            ),
            models.UniqueConstraint(fields=["meeting", "actor"], name="invitation_actor_once"),
            models.UniqueConstraint(fields=["meeting", "staff"], name="invitation_staff_once"),
        ]

    @property
    def may_bring(self) -> bool:
        """Say whether this guest may bring somebody: as said for her, else as for the whole meeting."""
        return self.meeting.companions_welcome if self.companions_welcome is None else self.companions_welcome
