"""Outside persons, and the ways to reach them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.fields import SortKey
from treffpunkt.core.models import Edited, Record
from treffpunkt.post.wording import explain


class Actor(Edited):
    """Every outside person, team or page we deal with: administrators, key actors, contact persons, guests."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        MODERATOR = "moderator", _("Moderator")
        KEY_ACTOR = "key_actor", _("Key actor")
        BLOGGER = "blogger", _("Blogger")
        MULTIPLIER = "multiplier", _("Multiplier")
        CONTACT = "contact", _("Contact person")

    class Standing(models.TextChoices):
        UNKNOWN = "unknown", _("not yet contacted")
        ASKED = "asked", _("asked")
        WON = "won", _("works with us")
        DECLINED = "declined", _("does not want to")

    class Told(models.TextChoices):
        """How somebody heard that they are stored here."""

        MESSAGE = "message", _("by a message with the link to it")
        TALK = "talk", _("in a talk")
        THEMSELVES = "themselves", _("gave it to us themselves")
        PUBLIC = "public", _("by a public notice")
        OTHER = "other", _("in another way")

    name = models.CharField(_("name"), max_length=200, blank=True)
    sorting = SortKey("name", "handle")
    # How the name is read by those who do not read its script.
    reading = models.CharField(_("in Latin letters"), max_length=200, blank=True)
    handle = models.CharField(_("handle"), max_length=120, blank=True)
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    actor_kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.ADMINISTRATOR)
    languages = ArrayField(
        models.CharField(max_length=12),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    standing = models.CharField(_("standing"), max_length=8, choices=Standing, default=Standing.UNKNOWN)
    not_a_person = models.BooleanField(_("not a person (a machine or a shared account)"), default=False)
    consent_for = models.CharField(_("agreed that we store"), max_length=300, blank=True)
    consent_how = models.CharField(_("agreed how"), max_length=120, blank=True)
    consent_at = models.DateField(_("agreed on"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who of us knows them"),
    )  # fmt: skip
    next_touch = models.DateField(_("next contact"), null=True, blank=True)
    last_contact_at = models.DateTimeField(null=True, editable=False)
    note = models.TextField(_("note"), blank=True)
    erased_at = models.DateTimeField(null=True, editable=False)
    # When they heard that they are stored here and what (GDPR Art. 14), and how; `telling_at` as long as the text
    # is on its way.
    told_at = models.DateTimeField(null=True, editable=False)
    told_how = models.CharField(max_length=10, choices=Told, blank=True, editable=False)
    telling_at = models.DateTimeField(null=True, editable=False)
    # The sum of the members of their spaces, kept by the services of roles; lists sort by it.
    potential_reach = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("sorting", "id")
        indexes: ClassVar = [
            models.Index(fields=["sorting", "id"], name="actor_sorting"),
            models.Index(fields=["-potential_reach", "-id"], name="actor_reach"),
            models.Index(fields=["standing", "sorting", "id"], name="actor_standing"),
            models.Index(fields=["next_touch"], name="actor_next_touch"),
            models.Index(fields=["owner"], name="actor_owner"),
            # Who still has to hear that they are stored, and who is being told: both are few, or soon will be.
            models.Index(
                fields=["created_at", "id"],
                name="actor_untold",
                condition=Q(told_at=None, telling_at=None, consent_at=None, erased_at=None, not_a_person=False),
            ),
            models.Index(
                fields=["telling_at"], name="actor_telling", condition=Q(told_at=None, telling_at__isnull=False)
            ),
            models.Index(fields=["told_at", "id"], name="actor_told", condition=Q(erased_at=None)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_key"],
                condition=~Q(source_key=""),
                name="actor_source_once",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.handle or str(_("without a name"))


class Channel(Record):
    """A way to reach an actor: mail, chat, phone; preferred or not, safe or not."""

    class Kind(models.TextChoices):
        MAIL = "mail", _("Mail")
        PHONE = "phone", _("Phone")
        WHATSAPP = "whatsapp", "WhatsApp"
        TELEGRAM = "telegram", "Telegram"
        MESSENGER = "messenger", _("Facebook Messenger")
        INSTAGRAM = "instagram", "Instagram"
        SIGNAL = "signal", "Signal"
        OTHER = "other", _("Other chat")

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="channels")
    channel_kind = models.CharField(_("channel"), max_length=10, choices=Kind)
    value = models.CharField(_("address or handle"), max_length=320)
    preferred = models.BooleanField(_("preferred"), default=False)
    safe = models.BooleanField(_("safe: nobody else reads it"), default=True)
    # Since when mail comes back from it, and what the mail server said (a code, no words).
    fails_since = models.DateTimeField(null=True, editable=False)
    fails_why = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        ordering = ("-preferred", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "channel_kind", "value"], name="channel_once")
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def why_it_fails(self) -> str:
        """Say in words why mail does not arrive."""
        trouble = explain("failed", self.fails_why)
        return str(trouble.what) if trouble else ""
