"""What a file is by its content: never by its name or by what a browser says of it."""

from __future__ import annotations

import re
import zlib

MOST = 10 * 2**20
# What a PDF may not hold: anything that acts, opens, carries or sends.
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|AA|OpenAction|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToR|GoToE|"
    rb"Rendition|Movie|Sound|3D|Encrypt)\b"
)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
# A name may hide its letters: “/J#61vaScript”.
_HIDDEN = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_UNPACKED = 64 * 2**20


def kind_of(content: bytes) -> str:
    """Name the media type of a picture or a PDF that holds nothing active; empty for everything else."""
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-64 * 1024 :]:
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in content[-64:]:
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:] and not _acts(content):
        return "application/pdf"
    return ""


def _acts(content: bytes) -> bool:
    """Say whether a PDF may do something: what it says openly, and what it keeps packed."""
    if _ACTIVE.search(_plain(content)):
        return True
    unpacked = 0
    for packed in _STREAM.finditer(content):
        inner = _unpacked(packed[1], _MOST_UNPACKED - unpacked)
        if inner is None:
            return True
        unpacked += len(inner)
        if _ACTIVE.search(_plain(inner)):
            return True
    return False


def _plain(content: bytes) -> bytes:
    return _HIDDEN.sub(lambda found: bytes([int(found[1], 16)]), content)


def _unpacked(packed: bytes, most: int) -> bytes | None:
    """Unpack a stream as far as it is packed as PDF does; nothing where it swells beyond all measure."""
    worker = zlib.decompressobj()
    try:
        inner = worker.decompress(packed, max(most, 1))
    except zlib.error:
        return b""
    return None if worker.unconsumed_tail else inner
