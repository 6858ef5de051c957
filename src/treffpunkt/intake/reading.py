"""Reading a file row by row: its kind, encoding, separator and header row are found out and can be corrected."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any

from charset_normalizer import from_bytes
from django.conf import settings
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError
from treffpunkt.intake import outlines, sheets
from treffpunkt.intake.elsewhere import refuse_what_belongs_elsewhere

SAMPLE = 64 * 1024
# A cell of a file, in characters: what is longer is a quotation mark that was never closed.
CELL = sheets.CELL
# Unpacked, a file may be this many times as large as an upload may be.
UNPACKED = 4
# Of a spreadsheet less, since it is read as a whole.
UNPACKED_SHEETS = 2
HEAD = 25
# No list of people or groups has more columns; each is a choice on the page.
MOST_COLUMNS = 500
# So many rows of a sheet are remembered, since their file is opened anew each time.
LOOKED_AT = 200
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15", "cp1250", "cp1251", "cp1256", "mac-roman",
)  # fmt: skip
SHEETS = ("xlsx", "ods", "xls")
OUTLINE = "opml"
_GUESSED = ["cp1252", "cp1250", "cp1251", "cp1256", "mac_roman"]

Cells = list[str]


@dataclass(frozen=True)
class Reading:
    """How a file is read; `header` counts rows as a spreadsheet program does, 0 where there is none."""

    format: str = "csv"
    gzip: bool = False
    encoding: str = "utf-8"
    separator: str = ","
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    header: int = 1

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Reading:
        """Take a reading from where it was kept."""
        return cls(**{name: value for name, value in stored.items() if name in cls.__dataclass_fields__})

    def kept(self) -> dict[str, Any]:
        """Give the reading as plain values."""
        return asdict(self)

    @property
    def is_text(self) -> bool:
        """Say whether encoding and separator matter."""
        return self.format == "csv"


def detect(path: Path) -> Reading:
    """Find out how to read a file; raises DomainError, with what to do, where it is no table."""
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    if not start:
        raise DomainError(_("The file is empty. Please save it again and check that it holds rows."))
    refuse_what_belongs_elsewhere(start)
    if outlines.is_outline(start):
        return _detect_outline(path)
    packed = start.startswith(b"\x1f\x8b")
    if packed:
        with closing(_unpacked(path, packed=True)) as raw:
            start = raw.read(SAMPLE)
    if start.startswith(b"PK\x03\x04") and not packed:
        return _with_header(path, _detect_sheets(path, _zip_kind(path)))
    if start.startswith(b"\xd0\xcf\x11\xe0") and not packed:
        return _with_header(path, _detect_sheets(path, "xls"))
    if packed:
        refuse_what_belongs_elsewhere(start)
    _refuse_others(start)
    encoding = _detect_encoding(path, start, packed)
    reading = Reading(gzip=packed, encoding=encoding)
    sample = start.decode(encoding, errors="replace").lstrip("\ufeff")
    reading = replace(reading, separator=_detect_separator(sample))
    return _with_header(path, reading)


def records(path: Path, reading: Reading) -> Iterator[tuple[int, Cells]]:
    """Read every row with its number, empty ones left out; numbers count as a spreadsheet program does."""
    yield from _numbered(_rows(path, reading))


def _rows(path: Path, reading: Reading) -> Iterator[Cells]:
    if reading.format == OUTLINE:
        return outlines.rows(path)
    return _sheet(path, reading) if reading.format in SHEETS else _table(path, reading)


def _numbered(source: Iterable[Cells]) -> Iterator[tuple[int, Cells]]:
    for number, cells in enumerate(source, start=1):
        if any(cells) and any(cell.strip() for cell in cells):
            yield number, cells


def columns(path: Path, reading: Reading) -> list[str]:
    """Name the columns: by the header row, each name once, by letters where there is none."""
    head = _head(path, reading)
    width = max((len(cells) for number, cells in head if number >= reading.header), default=0)
    titles = next((cells for number, cells in head if number == reading.header), [])
    if reading.header > HEAD and not titles:
        titles = next((cells for number, cells in records(path, reading) if number >= reading.header), [])
    if max(width, len(titles)) > MOST_COLUMNS:
        raise DomainError(
            _(
                "Read in this way the file has %(number)s columns, more than the %(most)s a list may have. "
                "Is the separator right? Please delete the columns that are not needed."
            )
            % {"number": max(width, len(titles)), "most": MOST_COLUMNS}
        )
    names: list[str] = []
    for place in range(max(width, len(titles))):
        title = " ".join(titles[place].split())[:120] if place < len(titles) else ""
        name = base = title or letters(place)
        again = 2
        while name in names:
            name, again = f"{base} ({again})", again + 1
        names.append(name)
    while names and len(names) > len(titles) and reading.header and not _filled(head, reading, len(names) - 1):
        names.pop()
    return names


def body(path: Path, reading: Reading) -> Iterator[tuple[int, Cells]]:
    """Read the rows below the header."""
    for number, cells in records(path, reading):
        if number > reading.header:
            yield number, cells


def first(path: Path, reading: Reading, most: int) -> list[Cells]:
    """Read the first rows below the header."""
    if reading.format in SHEETS and reading.header + most <= LOOKED_AT // 2:
        rows = ((number, cells) for number, cells in _looked_at(path, reading) if number > reading.header)
    else:
        rows = body(path, reading)  # type: ignore[assignment]
    return [cells for _number, cells in islice(rows, most)]


def letters(place: int) -> str:
    """Name a column as a spreadsheet program does: A, B, ..., Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _filled(head: Sequence[tuple[int, Cells]], reading: Reading, place: int) -> bool:
    """Say whether a column without a title is one: more than half of the rows fill it, not just a row gone wrong."""
    rows = [cells for number, cells in head if number > reading.header]
    return sum(len(cells) > place and bool(cells[place]) for cells in rows) * 2 > len(rows)


def _head(path: Path, reading: Reading) -> list[tuple[int, Cells]]:
    return list(islice(_looked_at(path, reading), HEAD))


def _looked_at(path: Path, reading: Reading) -> Iterator[tuple[int, Cells]]:
    """Read the beginning of a file, a sheet only once."""
    if reading.format in SHEETS:
        return _numbered(_sheet_head(path, reading.sheet))
    return records(path, reading)


def _with_header(path: Path, reading: Reading) -> Reading:
    head = _head(path, reading)
    if not head:
        raise DomainError(_("The file holds no rows. Please save it again and check that it holds rows."))
    widest = max(sum(1 for cell in cells if cell) for _number, cells in head)
    for number, cells in head[:10]:
        if sum(1 for cell in cells if cell) * 2 >= widest:
            return replace(reading, header=number)
    return replace(reading, header=head[0][0])


def _detect_outline(path: Path) -> Reading:
    """Read a list of feeds once, so that one without any, or a damaged one, is refused at once."""
    if sum(1 for _row in islice(outlines.rows(path), 2)) < 2:
        raise DomainError(_("There is no feed in this list. Please export it anew."))
    return Reading(format=OUTLINE, encoding="", separator="", sheet=outlines.SHEET, sheets=[outlines.SHEET])


# Tables as text


class _Measured(io.RawIOBase):
    """Bytes of a file as they come out of the packing; more than the limit is refused, not stored."""

    def __init__(self, source: IO[bytes], most: int) -> None:
        self._source, self._left = source, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece = self._source.read(len(buffer))
        except (OSError, EOFError) as error:
            raise DomainError(_("The packed file is damaged. Please pack it again, or upload it unpacked.")) from error
        self._left -= len(piece)
        if self._left < 0:
            raise DomainError(_too_large(UNPACKED))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._source.close()
        super().close()


def _too_large(times: int) -> str:
    return _("Unpacked, the file is larger than %(most)s MB. Please split it.") % {
        "most": settings.IMPORT_MAX_BYTES * times // 2**20
    }


def _unpacked(path: Path, *, packed: bool) -> io.BufferedReader:
    # Closed by whoever closes what is handed back.
    source: IO[bytes] = gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[assignment]  # noqa: SIM115
    return io.BufferedReader(_Measured(source, settings.IMPORT_MAX_BYTES * UNPACKED), 256 * 1024)


def _table(path: Path, reading: Reading) -> Iterator[Cells]:
    csv.field_size_limit(CELL)
    with closing(_unpacked(path, packed=reading.gzip)) as raw:
        encoding = "utf-8-sig" if reading.encoding == "utf-8" else reading.encoding
        text = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="")
        rows = csv.reader(_lines(text), delimiter=reading.separator)
        number = 0
        try:
            for number, cells in enumerate(rows, start=1):
                if number == 1 and cells:
                    cells[0] = cells[0].lstrip("\ufeff")
                yield cells
        except UnicodeDecodeError as error:
            raise DomainError(
                _("The file is not written in %(encoding)s. Please choose another encoding.")
                % {"encoding": reading.encoding}
            ) from error
        except csv.Error as error:
            raise DomainError(
                _("Row %(row)s cannot be read: a cell is longer than %(most)s characters. Is a quotation mark missing?")
                % {"row": number + 1, "most": CELL}
            ) from error


def _lines(text: Iterable[str]) -> Iterator[str]:
    for line in text:
        yield line.replace("\0", "") if "\0" in line else line


def _refuse_others(start: bytes) -> None:
    kinds = ((b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"PK\x03\x04", "ZIP"))
    name = next((name for magic, name in kinds if start.startswith(magic)), "")
    first = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower()
    if first.startswith((b"<!doctype", b"<html", b"<?xml")):
        name = "HTML"
    elif first[:1] in (b"{", b"[") and b":" in start:
        name = "JSON"
    elif start.startswith(b"{\\rtf"):
        name = "RTF"
    if name:
        raise DomainError(
            _("This is a file of the kind %(kind)s, not a table. Please save the table as CSV, XLSX or ODS.")
            % {"kind": name}
        )


def _detect_encoding(path: Path, start: bytes, packed: bool) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    pairs = start[: len(start) // 2 * 2]
    if pairs.count(0) > len(pairs) // 5:
        return "utf-16-le" if pairs[1::2].count(0) > pairs[::2].count(0) else "utf-16-be"
    if start.count(0) > len(start) // 100 + 3 or sum(start.count(code) for code in range(1, 8)) > len(start) // 100 + 3:
        raise DomainError(_("This is no table but a program's own file. Please save the table as CSV, XLSX or ODS."))
    try:
        with closing(_unpacked(path, packed=packed)) as raw:
            for _line in io.TextIOWrapper(raw, encoding="utf-8", newline=""):
                pass
    except UnicodeDecodeError:
        return _guess_encoding(path, packed)
    return "utf-8"


def _guess_encoding(path: Path, packed: bool) -> str:
    """Guess from the lines that are not plain ASCII, so that a late umlaut counts as well as an early one."""
    telling, size = [], 0
    with closing(_unpacked(path, packed=packed)) as raw:
        for line in raw:
            if not line.isascii():
                telling.append(line[:2000])
                size += len(telling[-1])
            if size > SAMPLE:
                break
    content = b"".join(telling)
    if _reads_western(content):
        return "cp1252"
    best = from_bytes(content, cp_isolation=_GUESSED, threshold=0.5).best()
    return best.encoding.replace("mac_roman", "mac-roman") if best else "cp1252"


def _reads_western(content: bytes) -> bool:
    """Say whether most letters beyond ASCII are those of German, French or Spanish between Latin letters."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return False
    beyond = [letter for letter in text if ord(letter) > 127]
    usual = sum(letter in "äöüÄÖÜßéèêàâçùûôîïëœñáíóúÉÈÀÇÑ¿¡«»„“”’–…€" for letter in beyond)
    return usual * 10 >= len(beyond) * 9


def _detect_separator(sample: str) -> str:
    first = sample.splitlines()[0].strip().lower() if sample.strip() else ""
    if first.startswith("sep=") and len(first) == 5 and sample[4] in SEPARATORS:
        return sample[4]
    whole = sample if len(sample) < SAMPLE // 4 else sample.rpartition("\n")[0]
    best, separator = 0.0, ","
    for candidate in SEPARATORS:
        try:
            csv.field_size_limit(CELL)
            widths = [
                len(cells)
                for cells in islice(csv.reader(io.StringIO(whole, newline=""), delimiter=candidate), 60)
                if any(cells)
            ]
        except csv.Error:
            continue
        if not widths:
            continue
        usual = max(set(widths), key=widths.count)
        score = 0.0 if usual < 2 else widths.count(usual) / len(widths) * (1 + min(usual, 20) / 40)
        if score > best:
            best, separator = score, candidate
    return separator


# Spreadsheets


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            _weigh(archive)
            mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise DomainError(_("The file is damaged and cannot be opened. Please save it again.")) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    raise DomainError(
        _("This is a file of the kind %(kind)s, not a table. Please save the table as CSV, XLSX or ODS.")
        % {"kind": "ZIP"}
    )


def _weigh(archive: zipfile.ZipFile) -> None:
    """Unpack without keeping anything: what an archive says about its size may be a lie."""
    left = settings.IMPORT_MAX_BYTES * UNPACKED_SHEETS
    for member in archive.infolist():
        with archive.open(member) as content:
            while piece := content.read(2**18):
                left -= len(piece)
                if left < 0:
                    raise DomainError(_too_large(UNPACKED_SHEETS))


def _detect_sheets(path: Path, kind: str) -> Reading:
    with _spreadsheet():
        found = sheets.look(path)
    if not found.filled:
        raise DomainError(_("The file holds no rows. Please save it again and check that it holds rows."))
    return Reading(format=kind, encoding="", separator="", sheet=found.filled, sheets=found.names)


def _sheet(path: Path, reading: Reading) -> Iterator[Cells]:
    with _spreadsheet(reading.sheet):
        yield from sheets.rows(path, reading.sheet)


@lru_cache(maxsize=16)
def _sheet_head(path: Path, sheet: str) -> list[Cells]:
    """Give the first rows of a sheet, which are looked at several times; a file of this name never changes."""
    with closing(_sheet(path, Reading(format="xlsx", sheet=sheet))) as rows:  # type: ignore[type-var]
        return list(islice(rows, LOOKED_AT))


@contextmanager
def _spreadsheet(sheet: str = "") -> Iterator[None]:
    """Say in words what is the matter with a spreadsheet."""
    try:
        yield
    except sheets.NoSheet as error:
        raise DomainError(_("The file has no sheet “%(sheet)s”.") % {"sheet": sheet}) from error
    except sheets.Damaged as error:
        raise DomainError(
            _("The table cannot be opened. If it is protected by a password, please save it without one.")
        ) from error
    except sheets.TooLarge as error:
        raise DomainError(
            _("The spreadsheet is too large to be opened: it has too many cells. Please save the sheet as CSV.")
        ) from error
