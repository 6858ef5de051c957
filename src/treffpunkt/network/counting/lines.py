"""Chats as text, a line each: what WhatsApp exports on any phone and in any language, and Signal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError
from treffpunkt.network.counting.counted import Counted, Tally

# Marks of direction that phones write before and into lines, and the spaces they choose.
_MARKS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000\t]")
# Where a message begins: [date, time] name: or date, time - name: with whatever the language puts between.
_HEAD = re.compile(
    r"(?P<open>\[)?"
    r"(?P<a>\d{1,4})(?P<sign>[./-])\s?(?P<b>\d{1,2})(?P=sign)\s?(?P<c>\d{1,4})\.?"
    r"(?:\s?[,،]|\s-)?\s?(?:\D{0,14}?\s?)?"
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:\s?[^\W\d_]\.?\s?[^\W\d_]{0,5}\.?)?\s?"
    r"(?P<close>(?(open)\]|(?:\s?[-–—]|[;:,])))\s?"
    r"(?P<rest>.*)",
    re.DOTALL,
)
# A name has no line break and is short; what has none before a colon is a notice of the platform.
_NAME = re.compile(r"(?P<name>[^:]{1,100}):")
# So many lines may stand before the first message, and so many are looked at to find out what a file is.
LOOKED_AT = 200
_LONGEST = 4000


def is_chat(lines: Iterable[str]) -> bool:
    """Say whether some lines are those of a chat."""
    return any(_head(line) for line in lines)


def is_surely_chat(lines: Iterable[str]) -> bool:
    """Say whether some lines can be nothing but those of a chat: a table may hold days and times as well."""
    heads = filter(None, map(_head, lines))
    return any(found["close"].strip() in ("]", "-", "–", "—") and _NAME.match(found["rest"]) for found in heads)


def count_lines(lines: Iterable[str], latest: date) -> Counted:
    """Count the posts of a chat; a post over several lines is one."""
    tally, writers, before = Tally(), set(), 0
    for line in lines:
        found = _head(line)
        if found is None:
            before += not tally.sequence
            if before > LOOKED_AT:
                break
            continue
        numbers = (int(found["a"]), int(found["b"]), int(found["c"]))
        tally.dotted = found["sign"] == "."
        named = _NAME.match(found["rest"])
        if named is None:
            tally.pass_by(numbers)
            continue
        writers.add(hash(named["name"].strip()))
        tally.add(numbers)
    if not tally.numbers:
        raise DomainError(_("In this chat nobody wrote anything: it holds nothing but notices of the platform."))
    return Counted("chat", tally.orders(latest), writers=len(writers))


def _head(line: str) -> re.Match[str] | None:
    text = plain(line[:_LONGEST])
    return _HEAD.match(text) if text[:1].isdigit() or text[:1] == "[" else None


def plain(line: str) -> str:
    """Write a line with plain digits and spaces and without marks of direction."""
    if line.isascii():
        return line.replace("\t", " ")
    text = _SPACES.sub(" ", _MARKS.sub("", line))
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(sign, sign)) if sign.isdigit() else sign for sign in text)
