"""What came of counting a file: posts by the week, and in which order its dates were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError

WEEK = timedelta(days=7)
# Ten years; of a longer export the last of them.
MOST_WEEKS = 520
# Before this there was none of these platforms, so a date before it is read wrongly.
EARLIEST = date(2003, 1, 1)

Numbers = tuple[int, int, int]


class Order(StrEnum):
    """In which order a date names day, month and year."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Counted:
    """Posts by day, read in the likeliest order; `orders` holds more than one where the file does not tell."""

    kind: str
    orders: Mapping[Order, Mapping[date, int]]
    writers: int = 0
    # What the export itself says of the chat: shown once, so that a wrong file is noticed, and not kept.
    title: str = ""
    # Whether the file begins with the very first post, so that its first week is whole.
    whole: bool = False

    @property
    def posts(self) -> int:
        """Say how many posts there are."""
        return sum(next(iter(self.orders.values())).values())

    @property
    def days(self) -> Mapping[date, int]:
        """Give the posts by day, in the likeliest order."""
        return next(iter(self.orders.values()))

    def weeks(self, until: date, order: Order | None = None) -> dict[date, int]:
        """Give the posts of whole weeks by their Monday, up to the week before `until`; weeks of silence count as 0.

        The week in which an export begins is left out unless it begins with the very first post.
        """
        chosen = self.orders.get(order, self.days) if order else self.days
        return whole_weeks(chosen, until, whole=self.whole)


def whole_weeks(days: Mapping[date, int], until: date, *, whole: bool) -> dict[date, int]:
    """Sum days to whole weeks; the one of `until` is not over yet."""
    end = _monday(until)
    if not days:
        return {}
    first = _monday(min(days)) if whole else _monday(min(days) + timedelta(days=6))
    first = max(first, end - MOST_WEEKS * WEEK)
    found = {first + place * WEEK: 0 for place in range((end - first) // WEEK)}
    for day, number in days.items():
        week = _monday(day)
        if week in found:
            found[week] += number
    return found


@dataclass
class Tally:
    """Counts dates whose order is not known yet: how often each stands there, and which follows which."""

    numbers: Counter[Numbers] = field(default_factory=Counter)
    # Each date where it differs from the one before it, as the file has them.
    sequence: list[Numbers] = field(default_factory=list)
    dotted: bool = False

    def add(self, numbers: Numbers) -> None:
        """Count a post of this date."""
        self.pass_by(numbers)
        self.numbers[numbers] += 1

    def pass_by(self, numbers: Numbers) -> None:
        """Take a date as evidence of the order, without counting it."""
        if not self.sequence or self.sequence[-1] != numbers:
            self.sequence.append(numbers)

    def orders(self, latest: date) -> dict[Order, dict[date, int]]:
        """Read the dates in every order in which each of them exists and none goes back in time more than need be.

        An export is written as time goes by, so the order with the fewest steps back is the right one; where two
        orders fit equally well and say different things, both are given.
        """
        fitting: list[tuple[int, Order]] = []
        for order in Order:
            days = [_day(numbers, order) for numbers in self.sequence]
            known = [day for day in days if day is not None and EARLIEST <= day <= latest + timedelta(days=1)]
            if len(known) == len(days) and known:
                back = sum(later < sooner for sooner, later in pairwise(known))
                fitting.append((back, order))
        # Where days are parted by dots they stand first, and a year of two figures never does, unless nothing else fits.
        unlikely = {Order.MONTH} if self.dotted else set()
        unlikely |= {Order.YEAR} if any(numbers[0] < 100 for numbers in self.sequence) else set()
        fitting = [one for one in fitting if one[1] not in unlikely] or fitting
        if not fitting:
            raise DomainError(_("The dates of this file cannot be read: they fit no calendar."))
        least = min(back for back, _order in fitting)
        found: dict[Order, dict[date, int]] = {}
        for back, order in fitting:
            days_of = self._read(order)
            if back == least and days_of not in found.values():
                found[order] = days_of
        return found

    def _read(self, order: Order) -> dict[date, int]:
        found: Counter[date] = Counter()
        for numbers, number in self.numbers.items():
            day = _day(numbers, order)
            if day is not None:
                found[day] += number
        return dict(sorted(found.items()))


_PLACES: Mapping[Order, Callable[[Numbers], Numbers]] = {
    Order.DAY: lambda n: (n[2], n[1], n[0]),
    Order.MONTH: lambda n: (n[2], n[0], n[1]),
    Order.YEAR: lambda n: (n[0], n[1], n[2]),
}


def _day(numbers: Numbers, order: Order) -> date | None:
    year, month, day = _PLACES[order](numbers)
    if year < 100:
        year += 2000
    if year < 1000:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def counted_days(days: Iterable[date]) -> dict[date, int]:
    """Count days whose order is certain."""
    return dict(sorted(Counter(days).items()))


def only(days: Mapping[date, int]) -> Mapping[Order, Mapping[date, int]]:
    """Say that dates were written in one order that is certain."""
    return {Order.YEAR: days}


def refuse_empty(days: Mapping[date, int] | Sequence[date]) -> None:
    """Refuse a file without any post."""
    if not days:
        raise DomainError(_("There is no post with a date in this file."))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
