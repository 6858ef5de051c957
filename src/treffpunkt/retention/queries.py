"""Reading the periods in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from treffpunkt.core.clock import now
from treffpunkt.retention.models import Kept
from treffpunkt.retention.periods import BY_KEY, PERIODS, Period, months_after


@dataclass(frozen=True)
class Periods:
    """The numbers in force at a moment: read once, asked often."""

    numbers: dict[str, int]

    def before(self, key: str, moment: datetime | None = None) -> datetime:
        """Give the moment before which something has outlived its period."""
        return BY_KEY[key].before(moment or now(), self.numbers[key])

    def after(self, key: str, start: datetime) -> datetime:
        """Give the moment at which something goes that counts from `start`."""
        number = self.numbers[key]
        return months_after(start, number) if BY_KEY[key].months else start + timedelta(days=number)


@dataclass(frozen=True)
class Line:
    """A period as its page shows it."""

    period: Period
    number: int
    ran_at: datetime | None
    gone: int
    gone_ever: int


def chosen() -> QuerySet[Any, Any]:
    """List the numbers somebody chose, by key."""
    return Kept.objects.exclude(number=None).values("key", "number")


def periods(rows: Iterable[Mapping[str, Any]] | None = None) -> Periods:
    """Give the periods in force; one query, or none where its rows (`chosen`) are at hand."""
    numbers = {row["key"]: row["number"] for row in (chosen() if rows is None else rows)}
    return Periods({one.key: numbers.get(one.key) or one.proposed for one in PERIODS})


def before(key: str, moment: datetime) -> RawSQL:
    """Give the moment before which something has outlived its period, for use inside a query that asks nothing first."""
    period = BY_KEY[key]
    unit = "months" if period.months else "days"
    return RawSQL(
        f"(%s::timestamptz - make_interval({unit} => "
        "coalesce((SELECT number FROM retention_kept WHERE key = %s), %s)))",
        [moment, key, period.proposed],
        output_field=DateTimeField(),
    )


def number_in_force(key: str) -> Coalesce:
    """Give how many days or months a period has, for use inside a query."""
    kept = Kept.objects.filter(key=key).values("number")[:1]
    return Coalesce(Subquery(kept), Value(BY_KEY[key].proposed))


def lines() -> list[Line]:
    """List every period with its number and what its last run took; one query."""
    kept = {one.key: one for one in Kept.objects.all()}
    empty = Kept()
    return [
        Line(
            period=one,
            number=kept.get(one.key, empty).number or one.proposed,
            ran_at=kept.get(one.key, empty).ran_at,
            gone=kept.get(one.key, empty).gone,
            gone_ever=kept.get(one.key, empty).gone_ever,
        )
        for one in PERIODS
    ]
