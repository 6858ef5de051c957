"""Chats as JSON: what Telegram, Instagram and Messenger export. Read message by message, however long it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, TextIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.core.errors import DomainError
from treffpunkt.network.counting.counted import EARLIEST, Counted, counted_days, only, refuse_empty

# So much is read at once, and so much is looked at for where a list begins.
_PIECE, _AROUND = 2**18, 2**18
# One message, with all that is written and reacted to it.
_LONGEST = 2**22
_LIST = re.compile(r'(?<!\\)"messages"\s*:\s*\[')
_GAP = re.compile(r"[\s,]*")
# What stands around the messages of Telegram's exports.
_TYPE = re.compile(r'(?<!\\)"type"\s*:\s*"([a-z_]{3,30})"')
_NAME = re.compile(r'(?<!\\)"name"\s*:\s*("(?:[^"\\]|\\.){0,300}")')
_TITLE = re.compile(r'(?<!\\)"title"\s*:\s*("(?:[^"\\]|\\.){0,300}")')
_THOSE = re.compile(r'(?<!\\)"participants"\s*:\s*\[([^\]]{0,100000})\]')
_PRIVATE_CHAT = gettext_lazy(
    "This is a private chat, not a group or a channel. Please export only the group or channel."
)
_PRIVATE = frozenset({"personal_chat", "bot_chat", "saved_messages"})
_decode = json.JSONDecoder().raw_decode


def count_messages(stream: TextIO, latest: date) -> Counted:
    """Count the posts of a group's or channel's export; private chats, and whole accounts, are refused."""
    found = _Found()
    for message in _messages(stream, found):
        day = _day(message)
        if day is None or not EARLIEST <= day <= latest:
            continue
        if message.get("type", "message") != "message":
            continue
        writer = message.get("from_id") or message.get("from") or message.get("sender_name")
        found.writers.add(hash(str(writer)))
        found.days.append(day)
    if not found.lists:
        raise DomainError(
            _("This JSON file is no chat export: it has no list of messages. In Telegram choose the format JSON.")
        )
    if found.lists > 1:
        raise DomainError(
            _("This is the export of a whole account, with private chats. Please export only the group or channel.")
        )
    refuse_empty(found.days)
    return Counted("chat", only(counted_days(found.days)), len(found.writers), found.title, whole=False)


class _Found:
    """What was met on the way."""

    def __init__(self) -> None:
        self.days: list[date] = []
        self.writers: set[int] = set()
        self.lists = 0
        self.title = ""


def _messages(stream: TextIO, found: _Found) -> Iterator[Mapping[str, Any]]:
    """Give the messages of every list, one by one, keeping no more than one of them."""
    text = ""
    while True:
        piece = stream.read(_PIECE)
        text += piece
        begins = _LIST.search(text)
        if begins is None:
            if not piece:
                return
            text = text[-_AROUND:]
            continue
        _look_around(text[: begins.start()], found)
        found.lists += 1
        text = text[begins.end() :]
        while True:
            text, message = _next(stream, text)
            if message is None:
                break
            yield message


def _next(stream: TextIO, text: str) -> tuple[str, Mapping[str, Any] | None]:
    """Take one message off the text, reading on as far as it takes; none where the list ends."""
    wanted, over = 1, False
    while True:
        start = _GAP.match(text).end()  # type: ignore[union-attr]
        if text[start : start + 1] == "]":
            return text[start + 1 :], None
        if start < len(text) and len(text) - start >= wanted:
            try:
                value, end = _decode(text, start)
            except (json.JSONDecodeError, RecursionError) as error:
                # Not whole yet, perhaps; looked at again once there is twice as much.
                wanted = 2 * (len(text) - start)
                if len(text) - start > _LONGEST or isinstance(error, RecursionError):
                    raise _damaged() from error
            else:
                if end < len(text) or over:
                    return text[end:], value if isinstance(value, dict) else {}
        if over:
            raise _damaged()
        piece = stream.read(_PIECE)
        over = not piece
        wanted = 1 if over else wanted
        text = text[start:] + piece


def _damaged() -> DomainError:
    return DomainError(_("The file breaks off in the middle or is damaged. Please export it anew."))


def _look_around(text: str, found: _Found) -> None:
    """Look what the export says of the chat: its title, and whether it is a private one."""
    if any(kind in _PRIVATE for kind in _TYPE.findall(text)):
        raise DomainError(_PRIVATE_CHAT)
    those = _THOSE.search(text)
    if those and len(re.findall(r'"name"\s*:', those[1])) == 2:
        raise DomainError(_PRIVATE_CHAT)
    named = _NAME.search(text) or _TITLE.search(text)
    if named:
        found.title = str(json.loads(named[1], strict=False))[:200]


def _day(message: Mapping[str, Any]) -> date | None:
    """Read the day of a message: as it was written down, else by its second."""
    written = message.get("date")
    if isinstance(written, str):
        try:
            return date.fromisoformat(written[:10])
        except ValueError:
            return None
    for name, of_a_second in (("date_unixtime", 1), ("timestamp_ms", 1000), ("timestamp", 1)):
        value = message.get(name)
        if isinstance(value, (int, str)) and str(value).isdecimal() and len(str(value)) < 15:
            moment = datetime.fromtimestamp(int(value) / of_a_second, UTC) if int(value) < 4e12 else None
            return timezone.localdate(moment) if moment else None
    return None
