"""What was said, and who writes along."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited
from treffpunkt.meetings.models.agenda import AgendaItem
from treffpunkt.meetings.models.groups import SmallGroup
from treffpunkt.meetings.models.kinds import Kind
from treffpunkt.meetings.models.meetings import Meeting
from treffpunkt.network.models import Actor


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
    # The small group that said it.
    group = models.ForeignKey(SmallGroup, models.SET_NULL, null=True, related_name="+", db_index=False, editable=False)
    # Sent by a participant's phone and released by `noted_by`; with the name she chose, until the minutes are out.
    by_phone = models.BooleanField(default=False, editable=False)
    shown_name = models.CharField(max_length=60, blank=True, editable=False)
    # Whether it stands on the screen that is shared in the meeting; a confidential one never does.
    on_screen = models.BooleanField(default=True, editable=False)
    # Whether somebody has decided if it concerns women especially; it is not suggested any more then.
    women_decided = models.BooleanField(default=False, editable=False)
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
