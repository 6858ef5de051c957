"""The feeds of spaces: of a blog, a channel, a forum. Only the dates of posts are read from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record
from treffpunkt.network.models.spaces import Space


class Feed(Record):
    """The feed of a space, when it is asked next, and how it went so far.

    Merging two spaces: a space has one feed; the one that has been read stays, else the older one.
    """

    class Problem(models.TextChoices):
        """Why it could not be read; each has its sentence in `EXPLAINED`."""

        AWAY = "away", _("not reachable")
        SLOW = "slow", _("too slow")
        PRIVATE = "private", _("not on the public internet")
        REFUSED = "refused", _("refused")
        GONE = "gone", _("gone for good")
        BUSY = "busy", _("asks us to wait")
        LARGE = "large", _("too large")
        AROUND = "around", _("led around")
        UNREADABLE = "unreadable", _("not a feed")
        UNDATED = "undated", _("without dates")
        SHORT = "short", _("too short")

    space = models.OneToOneField(Space, models.CASCADE, related_name="feed")
    address = models.CharField(_("address of the feed"), max_length=500)
    # What the server wants back to say that nothing is new.
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    # Empty where it is not asked any more.
    next_fetch = models.DateTimeField(null=True, editable=False)
    fetched_at = models.DateTimeField(null=True, editable=False)
    last_post_on = models.DateField(null=True, editable=False)
    # The first week of which every post is known.
    counted_since = models.DateField(null=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    problem = models.CharField(max_length=10, choices=Problem, blank=True, editable=False)

    STAYS_BY: ClassVar = ("fetched_at",)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [
            models.Index(fields=["next_fetch"], name="feed_due", condition=Q(next_fetch__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def explained(self) -> str | Promise:
        """Say what is the matter, and what to do."""
        return EXPLAINED.get(self.problem, "")


EXPLAINED: dict[str, Promise] = {
    "away": _("The server did not answer. We try again by ourselves, less often each time."),
    "slow": _("The server took longer than half a minute. We try again by ourselves, less often each time."),
    "private": _("The address leads to a computer that is not on the public internet. Please correct it."),
    "refused": _("The server refuses to hand the feed out. Please look whether it opens in the browser."),
    "gone": _("The server says that the feed is gone for good. We do not ask again; please look for a new one."),
    "busy": _("The server asks us to come back later. We do."),
    "large": _("The feed is larger than 5 MB. Please look for a shorter one, or count by hand."),
    "around": _("The address leads on from one page to the next without end. Please correct it."),
    "unreadable": _("What lies there is no feed. Please look for a link called RSS or Atom on the page."),
    "undated": _("The posts of this feed have no dates, so they cannot be counted by the week."),
    "short": _("The feed shows only the last few days, too few for whole weeks. Please count by hand, or an export."),
}
