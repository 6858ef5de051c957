"""The groups, pages, channels, profiles, blogs and forums in which a community meets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from treffpunkt.core.fields import SortKey
from treffpunkt.core.models import Edited, Stateful
from treffpunkt.network.models.communities import Community
from treffpunkt.vocabulary.models import Language, Place, Platform


class Space(Stateful, Edited):
    """A group, page, channel, profile, blog or forum in which a community meets."""

    class Kind(models.TextChoices):
        GROUP = "group", _("Group")
        PAGE = "page", _("Page")
        CHANNEL = "channel", _("Channel")
        PROFILE = "profile", _("Profile")
        BLOG = "blog", _("Blog")
        FORUM = "forum", _("Forum")

    class State(models.TextChoices):
        FOUND = "found", _("found")
        CONTACTED = "contacted", _("contacted")
        JOINED = "joined", _("joined")
        COOPERATING = "cooperating", _("cooperating")
        DORMANT = "dormant", _("dormant")
        LOST = "lost", _("lost")

    class Visibility(models.TextChoices):
        UNKNOWN = "", _("not known")
        OPEN = "open", _("open to all")
        CLOSED = "closed", pgettext_lazy("visible to members", "closed")
        HIDDEN = "hidden", _("hidden")

    class Policy(models.TextChoices):
        UNKNOWN = "", _("not known")
        YES = "yes", _("yes")
        ASK = "ask", _("after asking")
        NO = "no", _("no")

    _ALIVE = frozenset({"found", "contacted", "joined", "cooperating"})
    MOVES: ClassVar = {
        "found": frozenset({"contacted", "joined", "dormant", "lost"}),
        "contacted": frozenset({"found", "joined", "dormant", "lost"}),
        "joined": frozenset({"contacted", "cooperating", "dormant", "lost"}),
        "cooperating": frozenset({"joined", "dormant", "lost"}),
        "dormant": _ALIVE | {"lost"},
        "lost": _ALIVE | {"dormant"},
    }

    name = models.CharField(_("name"), max_length=300)
    sorting = SortKey("name")
    short_name = models.CharField(_("German short name"), max_length=120, blank=True)
    name_language = models.CharField(max_length=12, blank=True)
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="+", verbose_name=_("platform"))
    space_kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.GROUP)
    # The one address to which every spelling of it is reduced; empty only where there is none.
    address = models.CharField(_("address"), max_length=500, blank=True)
    # The source's own id of an imported space ("reddit:12345").
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    language = models.ForeignKey(
        Language,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language"),
    )
    communities = models.ManyToManyField(Community, related_name="+", verbose_name=_("communities"), blank=True)
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)
    members_counted_on = models.DateField(null=True, blank=True, editable=False)
    audience = models.CharField(_("who meets here"), max_length=300, blank=True)
    content = models.TextField(_("what it is about"), blank=True)
    visibility = models.CharField(_("visibility"), max_length=8, choices=Visibility, blank=True)
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("region"),
    )
    women_only = models.BooleanField(_("women only"), default=False)
    rules = models.TextField(_("rules of the group, in short"), blank=True)
    link_policy = models.CharField(_("links allowed"), max_length=4, choices=Policy, blank=True)
    post_approval = models.CharField(_("posts wait for approval"), max_length=4, choices=Policy, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.FOUND)
    state_since = models.DateTimeField(null=True, editable=False)
    state_reason = models.CharField(max_length=300, blank=True, editable=False)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True, editable=False)
    check_due = models.DateField(_("next check"), null=True, blank=True)
    # How many administrators the space has, kept by the services of roles; lists sort and filter by it.
    administrator_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("sorting", "id")
        indexes: ClassVar = [
            models.Index(fields=["sorting", "id"], name="space_sorting"),
            # As the lists order them: the largest first, those nobody has counted last.
            models.Index(F("members").desc(nulls_last=True), F("id").desc(), name="space_size"),
            models.Index(fields=["state", "sorting", "id"], name="space_state"),
            models.Index(fields=["platform", "sorting", "id"], name="space_platform"),
            models.Index(fields=["language", "sorting", "id"], name="space_language"),
            models.Index(fields=["check_due"], name="space_check_due"),
            models.Index(fields=["checked_at", "id"], name="space_checked"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address"], condition=~Q(address=""), name="space_address_once"),
            models.UniqueConstraint(
                fields=["source_key"],
                condition=~Q(source_key=""),
                name="space_source_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
