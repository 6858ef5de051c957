"""Two dates compared: how many members spaces had then and now, each by its last count until the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models import Sum as Added

from treffpunkt.network.models import Snapshot, Space

# Of two counts of one day ours comes first.
_OURS = Case(When(source=Snapshot.Source.ENTERED, then=Value(0)), default=Value(1), output_field=IntegerField())


@dataclass(frozen=True)
class Totals:
    """What spaces that were counted by both days had together: subscriptions, not people."""

    spaces: int
    then: int
    now: int

    @property
    def difference(self) -> int:
        """Say how many more there are."""
        return self.now - self.then


def compared(rows: QuerySet[Space], first: date, last: date) -> QuerySet[Any]:
    """Give the spaces counted by both days, with `then`, `now`, `difference`."""
    counted = rows.annotate(then=_by(first), now=_by(last)).filter(then__isnull=False)
    # Whoever was counted by the first day was so by the last one, too.
    return counted.annotate(difference=F("now") - F("then"))


def counted_on(ids: list[UUID], first: date, last: date) -> dict[UUID, tuple[date, date]]:
    """Give the days on which some spaces were counted."""
    rows = Space.objects.filter(pk__in=ids).annotate(then_on=_by(first, "day"), now_on=_by(last, "day"))
    return {pk: (then, now) for pk, then, now in rows.values_list("pk", "then_on", "now_on")}


def totals(rows: QuerySet[Any]) -> Totals:
    """Sum a comparison."""
    found = rows.order_by().aggregate(spaces=Count("pk"), before=Added("then"), after=Added("now"))
    return Totals(found["spaces"], found["before"] or 0, found["after"] or 0)


def _by(day: date, what: str = "members") -> Subquery:
    newest = Snapshot.objects.filter(space=OuterRef("pk"), members__isnull=False, day__lte=day)
    return Subquery(newest.order_by("-day", _OURS).values(what)[:1])
