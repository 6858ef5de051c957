"""Finding out what a file is: a chat of WhatsApp, Signal, Telegram or Instagram, a feed, the export of a blog."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError
from treffpunkt.network.counting.blogs import MOST_BYTES, count_blog, count_feed
from treffpunkt.network.counting.counted import Counted
from treffpunkt.network.counting.lines import LOOKED_AT, count_lines, is_chat, is_surely_chat
from treffpunkt.network.counting.messages import count_messages

_HEAD = 64 * 1024
# A line is cut here: what is longer is no beginning of a message.
_LINE = 64 * 1024
# Unpacked, a file may be so many times as large as an upload.
_UNPACKED = 4
_CHATS = ("_chat.txt", "result.json")


def count(stream: IO[bytes], latest: date, *, apart: bool = True) -> Counted:
    """Count the posts of a file, whatever kind it is; raises DomainError that says what to do.

    `latest` is the day on which it was exported: nothing in it can be younger. `apart` reads feeds in a process of
    their own.
    """
    stream.seek(0)
    start = stream.read(_HEAD)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise DomainError(_("The file is empty. Please export it anew."))
    stream.seek(0)
    if start.startswith(b"PK\x03\x04"):
        with _packed(stream) as inner:
            start = inner.read(_HEAD)
            return _count(_Joined(start, inner), start, latest, apart)
    return _count(stream, start, latest, apart)


def told_elsewhere(start: bytes) -> str:
    """Say of a file, by its beginning, that it is counted on the page of its group and never kept."""
    if start.startswith(b"PK\x03\x04"):
        chat = any(name in start[:400] for name in (b"_chat.txt", b"WhatsApp", b"result.json"))
        return _("This is the export of a chat.") + " " + _("Please count it on the page of its group.") if chat else ""
    first = start.decode(_encoding(start), errors="replace").lstrip("\ufeff \t\r\n")
    head = first[:4000].lower()
    if (first[:1] in ("{", "[") and '"messages"' in head) or is_surely_chat(islice(first.splitlines(), LOOKED_AT)):
        return _("This is the export of a chat.") + " " + _("Please count it on the page of its group.")
    feed = first[:1] == "<" and any(sign in head for sign in ("<rss", "<feed", "<rdf:rdf", "<channel"))
    if (feed or "jsonfeed.org/version/" in head) and "<opml" not in head:
        return _("This is a feed or the export of a blog.") + " " + _("Please count it on the page of its group.")
    return ""


def _count(stream: Any, start: bytes, latest: date, apart: bool) -> Counted:
    _refuse_others(start)
    encoding = _encoding(start)
    first = start.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if is_chat(islice(first.splitlines(), LOOKED_AT)):
        with _text(stream, encoding) as lines:
            return count_lines(_cut(lines), latest)
    if first[:1] in ("{", "["):
        if "jsonfeed.org/version/" in first[:2000]:
            return count_feed(_whole(stream), latest, apart=apart)
        with _text(stream, encoding) as text:
            return count_messages(text, latest)
    if first[:1] == "<":
        return _count_xml(stream, first, latest, apart)
    raise DomainError(
        _("This text is no chat export: no line begins with a date, a time and a name. Please export the chat anew.")
    )


def _count_xml(stream: Any, first: str, latest: date, apart: bool) -> Counted:
    lower = first.lower()
    if "wordpress.org/export/" in lower:
        return count_blog(stream, latest)
    if lower.startswith("<!doctype html") or "<html" in lower[:2000]:
        raise DomainError(
            _(
                "This is a web page. In Telegram choose the format JSON when exporting; of a blog we need the feed or export."
            )
        )
    if "<opml" in lower[:4000]:
        raise DomainError(
            _(
                "This is a list of feeds (OPML). Please bring it in under “Import a file”: each blog becomes a group there."
            )
        )
    return count_feed(_whole(stream), latest, apart=apart)


def _whole(stream: Any) -> bytes:
    content: bytes = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise DomainError(_("The feed is larger than %(most)s MB.") % {"most": MOST_BYTES // 2**20})
    return content


def _refuse_others(start: bytes) -> None:
    kinds = (
        (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"PK\x03\x04", "ZIP"),
        (b"\x1f\x8b", "GZIP"), (b"\xd0\xcf\x11\xe0", "Office"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7Z"),
        (b"SQLite format 3", "SQLite"),
    )  # fmt: skip
    name = next((name for magic, name in kinds if start.startswith(magic)), "")
    if name:
        raise DomainError(
            _("This is a file of the kind %(kind)s. We can count chats of WhatsApp (TXT or ZIP), Signal (TXT), Telegram "
              "and Instagram (JSON), feeds, and exports of WordPress.") % {"kind": name}
        )  # fmt: skip


def _encoding(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-8-sig"


@contextmanager
def _text(stream: Any, encoding: str) -> Iterator[io.TextIOWrapper]:
    """Read a file as text; the file itself stays its owner's to close."""
    text = io.TextIOWrapper(stream, encoding=encoding, errors="strict", newline=None)
    try:
        yield text
    except UnicodeDecodeError as error:
        raise DomainError(_("The text is not written in UTF-8, as chat exports are. Please export it anew.")) from error
    finally:
        text.detach()


def _cut(text: io.TextIOWrapper) -> Iterator[str]:
    """Give the lines, long ones in pieces: the rest of a long line begins no message."""
    fresh = True
    while line := text.readline(_LINE):
        if fresh:
            yield line
        fresh = line.endswith("\n")


@contextmanager
def _packed(stream: IO[bytes]) -> Iterator[Any]:
    """Open the one chat in a packed export; pictures and films in it are never unpacked."""
    try:
        with zipfile.ZipFile(stream) as box:
            member = _chat_in(box)
            with box.open(member) as inner:
                yield io.BufferedReader(_Measured(inner), _HEAD)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise DomainError(_("The packed file is damaged or locked by a password. Please export it anew.")) from error


def _chat_in(box: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [one for one in box.infolist() if not one.is_dir()]
    named = [one for one in members if one.filename.rpartition("/")[2] in _CHATS]
    texts = named or [one for one in members if one.filename.lower().endswith((".txt", ".json"))]
    if len(texts) != 1:
        raise DomainError(
            _("In this ZIP file there is no chat, or more than one. A chat of WhatsApp holds one text file.")
        )
    return texts[0]


class _Measured(io.RawIOBase):
    """Bytes as they come out of the packing, up to a limit."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._left = source, settings.IMPORT_MAX_BYTES * _UNPACKED

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._source.read(len(buffer))
        self._left -= len(piece)
        if self._left < 0:
            raise DomainError(
                _("Unpacked, the file is larger than %(most)s MB. Please export it without media.")
                % {"most": settings.IMPORT_MAX_BYTES * _UNPACKED // 2**20}
            )
        buffer[: len(piece)] = piece
        return len(piece)


class _Joined(io.RawIOBase):
    """What was looked at already, and the rest: an unpacked file cannot be wound back."""

    def __init__(self, start: bytes, rest: Any) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(piece) :] if self._start else b""
        buffer[: len(piece)] = piece
        return len(piece)
