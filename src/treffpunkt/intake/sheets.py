"""Reading a spreadsheet in a process of its own, with a bound on memory and time that no file can pass.

A spreadsheet is read as a whole, and a few bytes of it may say that it has billions of cells. So a child reads it,
`python -m treffpunkt.intake.sheets FILE [SHEET]`, and hands its rows over one by one; what goes too far ends the
child and nothing else. The child knows no settings and no database.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

MEGABYTES, SECONDS = 1024, 120
# A cell, in characters: what is longer is no cell of a table.
CELL = 500_000
_DAMAGED, _NO_SHEET = 3, 4


class Damaged(Exception):
    """The file cannot be opened as a spreadsheet."""


class NoSheet(Exception):
    """The file has no sheet of that name."""


class TooLarge(Exception):
    """The spreadsheet needs more memory or time than one may have."""


class Sheets(NamedTuple):
    """The names of the sheets, and the first of them that holds anything."""

    names: list[str]
    filled: str


def look(path: Path) -> Sheets:
    """Name the sheets of a file; raises Damaged or TooLarge."""
    for found in _child(path):
        return Sheets(found["names"], found["filled"])
    raise Damaged


def rows(path: Path, sheet: str) -> Iterator[list[str]]:
    """Give the rows of a sheet as texts; raises Damaged, NoSheet or TooLarge."""
    yield from _child(path, sheet)


def _child(path: Path, *sheet: str) -> Iterator[Any]:
    command = [sys.executable, "-m", "treffpunkt.intake.sheets", str(path), *sheet]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as child:
        assert child.stdout is not None
        try:
            for line in child.stdout:
                yield json.loads(line)
            code = child.wait()
        finally:
            child.kill()
    if code == _NO_SHEET:
        raise NoSheet
    if code == _DAMAGED:
        raise Damaged
    if code:
        raise TooLarge


def main(path: str, *sheet: str) -> int:
    """Write the rows of a sheet, or what sheets there are, a line each; the exit code says what went wrong."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineError, CalamineWorkbook

    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20, MEGABYTES * 2**20))
    try:
        book = CalamineWorkbook.from_path(path)
        if not sheet:
            names = list(book.sheet_names)
            filled = next((name for name in names if book.get_sheet_by_name(name).height), "")
            sys.stdout.write(json.dumps({"names": names, "filled": filled}) + "\n")
            return 0
        if sheet[0] not in book.sheet_names:
            return _NO_SHEET
        for row in book.get_sheet_by_name(sheet[0]).iter_rows():
            cells = [_cell(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            sys.stdout.write(json.dumps(cells) + "\n")
    except (CalamineError, OSError, ValueError):
        return _DAMAGED
    return 0


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value.replace("\0", "")[:CELL]
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        sys.exit(main(*sys.argv[1:]))
