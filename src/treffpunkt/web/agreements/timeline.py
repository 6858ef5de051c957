"""The register as a line of time: since when what holds, until when, when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from treffpunkt.agreements.models import Agreement
from treffpunkt.core.clock import today
from treffpunkt.web.agreements.words import STATE_KINDS, line_of, state_labels, state_of
from treffpunkt.web.network import choices
from treffpunkt.web.rows import address_of, isolated

AHEAD = timedelta(days=200)


@dataclass(frozen=True)
class Year:
    """A year on the line: where it begins, in percent of its length."""

    label: str
    at: str


@dataclass(frozen=True)
class Bar:
    """One agreement on the line: from where to where, and the mark of its next review, in percent."""

    url: str
    name: Any
    line: Any
    state: str
    kind: str
    begins: date
    ends: date | None
    review: date | None
    x: str
    width: str
    mark: str


def bars(agreements: Iterable[Agreement]) -> tuple[list[Year], list[Bar]]:
    """Lay agreements on one line of time, from the year of the first to half a year ahead."""
    rows = list(agreements)
    if not rows:
        return [], []
    first = min(_begins(one) for one in rows)
    start, end = date(first.year, 1, 1), today() + AHEAD
    whole = (end - start).days

    def at(day: date) -> float:
        return 100 * min(max((day - start).days / whole, 0.0), 1.0)

    labels, url, languages = state_labels(), address_of("web:agreements:detail"), choices.language_names()
    drawn = []
    for one in rows:
        begins, ends = _begins(one), _ends(one)
        review = one.review_on if one.is_running else None
        x = at(begins)
        drawn.append(
            Bar(
                url=url % one.pk, name=isolated(one.name), line=line_of(one, languages), state=state_of(one, labels),
                kind=STATE_KINDS[Agreement.State(one.state)], begins=begins, ends=ends, review=review, x=_said(x),
                width=_said(max(at(ends or today()) - x, 0.6)),
                mark=_said(at(review)) if review and review <= end else "",
            )
        )  # fmt: skip
    step = max(1, (end.year - start.year) // 6)
    years = [Year(str(year), _said(at(date(year, 1, 1)))) for year in range(start.year, end.year + 1, step)]
    return years, drawn


def _said(percent: float) -> str:
    """Write a place on the line as SVG reads it, whatever the reader's decimal sign."""
    return f"{percent:.2f}"


def _begins(agreement: Agreement) -> date:
    return _day(agreement.in_force_since or agreement.created_at)


def _ends(agreement: Agreement) -> date | None:
    if agreement.state == Agreement.State.ENDED and agreement.state_since:
        return _day(agreement.state_since)
    return agreement.ends_on


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
