"""Blogs and feeds: of each post the day on which it appeared, never its text."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError
from treffpunkt.network.counting.counted import EARLIEST, Counted, counted_days, only, refuse_empty
from treffpunkt.network.counting.feedreading import NoFeed, read, read_apart, written_day

# A feed is read as a whole, so it has an end.
MOST_BYTES = 5 * 2**20
_WORDPRESS = "{http://wordpress.org/export/"
_TOLD = frozenset({"pubDate", "post_date", "post_date_gmt", "post_type", "status"})


@dataclass(frozen=True)
class Posts:
    """The days on which a feed's posts appeared, and how many posts name none."""

    days: list[date]
    undated: int
    title: str = ""


def posts_of(content: bytes, kind: str = "", *, apart: bool = True) -> Posts:
    """Give the days of a feed's posts; raises NoFeed. `apart` reads it in a process of its own."""
    found = (read_apart if apart else read)(content, kind)
    days = [day for moment in found.moments if (day := _local(moment))]
    return Posts(days, len(found.moments) - len(days), found.title)


def count_feed(content: bytes, latest: date, *, apart: bool = True) -> Counted:
    """Count the posts of a feed that was saved as a file."""
    try:
        found = posts_of(content, apart=apart)
    except NoFeed:
        raise DomainError(_("This file is neither a chat export nor a feed, nor the export of a blog.")) from None
    days = [day for day in found.days if day <= latest]
    if not days and found.undated:
        raise DomainError(_("The posts of this feed have no dates, so they cannot be counted by the week."))
    refuse_empty(days)
    return Counted("feed", only(counted_days(days)), title=found.title)


def count_blog(stream: IO[bytes], latest: date) -> Counted:
    """Count the posts of a WordPress export (WXR): what is published, not pages, drafts or pictures."""
    days = []
    try:
        for item in _items(stream):
            if item.get("post_type", "post") == "post" and item.get("status", "publish") == "publish":
                day = _published(item)
                if day and EARLIEST <= day <= latest:
                    days.append(day)
    except (ParseError, DefusedXmlException, UnicodeError) as error:
        raise DomainError(_("This blog export is damaged: it is no well-formed XML. Please export it anew.")) from error
    refuse_empty(days)
    return Counted("blog", only(counted_days(days)), whole=True)


def _items(stream: IO[bytes]) -> Iterator[Mapping[str, str]]:
    """Give what says when each item appeared, forgetting everything else on the way."""
    item: dict[str, str] = {}
    path: list[Any] = []
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            continue
        path.pop()
        if element.tag == "item":
            yield item
            item = {}
        elif path and path[-1].tag == "item" and (element.tag == "pubDate" or element.tag.startswith(_WORDPRESS)):
            name = element.tag.rpartition("}")[2]
            if name in _TOLD:
                item[name] = (element.text or "").strip()
        element.clear()
        if path:
            path[-1].remove(element)


def _published(item: Mapping[str, str]) -> date | None:
    for name in ("post_date", "post_date_gmt"):
        try:
            moment = parse_datetime(item.get(name, "").replace(" ", "T", 1))
        except ValueError:
            continue
        if moment:
            return moment.date()
    parsed = written_day(item.get("pubDate", ""))
    return _local(timegm(parsed)) if parsed else None


def _local(moment: int | None) -> date | None:
    """Give the day of a moment here, where it can be that of a post."""
    if moment is None:
        return None
    try:
        day = timezone.localdate(datetime.fromtimestamp(moment, UTC))
    except (ValueError, OverflowError, OSError):
        return None
    return day if day >= EARLIEST else None
