"""Reading imports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Q, QuerySet

from treffpunkt.core import files
from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import spreadsheet_safe
from treffpunkt.intake import reading as reader
from treffpunkt.intake.models import Import, Result, Row
from treffpunkt.intake.targets import Target
from treffpunkt.intake.wording import sentence

_BELOW_NOTHING = re.compile(r"-\d+(?:[.,]\d+)*\Z")


def imports(viewable: QuerySet[Import]) -> QuerySet[Import]:
    """List imports, the newest first."""
    return viewable.select_related("by").order_by("-id")


def rows(found: Import, verdict: str, *, after: int = 0, most: int = 50) -> list[Row]:
    """List rows of a verdict in the order of the file, beginning after a row number."""
    return list(Row.objects.filter(file=found, verdict=verdict, number__gt=after).order_by("number")[:most])


def applied_rows(found: Import) -> Q:
    """Select the rows of an import that will be written: new, changed, and doubtful ones a person decided."""
    chosen = Q(verdict__in=[Row.Verdict.NEW, Row.Verdict.CHANGED])
    chosen |= Q(verdict=Row.Verdict.DOUBTFUL, decision__in=[Row.Decision.SAME, Row.Decision.NEW])
    return Q(file=found) & chosen


def undecided(found: Import) -> int:
    """Count the doubtful rows nobody has decided about."""
    return Row.objects.filter(file=found, verdict=Row.Verdict.DOUBTFUL, decision="").count()


def decided(found: Import) -> Mapping[str, int]:
    """Count the doubtful rows by what was decided about them."""

    counts = Row.objects.filter(file=found, verdict=Row.Verdict.DOUBTFUL).values_list("decision").annotate(Count("id"))
    return dict(counts.order_by())


def stayed(found: Import, *, most: int = 50) -> list[Result]:
    """List what undo left alone."""
    return list(Result.objects.filter(file=found).exclude(stays="").order_by("id")[:most])


def last_row(found: Import) -> int:
    """Give the number of the last row of a file."""
    return Row.objects.filter(file=found).order_by("-number").values_list("number", flat=True).first() or 0


def error_lines(found: Import, target: Target, headings: tuple[str, str]) -> Iterator[list[str]]:
    """Give the rows that were not brought in, as they stand in the file, with their reasons, safe for spreadsheets."""
    wanted = Q(verdict=Row.Verdict.WRONG) | Q(verdict=Row.Verdict.DOUBTFUL, decision__in=["", Row.Decision.SKIP])
    chosen = Row.objects.filter(wanted, file=found).order_by("number")
    yield [*headings, *(_safe(name) for name in found.columns)]
    cells = _cells(found, chosen)
    for row in chosen.iterator(chunk_size=2000):
        yield [
            str(row.number),
            _safe(sentence(row.reasons, target)),
            *(_safe(cell) for cell in next(cells, _of(found, row))),
        ]


def _cells(found: Import, chosen: QuerySet[Row]) -> Iterator[list[str]]:
    """Read the rows' own cells from the file once more; from what was kept of them where the file is gone."""
    numbers = set(chosen.values_list("number", flat=True))
    try:
        path = files.path_of(found.file)
        for number, cells in reader.body(path, reader.Reading.of(found.reading)):
            if number in numbers:
                yield cells
    except (FileNotFoundError, DomainError):
        return


def _safe(cell: str) -> str:
    """Guard a cell against being taken for a formula; a number below nothing is none, and stays."""
    return cell if _BELOW_NOTHING.match(cell) else spreadsheet_safe(cell)


def _of(found: Import, row: Row) -> list[str]:
    by_column = {column: row.values.get(field, "") for field, column in found.mapping.items()}
    return [by_column.get(column, "") for column in found.columns]


def names_of(kind: str, ids: list[UUID]) -> dict[UUID, str]:
    """Give the names of records of a kind, for the people who decide about doubtful rows."""

    model: Any = apps.get_model(kind)
    return {one.pk: str(one) for one in model.objects.filter(pk__in=ids)}
