"""Feeds of spaces: subscribed, asked now and then, given up where nothing comes. Only days are read from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.fetching import Fetched, Refused, fetch, is_usual
from treffpunkt.core.jobs import defer
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.counting.blogs import MOST_BYTES, Posts, posts_of
from treffpunkt.network.counting.counted import MOST_WEEKS, whole_weeks
from treffpunkt.network.counting.feedreading import NoFeed
from treffpunkt.network.models import Feed, Snapshot, Space
from treffpunkt.network.over_time import WEEK, monday
from treffpunkt.network.services.snapshots import keep_figures

P = Feed.Problem
SECONDS = 30
# How often a feed is asked that answers; after a failure sooner, then ever later, up to a week.
RHYTHM, FIRST_AGAIN, LONGEST_WAIT = timedelta(hours=20), timedelta(hours=1), timedelta(days=7)
# While it is being asked nobody else asks; who dies meanwhile lets it go.
_LEASE = timedelta(minutes=10)
# What does not pass by itself is given up after so many times, anything else after so many more.
_PATIENCE = {P.UNREADABLE: 3, P.UNDATED: 3, P.PRIVATE: 3, P.AROUND: 3, P.LARGE: 3, P.GONE: 1}
_PATIENT = 40
# So many feeds are asked in one round.
_ROUND = 500


@transaction.atomic
def subscribe_feed(*, by: Agent, space: Space, address: str) -> Feed:
    """Read the dates of a space's posts from its feed from now on; the address of a page leads to its feed."""
    space = Space.objects.select_for_update().get(pk=space.pk)
    require(rules.may_edit_space(by, space))
    address = feed_address(address)
    feed = Feed.objects.select_for_update().filter(space=space).first()
    if feed and feed.address == address and feed.next_fetch:
        return feed
    feed = feed or Feed(space=space)
    feed.address, feed.etag, feed.last_modified, feed.failures, feed.problem = address, "", "", 0, ""
    feed.next_fetch = now()
    feed.save()
    record(by, "feed.subscribed", space)
    ask(feed.pk)
    return feed


@transaction.atomic
def stop_feed(*, by: Agent, space: Space) -> None:
    """Read a space's feed no more; what was counted stays."""
    space = Space.objects.select_for_update().get(pk=space.pk)
    require(rules.may_edit_space(by, space))
    if Feed.objects.filter(space=space).delete()[0]:
        record(by, "feed.stopped", space)


def feed_address(text: str) -> str:
    """Give the address of a feed as it is kept; raises DomainError where it cannot be one."""
    address = tidy(text)
    address = "https://" + address.partition(":")[2].lstrip("/") if address.startswith("feed:") else address
    address = address if "://" in address else f"https://{address}"
    try:
        parts = urlsplit(address)
        fits = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and is_usual(parts.port)
    except ValueError:
        fits = False
    if not fits or " " in address or "@" in parts.netloc or len(address) > 500:
        raise DomainError(_("This is not an address we can read. Please copy it from the browser or the app."))
    return address


def ask_due() -> int:
    """Ask for every feed whose time has come; returns how many. A demo never reaches out."""
    if settings.DEMO:
        return 0
    due = Feed.objects.filter(next_fetch__lte=now()).order_by("next_fetch").values_list("pk", flat=True)[:_ROUND]
    for pk in due:
        ask(pk)
    return len(due)


def ask(pk: UUID) -> None:
    """Let a feed be fetched in the background; asked twice, it is fetched once."""
    if not settings.DEMO:
        defer("network.fetch_feed", once=f"network.feed.{pk}", feed_id=str(pk))


def fetch_feed(pk: UUID) -> None:
    """Fetch a feed whose time has come and keep what it tells; no transaction is open while others answer."""
    feed = _claim(pk)
    if feed is None:
        return
    try:
        read = _read(feed)
    except Refused as refused:
        _failed(feed, refused.why, refused.wait)
    except NoFeed:
        _failed(feed, P.UNREADABLE)
    else:
        _keep(feed, read)


@dataclass(frozen=True)
class _Answer:
    """What a server answered and the days in it, where anything is new."""

    fetched: Fetched
    posts: Posts | None
    address: str


@transaction.atomic
def _claim(pk: UUID) -> Feed | None:
    feed = Feed.objects.select_for_update(skip_locked=True).filter(pk=pk, next_fetch__lte=now()).first()
    if feed:
        Feed.objects.filter(pk=pk).update(next_fetch=now() + _LEASE)
    return feed


def _read(feed: Feed) -> _Answer:
    """Ask the server; a page that names its feed leads there once."""
    # What is new since last week is counted anew, so within a week it is enough to know that nothing is.
    same = feed.fetched_at is not None and monday(feed.fetched_at.date()) == monday(today()) and not feed.problem
    marks = {"etag": feed.etag, "last_modified": feed.last_modified} if same else {}
    answer = fetch(feed.address, most=MOST_BYTES, seconds=SECONDS, **marks)
    address = answer.lasting
    if answer.is_new and (leads := _leads_to(answer)):
        answer = fetch(leads, most=MOST_BYTES, seconds=SECONDS)
        address = answer.lasting
    posts = posts_of(answer.content, answer.kind) if answer.is_new else None
    return _Answer(answer, posts, address if len(address) <= 500 else feed.address)


def _keep(feed: Feed, read: _Answer) -> None:
    posts, fetched = read.posts, read.fetched
    if posts is not None and not posts.days and posts.undated:
        _failed(feed, P.UNDATED)
        return
    changes = {
        "fetched_at": now(), "next_fetch": now() + _spread(feed.pk, RHYTHM), "failures": 0, "problem": "",
        "address": read.address,
    }  # fmt: skip
    if posts is not None:
        days = [day for day in posts.days if day <= today()]
        weeks = complete_weeks(days)
        changes |= {"etag": fetched.etag, "last_modified": fetched.last_modified}
        changes |= {"last_post_on": max([*days, *filter(None, [feed.last_post_on])], default=None)}
        if weeks:
            changes["counted_since"] = min([*weeks, *filter(None, [feed.counted_since])])
        if days and not weeks and (today() - min(days)).days < 14 and len(days) >= 10:
            changes["problem"] = P.SHORT
    with transaction.atomic():
        # Whoever changed the subscription meanwhile is right.
        if not Feed.objects.filter(pk=feed.pk, address=feed.address).update(**changes):
            return
        if posts is not None:
            _keep_weeks(feed, weeks)


def complete_weeks(days: list[date]) -> dict[date, int]:
    """Give the posts of the weeks of which a feed shows every one: those after its oldest post, up to last week.

    A feed shows only its newest posts, so of the week of the oldest one some may be missing. A feed without any post
    tells nothing.
    """
    return whole_weeks(dict(Counter(days)), today(), whole=False)


def _keep_weeks(feed: Feed, weeks: Mapping[date, int]) -> None:
    """Keep weeks; where more posts were seen before, some have been taken out since, and what was seen counts."""
    first = monday(today()) - MOST_WEEKS * WEEK
    before: dict[date, int | None] = dict(
        Snapshot.objects.filter(
            space=feed.space_id, source=Snapshot.Source.FEED, posts__isnull=False, day__gte=first
        ).values_list("day", "posts")
    )
    keep_figures(
        {"space_id": feed.space_id, "day": week, "source": Snapshot.Source.FEED, "posts": number}
        for week, number in weeks.items()
        if (known := before.get(week)) is None or number > known
    )


def _failed(feed: Feed, why: str, wait: int = 0) -> None:
    """Note that it did not work, and ask again later each time; give up what does not pass by itself."""
    failures = feed.failures + 1
    again: datetime | None = now() + _spread(feed.pk, _wait(failures, wait))
    if failures >= _PATIENCE.get(P(why), _PATIENT):
        again = None
    changes = {"failures": failures, "problem": why, "next_fetch": again}
    Feed.objects.filter(pk=feed.pk, address=feed.address).update(**changes)


def _wait(failures: int, asked: int) -> timedelta:
    doubled = timedelta(seconds=FIRST_AGAIN.total_seconds() * 2 ** min(failures - 1, 10))
    return min(max(doubled, timedelta(seconds=asked)), LONGEST_WAIT)


def _spread(pk: UUID, wait: timedelta) -> timedelta:
    """Lengthen a wait by up to a tenth, so that not all feeds are asked in the same minute."""
    return wait * (1 + pk.int % 1000 / 10_000)


class _Links(HTMLParser):
    """Finds the feeds that a page names in its head."""

    KINDS = ("application/atom+xml", "application/rss+xml", "application/feed+json")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a link to a feed."""
        said = dict(attrs)
        kind = (said.get("type") or "").partition(";")[0].strip().lower()
        if tag == "link" and "alternate" in (said.get("rel") or "").lower().split() and kind in self.KINDS:
            self.found.append(said.get("href") or "")


def _leads_to(answer: Fetched) -> str:
    """Give the feed that a page names; nothing where it is no page, or names none of its own kind."""
    start = answer.content[: 2**18].decode(errors="replace")
    if "<html" not in start.lower():
        return ""
    links = _Links()
    links.feed(start)
    # Feeds of comments stand beside that of the posts, after it.
    return next((urljoin(answer.address, one) for one in links.found if one.strip()), "")
