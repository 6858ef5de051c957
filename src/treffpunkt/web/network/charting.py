"""The charts of spaces, and what they say in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from treffpunkt.core.clock import today
from treffpunkt.network import over_time
from treffpunkt.network.models import Relocation, Snapshot
from treffpunkt.network.over_time import Count, Growth, Sum, Week
from treffpunkt.network.trends import RECENT, Trend, trend
from treffpunkt.ui.charts import Chart, Point, line_chart, week_chart
from treffpunkt.ui.templatetags.ui import num, percent

# How far back the charts of a record's own page go.
LOOKED_BACK = timedelta(days=2 * 365)
EARLIER = "chart-earlier"


@dataclass(frozen=True)
class Part:
    """The figures of a space, or of a place it moved from, up to the day of the move."""

    name: str
    rows: list[Snapshot]
    until: date | None = None

    @property
    def counts(self) -> list[Count]:
        """Give its counts of members, while it was the place."""
        return [one for one in over_time.counts(self.rows) if self.until is None or one.day <= self.until]

    @property
    def weeks(self) -> list[Week]:
        """Give its posts a week, while it was the place."""
        return [one for one in over_time.weeks(self.rows) if self.until is None or one.monday <= self.until]


@dataclass(frozen=True)
class Pictures:
    """The two charts of a space and their sentences; a chart is missing where too little is known."""

    members: Chart | None
    members_said: str
    posts: Chart | None
    posts_said: str
    trend: Trend

    @property
    def drawn(self) -> bool:
        """Say whether there is anything to show."""
        return self.members is not None or self.posts is not None


def pictures(parts: Sequence[Part], since: date | None = None) -> Pictures:
    """Draw what is known of a space, the places it came from first."""
    begin = since or date.min
    counted = [(part, [one for one in part.counts if one.day >= begin]) for part in parts]
    weekly = [(part, [one for one in part.weeks if one.monday >= begin]) for part in parts]
    last = parts[-1]
    now = trend(over_time.lately(last.weeks))
    # Of a group that moved: how it grew since, as soon as that can be told.
    grown = over_time.growth(last.counts) or over_time.growth([one for part in parts for one in part.counts])
    return Pictures(_members(counted), growth_said(grown), _posts(weekly), trend_said(now), now)


def parts_of(name: str, rows: Sequence[Snapshot], space: object, moves: Sequence[Relocation]) -> list[Part]:
    """Sort figures to the places they are of, the first place first."""
    earlier = [
        Part(move.old.short_name or move.old.name, [row for row in rows if row.space_id == move.old_id], move.day)
        for move in moves
    ]
    return [*earlier, Part(name, [row for row in rows if row.space_id == space])]


def growth_said(found: Growth | None) -> str:
    """Say how the members changed."""
    if found is None:
        return ""
    values = {"number": num(abs(found.difference)), "day": on_day(found.since)}
    if not found.difference:
        return _("As many as on %(day)s.") % values
    if found.share is None:
        return _("%(number)s more than on %(day)s.") % values
    values["share"] = percent(abs(found.share))
    if found.difference > 0:
        return _("%(number)s more than on %(day)s (%(share)s).") % values
    return _("%(number)s fewer than on %(day)s (%(share)s).") % values


def trend_said(found: Trend) -> str:
    """Say what the last four weeks are to those before."""
    if not found.weeks:
        return ""
    posts = ngettext("%(number)s post", "%(number)s posts", found.recent) % {"number": num(found.recent)}
    values = {"weeks": RECENT, "posts": posts, "mean": num(round(found.before * RECENT, 1)), "before": found.weeks}
    said = {
        "rising": _("Rising: %(posts)s in the last %(weeks)s weeks, %(mean)s on average in the %(before)s before."),
        "falling": _("Falling: %(posts)s in the last %(weeks)s weeks, %(mean)s on average in the %(before)s before."),
    }.get(
        found.direction,
        _("No clear change: %(posts)s in the last %(weeks)s weeks, %(mean)s on average in the %(before)s before."),
    )
    return said % values


def sums_of_members(found: Sequence[Sum]) -> Chart | None:
    """Draw the members of several spaces by the month, beside those of the spaces counted from the beginning."""
    shown = [one for one in found if one.day >= begun()]
    every = [Point(one.day, one.number, f"{_month_end(one)}: {num(one.number)}") for one in shown]
    same = [Point(one.day, one.same, f"{_month_end(one)}: {num(one.same)}") for one in shown]
    series = [("", every)] if every and every[-1].number == same[-1].number else [(EARLIER, same), ("", every)]
    rows = [(_month_end(one), num(one.number), num(one.spaces), num(one.same)) for one in reversed(shown)]
    heads = (
        pgettext("a day", "Until"), _("Subscriptions"), _("Groups counted"), _("Only groups counted from the beginning"),
    )  # fmt: skip
    return line_chart(series, heads=heads, rows=rows)


def sums_of_posts(found: Sequence[Sum]) -> Chart | None:
    """Draw the posts of several spaces, by the week."""
    points = [Point(one.day, one.number, f"{on_day(one.day)}: {num(one.number)}") for one in found]
    rows = [(on_day(one.day), num(one.number), num(one.spaces)) for one in reversed(found)]
    return week_chart(points, heads=(_("Week of"), _("Posts"), _("Groups counted")), rows=rows)


def _month_end(one: Sum) -> str:
    following = (one.day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return on_day(min(following, today()))


def begun() -> date:
    """Give the day on which the charts of a record's own page begin."""
    return today() - LOOKED_BACK


def _members(parts: Sequence[tuple[Part, list[Count]]]) -> Chart | None:
    sources = _sources()
    several = len(parts) > 1
    series = [
        (EARLIER if part.until else "", [Point(one.day, one.members, _dot(one.day, one.members)) for one in counts])
        for part, counts in parts
    ]
    rows = [
        (on_day(one.day), num(one.members), sources[one.source], *((part.name,) if several else ()))
        for part, counts in reversed(parts)
        for one in reversed(counts)
    ]
    heads = (_("Day"), _("Members"), _("Known from"), *((_("Group"),) if several else ()))
    marks = [(part.until, _("moved on %(day)s") % {"day": on_day(part.until)}) for part, _c in parts if part.until]
    known = [one.day for _part, counts in parts for one in counts]
    marks = [mark for mark in marks if known and min(known) <= mark[0] <= max(known)]
    return line_chart(series, marks=marks, heads=heads, rows=rows)


def _posts(parts: Sequence[tuple[Part, list[Week]]]) -> Chart | None:
    sources = _sources()
    several = len(parts) > 1
    older = {one.monday for part, weeks in parts if part.until for one in weeks}
    every = {one.monday: (part, one) for part, weeks in parts for one in weeks}
    points = [Point(first, one.posts, _dot(first, one.posts)) for first, (_part, one) in every.items()]
    rows = [
        (on_day(first), num(one.posts), sources[one.source], *((part.name,) if several else ()))
        for first, (part, one) in sorted(every.items(), reverse=True)
    ]
    heads = (_("Week of"), _("Posts"), _("Known from"), *((_("Group"),) if several else ()))
    return week_chart(points, kinds=lambda point: EARLIER if point.day in older else "", heads=heads, rows=rows)


def on_day(day: date) -> str:
    """Write a day as plain text: with the year where it is not this one."""
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == today().year else "DATE_FORMAT")


def _dot(day: date, number: int) -> str:
    return f"{on_day(day)}: {num(number)}"


def _sources() -> dict[str, str]:
    return {key: str(label) for key, label in Snapshot.Source.choices}
