"""A calendar file as events: whatever encoding, whatever is broken in it, or a reason why it cannot be read."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar

from treffpunkt.core.errors import DomainError

# A year of a busy calendar is smaller; what is larger takes longer than a page may.
LARGEST = 2 * 2**20
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError)
_EVENT = re.compile(r"^BEGIN:VEVENT\s*$.*?^END:VEVENT\s*$", re.DOTALL | re.MULTILINE | re.IGNORECASE)
_OTHERS = ("VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY")


@dataclass
class Content:
    """The events of a file, each with the method and the usual zone of its calendar; and what was left out."""

    events: list[tuple[Any, str, str]] = field(default_factory=list)
    others: int = 0
    damaged: bool = False


def contents(raw: bytes) -> Content:
    """Take a file apart; raises DomainError, saying why, where nothing in it can be read."""
    if len(raw) > LARGEST:
        raise DomainError(
            _("The file is larger than %(most)s MB. Please export only the meetings you want to plan.")
            % {"most": LARGEST // 2**20}
        )
    text = _decoded(raw)
    if not text.strip():
        raise DomainError(_("The file is empty. Please export it again."))
    if not re.search(r"^BEGIN:V", text, re.MULTILINE | re.IGNORECASE):
        raise DomainError(_("This is no calendar file. Please export the meeting as an .ics file."))
    return _read(text)


def _read(text: str) -> Content:
    found = Content()
    try:
        roots = _parsed(text)
    except _UNREADABLE:
        found.damaged = True
        roots = _one_by_one(text)
    for root in roots:
        try:
            _collect(root, found)
        except _UNREADABLE:
            found.damaged = True
    if not found.events:
        if found.damaged:
            raise DomainError(_("The file is damaged, and no event in it can be read. Please export it again."))
        if found.others:
            raise DomainError(_("The file holds tasks, notes or free times, but no event."))
        raise DomainError(_("There is no event in this file."))
    return found


def _collect(root: Any, found: Content) -> None:
    method = str(root.get("METHOD", "")).upper()
    zone = str(root.get("X-WR-TIMEZONE", ""))
    found.events += [(event, method, zone) for event in root.walk("VEVENT")]
    found.others += sum(len(root.walk(name)) for name in _OTHERS)


def _one_by_one(text: str) -> list[Any]:
    """Read each event on its own, where one fault made the whole file unreadable."""
    read = []
    for block in _EVENT.finditer(text):
        try:
            read += _parsed(f"BEGIN:VCALENDAR\r\n{block.group().strip()}\r\nEND:VCALENDAR\r\n")
        except _UNREADABLE:
            continue
    return read


def _parsed(text: str) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of zones whose names it guesses; ours are found by name anyway
        return list(Calendar.from_ical(text, multiple=True))


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    return text.replace("\x00", "")
