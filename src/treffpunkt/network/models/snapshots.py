"""How large and how lively a space was on a day: the figures from which growth and silence are seen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record
from treffpunkt.network.models.spaces import Space


class Snapshot(Record):
    """What one source said of a space on a day: its members, its posts in the week of that day, or both.

    Kept as long as the space: a figure names nobody. Merging two spaces: where both have a figure of the same day and
    source, the fuller one stays, else the older one.
    """

    class Source(models.TextChoices):
        ENTERED = "entered", _("entered by us")
        IMPORTED = "imported", _("from a list")
        FEED = "feed", _("from its feed")
        CHAT = "chat", _("counted in an export")

    space = models.ForeignKey(Space, models.CASCADE, related_name="snapshots")
    # Of posts counted by the week, its Monday.
    day = models.DateField(_("day"))
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)
    posts = models.PositiveIntegerField(_("posts a week"), null=True, blank=True)
    source = models.CharField(_("known from"), max_length=8, choices=Source)

    STAYS_BY: ClassVar = ("members", "posts")

    class Meta:
        ordering = ("day", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["space", "day", "source"], name="snapshot_once"),
            models.CheckConstraint(condition=~Q(members=None, posts=None), name="snapshot_says_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["space", "-day"], name="snapshot_members", condition=Q(members__isnull=False)),
            models.Index(fields=["space", "-day"], name="snapshot_posts", condition=Q(posts__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
