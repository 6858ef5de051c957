"""What an agreement opens: rights in a space, for a professional profile."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements.models.agreements import Agreement
from treffpunkt.core.models import Edited, Stateful
from treffpunkt.network.models import Profile, Space


class GrantedRight(Stateful, Edited):
    """A right granted in a space, and whether it works in practice."""

    class Kind(models.TextChoices):
        JOIN = "join", _("join with a professional profile")
        POST = "post", _("post without approval")
        LINKS = "links", _("post links")
        PIN = "pin", _("pin a post")
        BADGE = "badge", _("group-expert badge")
        TAGGED = "tagged", _("be tagged under questions")
        LIVE = "live", _("hold a live session")
        ANNOUNCE = "announce", _("make an announcement")
        MODERATE = "moderate", _("moderator role")

    class State(models.TextChoices):
        AGREED = "agreed", _("agreed, not tried yet")
        WORKING = "working", _("works")
        FAILING = "failing", _("does not work")
        ENDED = "ended", _("ended")

    MOVES: ClassVar = {
        "agreed": frozenset({"working", "failing", "ended"}),
        "working": frozenset({"failing", "ended"}),
        "failing": frozenset({"working", "ended"}),
        "ended": frozenset(),
    }

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="rights")
    space = models.ForeignKey(Space, models.CASCADE, related_name="+")
    # Empty: for whoever of us works there.
    profile = models.ForeignKey(Profile, models.SET_NULL, null=True, blank=True, related_name="+")
    right_kind = models.CharField(_("right"), max_length=10, choices=Kind)
    # The agreed way to do it ("twice a month, the text goes to the group first").
    how = models.CharField(_("how it is done"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.AGREED)
    state_since = models.DateTimeField(null=True, editable=False)
    # When it was last seen to work, and by whom.
    seen_at = models.DateTimeField(null=True, editable=False)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ("space", "right_kind", "id")
        indexes: ClassVar = [
            models.Index(fields=["space", "state"], name="right_in_space"),
            models.Index(fields=["state", "seen_at"], name="right_seen"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "space", "profile", "right_kind"],
                condition=~Q(state="ended"),
                nulls_distinct=False,
                name="right_once",
            )
        ]
