"""Lists of feeds (OPML) as a table: a row for each feed, with the folders in which it lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError

COLUMNS = ("title", "xmlUrl", "htmlUrl", "language", "description", "folder")
SHEET = "OPML"
_DEEPEST = 50
_CELL = 5000
# The longest entity, and an “&” that begins none of those XML knows.
_ENTITY = 12
_BARE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")


def is_outline(start: bytes) -> bool:
    """Say whether a file begins like a list of feeds."""
    head = start[:4000].lower()
    return b"<opml" in head and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def rows(path: Path) -> Iterator[list[str]]:
    """Give the names of the columns and then a row for each feed, however deep its folder; raises DomainError."""
    yield list(COLUMNS)
    folders: list[Any] = []
    try:
        with path.open("rb") as file:
            for event, element in iterparse(_Mended(file), events=("start", "end"), forbid_dtd=True):
                if element.tag.lower() != "outline":
                    if event == "end":
                        element.clear()
                    continue
                if event == "end":
                    folders.pop()
                    element.clear()
                    continue
                said = {name.lower(): " ".join(unescape(value).split()) for name, value in element.attrib.items()}
                if said.get("xmlurl"):
                    yield _row(said, folders)
                folders.append(said.get("title") or said.get("text") or "")
                if len(folders) > _DEEPEST:
                    raise DomainError(_("In this list folders lie within folders without end. Please export it anew."))
    except (ParseError, DefusedXmlException, UnicodeError, LookupError) as error:
        raise DomainError(
            _("This list of feeds is damaged: it is no well-formed XML. Please export it anew.")
        ) from error


class _Mended:
    """The bytes of a file in which a bare “&” is written as it should be: of lists out there most have some."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._rest = file, b""

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes; what may be the beginning of an entity waits for its end."""
        piece = self._file.read(size if size and size > 0 else -1)
        text = self._rest + piece
        at = text.rfind(b"&", max(0, len(text) - _ENTITY)) if piece else -1
        text, self._rest = (text[:at], text[at:]) if at >= 0 else (text, b"")
        if not text and self._rest:
            return self.read(size)
        return _BARE.sub(b"&amp;", text)


def _row(said: dict[str, str], folders: list[str]) -> list[str]:
    cells = [
        said.get("title") or said.get("text") or said["xmlurl"],
        said["xmlurl"],
        said.get("htmlurl", ""),
        said.get("language", ""),
        said.get("description", ""),
        " / ".join(filter(None, folders)),
    ]
    return [cell[:_CELL] for cell in cells]
