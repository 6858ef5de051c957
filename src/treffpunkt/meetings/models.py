"""Networking meetings: series, agenda, invitations, statements and minutes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited, Record, Stateful
from treffpunkt.network.models import Actor, Community, Organisation


class Kind(models.TextChoices):
    """What a statement is; a note until someone says otherwise."""

    NOTE = "note", _("Note")
    NEED = "need", _("Need")
    TREND = "trend", _("Trend")
    LESSON = "lesson", _("Lesson")
    INCIDENT = "incident", _("Incident")
    TASK = "task", _("Task")
    PROMISE = "promise", _("Promise")
    SPACE = "space", _("Space or way in")
    COOPERATION = "cooperation", _("Cooperation")


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

    class Meta:
        ordering = ("-begins", "id")
        verbose_name_plural = "series"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gte=models.F("begins")), name="series_in_order")
        ]

    def __str__(self) -> str:
        return self.name


class AgendaTopic(Edited):
    """A topic from which agendas are made: the seven, and own ones; texts by language."""

    key = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    titles = models.JSONField(_("titles"), default=dict)
    questions = models.JSONField(_("guiding questions"), default=dict)
    kinds = ArrayField(models.CharField(max_length=12, choices=Kind), default=list)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.key


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
    venue = models.CharField(_("place"), max_length=300, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    hosts = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("hosts"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    current_item = models.ForeignKey("AgendaItem", models.SET_NULL, null=True, related_name="+", editable=False)
    # The host's summary in German, and in the guests' languages where somebody wrote it.
    summary = models.TextField(_("summary"), blank=True)
    summaries = models.JSONField(_("summary in other languages"), default=dict, blank=True)
    # When day, time or zone were last changed: answers given before it may no longer hold.
    moved_at = models.DateTimeField(null=True, editable=False)
    # The last number given to a statement or to a change of one; counted under the meeting's lock.
    seq = models.PositiveBigIntegerField(default=0, editable=False)
    # Counts the calendar entries sent out (RFC 5545 SEQUENCE).
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("-starts", "id")
        indexes: ClassVar = [
            models.Index(fields=["-starts", "id"], name="meeting_starts"),
            models.Index(fields=["state", "-starts"], name="meeting_state"),
        ]

    def __str__(self) -> str:
        return self.name


class AgendaItem(Record):
    """A topic on one meeting's agenda, with the time planned and spent on it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    topic = models.ForeignKey(AgendaTopic, models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    titles = models.JSONField(default=dict)
    questions = models.JSONField(default=dict)
    minutes = models.PositiveSmallIntegerField(default=15)
    opened_at = models.DateTimeField(null=True)
    seconds_spent = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="agenda_position_once", deferrable=models.Deferrable.DEFERRED
            )
        ]


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

    # Who has answered may answer anew until the meeting; only the waiting list moves somebody by itself.
    _ANSWERS = frozenset({"accepted", "tentative", "declined", "waiting"})
    MOVES: ClassVar = {
        "planned": frozenset({"sent"}) | _ANSWERS,
        "sent": _ANSWERS,
        "accepted": _ANSWERS,
        "tentative": _ANSWERS,
        "declined": _ANSWERS,
        "waiting": _ANSWERS,
    }

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations")
    actor = models.ForeignKey(Actor, models.CASCADE, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    sent_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_via = models.CharField(max_length=8, choices=Via, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    attendance = models.CharField(max_length=8, choices=Attendance, blank=True)
    # What the guest wants us to know before ("I need a translation into ...").
    remark = models.CharField(max_length=500, blank=True)
    # The calendar UID's random part: ids tell when they were made, this does not.
    uid = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [models.Index(fields=["meeting", "state"], name="invitation_state")]
        constraints: ClassVar = [
            # Neither: whoever it was has gone after the time for which that is kept.
            models.CheckConstraint(condition=Q(actor=None) | Q(staff=None), name="invitation_actor_or_staff"),
            models.UniqueConstraint(fields=["meeting", "actor"], name="invitation_actor_once"),
            models.UniqueConstraint(fields=["meeting", "staff"], name="invitation_staff_once"),
        ]


class Statement(Edited):
    """What was said under a topic, in its own language, with a German gist beside it.

    `id` comes from the note-taker's device, so that sending it twice stores it once; `seq` says where a live
    view continues reading: it is renewed at each change, under the meeting's lock.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="statements")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="statements")
    seq = models.PositiveBigIntegerField()
    text = models.TextField(_("statement"))
    language = models.CharField(max_length=12, blank=True)
    gist = models.TextField(_("gist in German"), blank=True)
    statement_kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NOTE)
    women_specific = models.BooleanField(_("concerns women especially"), default=False)
    confidential = models.BooleanField(_("confidential"), default=False)
    # Only with the speaker's consent.
    said_by = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("noted_at", "id")
        indexes: ClassVar = [
            models.Index(fields=["meeting", "seq"], name="statement_seq"),
            models.Index(fields=["item", "noted_at"], name="statement_item"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "seq"], name="statement_seq_once"),
            models.CheckConstraint(condition=~Q(text=""), name="statement_not_empty"),
        ]


class Writing(models.Model):
    """Who writes along in a running meeting, and when they were last heard of."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="writing")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "staff"], name="writing_once")]


class Minutes(Record):
    """One revision of a meeting's minutes in one language, as it went out; its PDF is a private file."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes")
    language = models.CharField(max_length=12)
    revision = models.PositiveSmallIntegerField(default=1)
    # The content as sent: {"title", "summary", "topics": [{"title", "statements": [...]}], "promises": [...]}
    content = models.JSONField(default=dict)
    pdf = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("language", "-revision")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "language", "revision"], name="minutes_revision_once")
        ]
