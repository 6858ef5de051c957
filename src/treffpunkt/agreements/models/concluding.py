"""How an agreement comes about: offers, answers, signatures, evidence, questions and proposals."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements.models.agreements import Agreement, AgreementVersion, Party
from treffpunkt.core.models import Record


class Offer(Record):
    """A text put before one party, and what they answered."""

    class Answer(models.TextChoices):
        NONE = "", _("no answer yet")
        AGREED = "agreed", _("agrees")
        DECLINED = "declined", _("would rather not")

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="offers")
    party = models.ForeignKey(Party, models.CASCADE, related_name="offers")
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "party"], name="offer_once")]


class Signature(Record):
    """That somebody agreed to a text, how and when; the name can be erased, the fact stays.

    The database lets nobody change to what it refers.
    """

    class Way(models.TextChoices):
        LINK = "link", _("by link")
        PAPER = "paper", _("on paper")
        CHAT = "chat", _("in a chat")

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="signatures")
    party = models.ForeignKey(Party, models.CASCADE, related_name="signatures")
    # As they chose to be called: a name or a handle.
    name = models.CharField(_("signed as"), max_length=120, blank=True)
    way = models.CharField(_("how"), max_length=5, choices=Way)
    at = models.DateTimeField(_("when"))
    sha256 = models.CharField(max_length=64)
    # What they wrote in the chat.
    quote = models.TextField(_("their words"), blank=True)
    language = models.CharField(max_length=12, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "party"], name="signature_once"),
            models.CheckConstraint(condition=~Q(name="") | Q(erased_at__isnull=False), name="signature_has_a_name"),
        ]


class Evidence(Record):
    """A file that shows that something was agreed: a scan, a picture of a chat; private, named by its SHA-256.

    Behind the second lock: only those who work on the agreement reach it.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="evidence")
    signature = models.ForeignKey(Signature, models.SET_NULL, null=True, related_name="evidence")
    file = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "evidence"
        constraints: ClassVar = [models.UniqueConstraint(fields=["agreement", "file"], name="evidence_once")]


class Remark(Record):
    """A question, a proposal to change the text, or our answer to one."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        PROPOSAL = "proposal", _("Proposal")
        ANSWER = "answer", _("Answer")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="remarks")
    version = models.ForeignKey(AgreementVersion, models.SET_NULL, null=True, related_name="+")
    # Whose remark it is, or to whom we answer.
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="remarks")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    remark_kind = models.CharField(max_length=8, choices=Kind, default=Kind.QUESTION)
    text = models.TextField(_("text"))
    language = models.CharField(max_length=12, blank=True)
    # Set once somebody of us has dealt with it.
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [
            models.Index(fields=["agreement"], name="remark_open", condition=Q(settled_at=None, staff=None))
        ]
