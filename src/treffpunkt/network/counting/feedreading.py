"""Reading a feed in a process of its own, with a bound on memory and time that no feed can pass.

`python -m treffpunkt.network.counting.feedreading [KIND]` reads a feed from its input and writes when its posts
appeared, as JSON. What goes too far ends the child and nothing else. The child knows no settings and no database.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import warnings
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

MEGABYTES, SECONDS = 1024, 20
_NO_FEED = 3


class NoFeed(Exception):
    """What was read is no feed, or one that takes more memory or time than one may have."""


class Read(NamedTuple):
    """When the posts of a feed appeared, in seconds, None where a post does not say; and the feed's title."""

    moments: list[int | None]
    title: str


def read_apart(content: bytes, kind: str = "") -> Read:
    """Read a feed in a child; raises NoFeed."""
    command = [sys.executable, "-m", "treffpunkt.network.counting.feedreading", kind]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        try:
            said, _nothing = child.communicate(content, timeout=SECONDS * 2)
        except subprocess.TimeoutExpired:
            raise NoFeed from None
        finally:
            child.kill()
    if child.returncode:
        raise NoFeed
    found = json.loads(said)
    return Read(found["moments"], found["title"])


def read(content: bytes, kind: str = "") -> Read:
    """Read RSS, RDF, Atom, CDF or JSON; raises NoFeed.

    Nothing is loaded that a feed points to, and entities of its own are not replaced: feedparser takes them out.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json(content)
    import feedparser

    headers = {"content-type": kind} if kind else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: Any = feedparser.parse(
            io.BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    if not found.get("version") and not found.entries:
        raise NoFeed
    return Read([_moment(entry) for entry in found.entries], str(found.get("feed", {}).get("title", ""))[:200])


def written_day(text: str) -> Any:
    """Read a moment as feeds write it."""
    import feedparser

    return feedparser.datetimes._parse_date(text)


def _moment(entry: Any) -> int | None:
    """Tell when a post appeared: published, else created, else changed."""
    for name in ("published_parsed", "created_parsed", "updated_parsed"):
        parsed = dict.get(entry, name)
        if parsed:
            try:
                return timegm(parsed)
            except (ValueError, OverflowError):
                continue
    return None


def _json(content: bytes) -> Read:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise NoFeed from None
    if not isinstance(found, dict) or not str(found.get("version", "")).startswith("https://jsonfeed.org/version/"):
        raise NoFeed
    items = found.get("items")
    every = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    return Read([_json_moment(item) for item in every], str(found.get("title", ""))[:200])


def _json_moment(item: Mapping[str, Any]) -> int | None:
    for name in ("date_published", "date_modified"):
        try:
            moment = datetime.fromisoformat(str(item.get(name, "")))
            return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
        except (ValueError, OverflowError):
            continue
    return None


def main(kind: str = "") -> int:
    """Write when the posts of the feed in the input appeared; the exit code says whether it is one."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20, MEGABYTES * 2**20))
    try:
        found = read(sys.stdin.buffer.read(), kind)
    except NoFeed:
        return _NO_FEED
    sys.stdout.write(json.dumps(found._asdict()))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
