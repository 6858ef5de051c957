"""An agreement, its texts, and with whom it is."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.fields import SortKey
from treffpunkt.core.models import Edited, Stateful
from treffpunkt.network.models import Actor, Organisation, Space
from treffpunkt.vocabulary.models import Topic


class Agreement(Stateful, Edited):
    """Cooperation agreed on with those who lead one or more spaces; open-ended, and ended by them at any time."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        OFFERED = "offered", _("offered")
        IN_FORCE = "in_force", _("in force")
        SUSPENDED = "suspended", _("paused")
        ENDED = "ended", _("ended")

    class Ending(models.TextChoices):
        NONE = "", ""
        WITHDRAWN = "withdrawn", _("withdrawn by them")
        DECLINED = "declined", _("they would rather not")
        BY_US = "by_us", _("ended by us")
        REPLACED = "replaced", _("replaced by a new one")
        LAPSED = "lapsed", _("ran out")
        DROPPED = "dropped", _("not pursued")
        GONE = "gone", _("nobody left who agreed to it")

    class Needs(models.TextChoices):
        """When a text with several parties is in force."""

        ALL = "all", _("as soon as everybody has agreed")
        ONE = "one", _("as soon as one of them has agreed")

    MOVES: ClassVar = {
        "draft": frozenset({"offered", "in_force", "ended"}),
        # Taken back to be changed, or concluded, or neither.
        "offered": frozenset({"draft", "in_force", "ended"}),
        "in_force": frozenset({"suspended", "ended"}),
        "suspended": frozenset({"in_force", "ended"}),
        "ended": frozenset(),
    }

    name = models.CharField(_("name"), max_length=200)
    sorting = SortKey("name")
    # The language in which it is read and signed; German always stands beside it.
    language = models.CharField(_("language"), max_length=12)
    spaces = models.ManyToManyField(Space, related_name="+", verbose_name=_("groups and channels"), blank=True)
    topics = models.ManyToManyField(Topic, related_name="+", verbose_name=_("topics"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who of us looks after it"),
    )  # fmt: skip
    # Within how many working days we answer.
    answer_days = models.PositiveSmallIntegerField(_("we answer within (working days)"), default=2)
    needs = models.CharField(_("in force"), max_length=4, choices=Needs, default=Needs.ALL)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField(null=True, editable=False)
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True, editable=False)
    # The text that holds.
    current = models.ForeignKey("AgreementVersion", models.PROTECT, null=True, related_name="+", editable=False)
    in_force_since = models.DateTimeField(null=True, editable=False)
    # Empty: it is open-ended.
    ends_on = models.DateField(_("runs until"), null=True, blank=True)
    review_every = models.PositiveSmallIntegerField(_("looked at again every (months)"), default=12)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    # The review and the end for which somebody has been reminded.
    reminded_of = models.DateField(null=True, editable=False)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", editable=False)
    note = models.TextField(_("note for us"), blank=True)

    class Meta:
        ordering = ("sorting", "id")
        indexes: ClassVar = [
            models.Index(fields=["sorting", "id"], name="agreement_sorting"),
            models.Index(fields=["state", "sorting", "id"], name="agreement_state"),
            models.Index(fields=["-state_since", "-id"], name="agreement_since"),
            models.Index(fields=["review_on", "id"], name="agreement_review"),
            models.Index(fields=["ends_on", "id"], name="agreement_ends", condition=Q(ends_on__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=("in_force", "suspended")) | Q(current__isnull=False),
                name="agreement_holds_a_text",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ending__gt="") | (~Q(state="ended") & Q(ending="")),
                name="agreement_ends_somehow",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        """Say whether it holds at present, paused or not."""
        return self.state in (self.State.IN_FORCE, self.State.SUSPENDED)


class AgreementVersion(Stateful, Edited):
    """One text of an agreement, word for word; once offered it can never be altered (the database sees to it).

    It names no person: who agreed to it stands in signatures, which can be erased.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("agreed")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    MOVES: ClassVar = {
        "draft": frozenset({"offered", "taken_back"}),
        "offered": frozenset({"accepted", "declined", "taken_back"}),
        "accepted": frozenset(),
        "declined": frozenset(),
        "taken_back": frozenset(),
    }
    # Its words are found in nobody's search for a person, and no name is ever taken out of them: there is none.
    NAMES_NOBODY = True

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    language = models.CharField(max_length=12)
    # [{"clause": key, "number": its version, "section": ..., "text": ..., "de": ...}], in their order.
    sentences = models.JSONField(default=list)
    # What was expected and left out, and why: {key: reason}; for us alone.
    left_out = models.JSONField(default=dict, blank=True)
    # Word for word, one sentence a line.
    text = models.TextField(blank=True)
    text_de = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-number", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(state__in=("draft", "offered")), name="agreement_one_open_version"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sealed_at=None, sha256="")
                | Q(state="taken_back")
                | Q(sealed_at__isnull=False, sha256__regex=r"^[0-9a-f]{64}$"),
                name="agreement_offered_is_sealed",
            ),
        ]


class Party(Edited):
    """With whom an agreement is: somebody who leads a space, perhaps with an organisation behind, or an organisation."""

    class Left(models.TextChoices):
        NOT = "", ""
        WITHDREW = "withdrew", _("ended it")
        GONE = "gone", _("name erased")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    actor = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")
    # Stands behind the actor, or is the party itself.
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=12)
    left = models.CharField(max_length=8, choices=Left, blank=True, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [
            models.Index(fields=["actor"], name="party_of_actor"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                # Who ended it may come back.
                fields=["agreement", "actor"],
                condition=Q(actor__isnull=False, left=""),
                name="party_actor_once",
            ),
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                condition=Q(actor=None, left="", organisation__isnull=False),
                name="party_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.actor or self.organisation or _("somebody whose name was erased"))
