"""What became of granted rights in practice, who follows an administrator, what was done about a topic."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements.models.agreements import Agreement
from treffpunkt.agreements.models.rights import GrantedRight
from treffpunkt.core.models import Edited, Record, Stateful
from treffpunkt.core.references import named
from treffpunkt.network.models import Actor
from treffpunkt.vocabulary.models import Topic


class Use(Record):
    """That a right was used and worked, or was tried in vain."""

    right = models.ForeignKey(GrantedRight, models.CASCADE, related_name="uses")
    at = models.DateTimeField(_("when"))
    worked = models.BooleanField()
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # What proves it (an entry of the contact log, an answer), by kind and id; empty where somebody said so.
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True)

    NAMES: ClassVar = (named("source"),)

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar = [
            models.Index(fields=["right", "-at"], name="use_of_right"),
            models.Index(fields=["staff", "-at"], name="use_by_staff"),
            models.Index(fields=["source_id"], name="use_source", condition=Q(source_id__isnull=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["right", "source_id"], condition=Q(source_id__isnull=False), name="use_proved_once"
            ),
        ]


class Succession(Stateful, Edited):
    """That somebody who leads a group leaves, and what they say about whom we may speak to; nobody else before."""

    class State(models.TextChoices):
        OPEN = "open", _("not asked yet")
        ASKED = "asked", _("asked")
        MAY = "may", _("we may speak to others")
        REFUSED = "refused", _("we ask nobody")
        CLOSED = "closed", _("settled")

    MOVES: ClassVar = {
        "open": frozenset({"asked", "may", "refused", "closed"}),
        "asked": frozenset({"may", "refused", "closed"}),
        "may": frozenset({"refused", "closed"}),
        "refused": frozenset({"may", "closed"}),
        "closed": frozenset(),
    }

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    state_since = models.DateTimeField(null=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who of us sees to it"),
    )  # fmt: skip
    # Their own words about whom we may speak to; they go with the record.
    words = models.TextField(_("their words"), blank=True)
    language = models.CharField(max_length=12, blank=True)
    # Whom we may speak to, as far as we know them.
    others = models.ManyToManyField(Actor, related_name="+", verbose_name=_("whom we may speak to"), blank=True)

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor"], condition=~Q(state="closed"), name="succession_one_open"),
        ]


class Measure(Record):
    """What was done about a topic that concerns women and stands in an agreement."""

    class Kind(models.TextChoices):
        MATERIAL = "material", _("material in their language")
        TRAINING = "training", _("training for those who lead")
        SPACE = "space", _("a space for women only")
        QUICK = "quick", _("answers within a day")
        OTHER = "other", _("something else")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="measures")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    measure_kind = models.CharField(_("what"), max_length=10, choices=Kind)
    done_on = models.DateField(_("when"))
    note = models.CharField(_("in a few words"), max_length=200, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-done_on", "-id")
        indexes: ClassVar = [models.Index(fields=["topic", "-done_on"], name="measure_of_topic")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "topic", "measure_kind", "done_on"], name="measure_once_a_day"
            ),
        ]


class Threshold(models.Model):
    """From how many days on the radar speaks of something, where coordination chose otherwise than proposed."""

    key = models.CharField(max_length=20, primary_key=True)
    days = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.key
