"""Messages out, as rows: written with the change they tell of, delivered by a job or by hand."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record, Stateful
from treffpunkt.core.references import Named, named
from treffpunkt.post.wording import Trouble, explain


class Message(Stateful, Record):
    """One message to one receiver, in their language, by their channel, once per occasion."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("Mail")
        CHAT = "chat", _("Chat")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to be sent")
        BY_HAND = "by_hand", _("To be sent by hand")
        SENDING = "sending", _("Being handed over")
        SENT = "sent", _("Sent")
        UNCLEAR = "unclear", _("Unclear")
        FAILED = "failed", _("Not delivered")
        CANCELLED = "cancelled", _("Not needed any more")

    MOVES: ClassVar = {
        "queued": frozenset({"sending", "failed", "cancelled"}),
        "by_hand": frozenset({"sent", "cancelled"}),
        "sending": frozenset({"sent", "queued", "failed", "unclear"}),
        "unclear": frozenset({"queued", "sent", "failed", "cancelled"}),
        "failed": frozenset({"queued", "by_hand", "cancelled"}),
        # A mail that went out may still come back.
        "sent": frozenset({"by_hand", "failed"}),
        "cancelled": frozenset(),
    }

    template = models.CharField(max_length=80)
    context = models.JSONField(default=dict)
    secret = models.JSONField(default=dict)
    language = models.CharField(max_length=12)
    channel = models.CharField(max_length=8, choices=Channel)
    to_kind = models.CharField(max_length=60)
    to_id = models.UUIDField()
    address = models.CharField(max_length=320, blank=True)
    chat_url = models.CharField(max_length=500, blank=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.UUIDField(null=True)
    occasion = models.CharField(max_length=160, unique=True)
    owner_id = models.UUIDField(null=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=10, choices=State)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    shown = models.TextField(blank=True)
    # What its Message-ID carries: by it a mail that comes back is known again.
    reference = models.CharField(max_length=32, blank=True)
    # The text leads to the page of what is stored about its receiver (GDPR Art. 14).
    tells = models.BooleanField(default=False)

    # The owner is of the staff.
    NAMES: ClassVar = (named("to"), named("about"), Named("owner_id", follows=False))

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"], name="message_due"),
            models.Index(fields=["to_id", "-id"], name="message_receiver"),
            models.Index(fields=["about_id"], name="message_about"),
            models.Index(fields=["-id"], name="message_newest"),
            models.Index(fields=["reference"], name="message_reference"),
        ]

    def __str__(self) -> str:
        return self.template

    @property
    def trouble(self) -> Trouble | None:
        """Say in words what keeps it from arriving, and what to do."""
        return explain(self.state, self.problem)


class Hold(Record):
    """A time in which no message leaves: begun by a restore, ended by a person's word."""

    released_at = models.DateTimeField(null=True)
    released_by = models.UUIDField(null=True)

    NAMES: ClassVar = (Named("released_by", follows=False),)  # of the staff

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["released_at"], nulls_distinct=False, name="hold_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return str(self.created_at)
