"""Where an event of a calendar file takes place: an address on site, a link to a video room, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from treffpunkt.core.text import tidy

_LINK = re.compile(r"https?://[^\s<>\"'\\|]+", re.IGNORECASE)
# Only such links are taken from a description or from the address of the event.
_VIDEO = re.compile(
    r"//[^/]*(zoom\.us|teams\.(microsoft|live)\.com|meet\.google\.com|webex\.com|jit\.si|jitsi|bigbluebutton|bbb|whereby\.com|"
    r"gotomeet|senfcall)",
    re.IGNORECASE,
)
_ONLINE = re.compile(r"\b(online|zoom|teams|skype|webex|jitsi|bigbluebutton|google meet|video\w*)\b", re.IGNORECASE)
_ROOMS = (
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
)


@dataclass(frozen=True)
class Place:
    """An address on site and a link to a room, each empty where there is none."""

    venue: str
    room: str


def place_of(component: Any) -> Place:
    """Find where an event takes place; of its description nothing but a link to a video room is read."""
    where = next(iter(_texts(component, "LOCATION")), "")
    venue = tidy(_LINK.sub(" ", where)).strip(" ,;()<>-")
    room = next(_rooms(component, where), "")
    if _ONLINE.search(venue) and (room or len(venue) < 40):
        venue = ""
    return Place(venue[:300], room)


def _rooms(component: Any, where: str) -> Iterator[str]:
    for name in _ROOMS:
        for text in _texts(component, name):
            yield from _links(text)
    yield from _links(where)
    for name in ("URL", "DESCRIPTION"):
        for text in _texts(component, name):
            yield from (link for link in _links(text) if _VIDEO.search(link))


def _links(text: str) -> Iterator[str]:
    for found in _LINK.findall(text[:100_000]):
        link = found.rstrip(".,;)>")
        if len(link) <= 500:
            yield link


def _texts(component: Any, name: str) -> list[str]:
    value = component.get(name)
    return [str(one) for one in (value if isinstance(value, list) else [] if value is None else [value])]
