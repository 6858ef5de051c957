"""Video rooms: a new Jitsi room has an address nobody guesses; BigBlueButton is asked by signed calls of its API."""

from __future__ import annotations

import hashlib
import secrets
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.conf import settings
from django.utils.crypto import salted_hmac

from treffpunkt.meetings import wording
from treffpunkt.meetings.models import Meeting

TIMEOUT = 10  # seconds a server may take for one answer
_LONGEST = 100_000


class RoomAway(Exception):
    """The server of the rooms did not answer, or refused; `reason` is its own key, without any name or address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def new_jitsi_room() -> str:
    """Give the address of a room that exists once somebody enters it."""
    return f"{settings.JITSI_URL}/{secrets.token_urlsafe(15)}"


def create(meeting: Meeting, language: str) -> None:
    """Make the meeting's room, or find it made; nothing is recorded, and its name is neutral."""
    _call("create", {
        "meetingID": room_id(meeting),
        "name": wording.calendar_title(meeting, language),
        "attendeePW": _secret(meeting, "guest"),
        "moderatorPW": _secret(meeting, "host"),
        "record": "false",
        "autoStartRecording": "false",
        "allowStartStopRecording": "false",
        "muteOnStart": "true",
    })  # fmt: skip


def join_address(meeting: Meeting, name: str, *, host: bool) -> str:
    """Give the address by which one person enters under the name that she chose; it works for her alone."""
    return _address("join", {
        "meetingID": room_id(meeting),
        "fullName": name,
        "password": _secret(meeting, "host" if host else "guest"),
        "role": "MODERATOR" if host else "VIEWER",
        "redirect": "true",
    })  # fmt: skip


def end(meeting: Meeting) -> None:
    """Close the room for everybody; one that is gone already is well."""
    try:
        _call("end", {"meetingID": room_id(meeting), "password": _secret(meeting, "host")})
    except RoomAway as error:
        if error.reason not in ("notFound", "invalidMeetingIdentifier"):
            raise


def room_id(meeting: Meeting) -> str:
    """Name the room without telling which meeting it is, or when it was made."""
    return _secret(meeting, "room")


def _secret(meeting: Meeting, what: str) -> str:
    return salted_hmac("treffpunkt.rooms", f"{what}:{meeting.pk}", algorithm="sha256").hexdigest()[:32]


def _call(name: str, parameters: Mapping[str, str]) -> Any:
    try:
        with urllib.request.urlopen(_address(name, parameters), timeout=TIMEOUT) as answer:
            read = ElementTree.fromstring(answer.read(_LONGEST))
    except (URLError, OSError, ValueError, ElementTree.ParseError, DefusedXmlException) as error:
        raise RoomAway(type(error).__name__) from None
    if read.findtext("returncode") != "SUCCESS":
        raise RoomAway((read.findtext("messageKey") or "FAILED")[:60])
    return read


def _address(name: str, parameters: Mapping[str, str]) -> str:
    """Sign a call: the checksum is over its name, its parameters and the secret that only the two servers know."""
    server: Any = settings.BBB
    if server is None:
        raise RoomAway("none")
    query = urlencode(parameters)
    checksum = hashlib.sha256(f"{name}{query}{server.secret}".encode()).hexdigest()
    return f"{server.url}/api/{name}?{query}&checksum={checksum}"
