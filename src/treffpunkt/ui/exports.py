"""Lists as files: row by row, safe to open in a spreadsheet, nothing in them that was not on the page."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_language

from treffpunkt.core import clock
from treffpunkt.core.subject import acting, acting_as
from treffpunkt.core.text import spreadsheet_safe

ROWS_AT_A_TIME = 200
_BOM = "\ufeff"  # without it spreadsheets read Arabic as Latin


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def cell(value: Any) -> str:
    """Write a value as a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, (int, float)) else spreadsheet_safe(str(value))


def csv_response(name: str, heads: Iterable[Any], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """Answer with a CSV file, written while it is read; German spreadsheets want semicolons.

    The rows are made after the request is over, some at a time, each time in its reader's language and zone, and read
    from the database for nobody else.
    """
    who = acting()
    language, zone = get_language() or settings.LANGUAGE_CODE, timezone.get_current_timezone()
    writer = csv.writer(_Echo(), delimiter=";" if language == "de" else ",")
    first = _BOM + writer.writerow([cell(head) for head in heads])
    rest = iter(rows)

    def parts() -> Iterator[str]:
        yield first
        with acting_as(who):
            while True:
                with translation.override(language), timezone.override(zone):
                    lines = [writer.writerow([cell(value) for value in row]) for row in islice(rest, ROWS_AT_A_TIME)]
                if not lines:
                    return
                yield "".join(lines)

    response = StreamingHttpResponse(parts(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{clock.today().isoformat()}.csv"'
    return response
