"""Networking meetings."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited, Stateful
from treffpunkt.meetings.models.series import Series
from treffpunkt.network.models import Community


class Meeting(Stateful, Edited):
    """A networking meeting with the administrators and key actors of one or more communities."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        INVITING = "inviting", _("invited")
        RUNNING = "running", _("running")
        HELD = "held", _("held")
        REVIEWING = "reviewing", _("minutes in review")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")
        POSTPONED = "postponed", _("postponed")

    class Form(models.TextChoices):
        ONLINE = "online", _("online")
        ON_SITE = "on_site", _("on site")
        HYBRID = "hybrid", _("on site and online")

    class Room(models.TextChoices):
        LINK = "", _("an address of our own")
        JITSI = "jitsi", _("a new Jitsi room")
        BBB = "bbb", _("a room in BigBlueButton")

    MOVES: ClassVar = {
        "draft": frozenset({"inviting", "running", "held", "cancelled"}),
        "inviting": frozenset({"running", "held", "cancelled", "postponed"}),
        "running": frozenset({"held"}),
        "held": frozenset({"running", "reviewing", "closed"}),
        "reviewing": frozenset({"closed", "held"}),
        "postponed": frozenset({"inviting", "cancelled"}),
        "cancelled": frozenset(),
        "closed": frozenset(),
    }

    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("series")
    )
    name = models.CharField(_("name"), max_length=200)
    # The title guests read, by language.
    title = models.JSONField(_("title for guests"), default=dict, blank=True)
    # A few sentences to the guests, by language.
    greeting = models.JSONField(_("greeting"), default=dict, blank=True)
    communities = models.ManyToManyField(Community, related_name="+", verbose_name=_("communities"))
    languages = ArrayField(models.CharField(max_length=12), verbose_name=_("languages spoken"), default=list)
    # What people agreed on: a day and a wall time in `zone`. The moment is derived from them by the services,
    # so that a change of the zone's rules moves the moment and not the agreement.
    day = models.DateField(_("day"))
    time = models.TimeField(_("time"))
    starts = models.DateTimeField(_("begins"), editable=False)
    minutes_long = models.PositiveSmallIntegerField(_("length in minutes"), default=90)
    zone = models.CharField(_("time zone"), max_length=64, default="Europe/Berlin")
    form = models.CharField(_("form"), max_length=8, choices=Form, default=Form.ONLINE)
    room = models.CharField(_("address of the video room"), max_length=500, blank=True)
    room_kind = models.CharField(_("video room"), max_length=5, choices=Room, blank=True)
    dial_in = models.CharField(_("by phone"), max_length=200, blank=True)
    venue = models.CharField(_("place"), max_length=300, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    # Whether a guest may bring somebody; for one guest it may be said otherwise.
    companions_welcome = models.BooleanField(_("guests may bring somebody"), default=False)
    # How long a free seat is kept for the first on the waiting list; near the meeting it is shorter.
    offer_hours = models.PositiveSmallIntegerField(_("hours to accept a free seat"), default=48)
    hosts = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("hosts"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    current_item = models.ForeignKey("AgendaItem", models.SET_NULL, null=True, related_name="+", editable=False)
    # The host's summary in German, and in the guests' languages where somebody wrote it.
    summary = models.TextField(_("summary"), blank=True)
    summaries = models.JSONField(_("summary in other languages"), default=dict, blank=True)
    # The last day on which participants may propose corrections of the minutes, in the zone of the meeting.
    corrections_until = models.DateField(null=True, editable=False)
    # When day, time or zone were last changed: answers given before it may no longer hold.
    moved_at = models.DateTimeField(null=True, editable=False)
    # The last number given to a statement or to a change of one; counted under the meeting's lock.
    seq = models.PositiveBigIntegerField(default=0, editable=False)
    # How many are there who are not on the guest list; nobody asks for their names.
    others_here = models.PositiveSmallIntegerField(default=0, editable=False)
    # The key of the link by which participants write from their phones; empty while there is none.
    phones = models.CharField(max_length=60, blank=True, editable=False)
    # Whether a statement stands on the shared screen only once somebody has put it there.
    screen_waits = models.BooleanField(default=False, editable=False)
    # Counts the calendar entries sent out (RFC 5545 SEQUENCE).
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    # The hash by which an event of a calendar file is known again, where the meeting was planned from one.
    calendar_key = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ("-starts", "id")
        indexes: ClassVar = [
            models.Index(fields=["-starts", "id"], name="meeting_starts"),
            models.Index(fields=["state", "-starts"], name="meeting_state"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["calendar_key"], condition=~models.Q(calendar_key=""), name="meeting_calendar_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_room(self) -> bool:
        """Say whether there is a video room to meet in."""
        return bool(self.room) or self.room_kind == self.Room.BBB
