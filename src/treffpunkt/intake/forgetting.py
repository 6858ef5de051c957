"""What imports keep of people who were erased: rows, former values, and the files themselves."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, cast
from xml.sax.saxutils import escape

from django.db import transaction

from treffpunkt.core import files
from treffpunkt.intake.models import Import, Result, Row

_PIECE = 2**20
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp1250", "cp1251", "cp1256", "mac-roman")


def forget_rows(*, rows: Iterable[int], results: Iterable[int]) -> None:
    """Blank rows and former values that mention somebody, wherever they stand; their files go."""
    found = Row.objects.filter(pk__in=list(rows))
    imports = set(found.values_list("file_id", flat=True))
    found.exclude(file__state=Import.State.APPLIED).update(verdict=Row.Verdict.SAME, decision="")
    found.update(values={}, reasons=[])
    before = Result.objects.filter(pk__in=list(results))
    imports |= set(before.values_list("file_id", flat=True))
    before.filter(before__isnull=False).update(before={"held": {}, "stamp": {}})
    drop_files(Import.objects.filter(pk__in=imports).exclude(file="").values_list("file", flat=True))


def forget_in_files(words: Iterable[str]) -> int:
    """Throw away the stored files in which one of these words stands, also where no row tells of it; returns how many.

    A file is read as bytes, in each encoding it may have, so that a hundred megabytes take a second.
    """
    needles = _needles(words)
    digests = set(Import.objects.exclude(file="").values_list("file", flat=True))
    found = [digest for digest in digests if needles and _holds(digest, needles)]
    drop_files(found)
    return len(found)


def drop_files(digests: Iterable[str]) -> None:
    """Remove files once the transaction has become true."""
    for digest in set(digests):
        transaction.on_commit(partial(files.discard, digest))


def _needles(words: Iterable[str]) -> list[bytes]:
    forms = {form for word in words for form in (word, word.lower(), word.upper(), escape(word))}
    found: set[bytes] = set()
    for form in forms:
        for encoding in _ENCODINGS:
            try:
                found.add(form.encode(encoding))
            except UnicodeEncodeError:
                continue
    return [needle for needle in found if len(needle) >= 4]


def _holds(digest: str, needles: list[bytes]) -> bool:
    try:
        path = files.path_of(digest)
    except FileNotFoundError:
        return False
    try:
        return any(_in_stream(stream, needles) for stream in _streams(path))
    except (OSError, EOFError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        # What cannot be read cannot be searched; so that nothing of them stays, it goes.
        return True


def _streams(path: Path) -> Iterator[IO[bytes]]:
    """Open a file as what it holds: unpacked where it is packed."""
    with path.open("rb") as raw:
        head = raw.read(4)
    if head[:2] == b"\x1f\x8b":
        with gzip.open(path) as unpacked:
            yield cast("IO[bytes]", unpacked)
    elif head == b"PK\x03\x04":
        with zipfile.ZipFile(path) as box:
            for member in box.infolist():
                with box.open(member) as part:
                    yield part
    else:
        with path.open("rb") as plain:
            yield plain


def _in_stream(stream: IO[bytes], needles: list[bytes]) -> bool:
    longest = max(map(len, needles))
    rest = b""
    while piece := stream.read(_PIECE):
        text = rest + piece
        if any(needle in text for needle in needles):
            return True
        rest = text[-longest:]
    return False
