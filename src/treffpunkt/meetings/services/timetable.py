"""A season's timetable: the days of its meetings by a rule, and all of them prepared in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Meeting, Series
from treffpunkt.meetings.services.meetings import create_meeting
from treffpunkt.meetings.times import moment
from treffpunkt.network.models import Community
from treffpunkt.network.rules import communities_of

MOST = 60


def season_days(
    first: date, last: date, *, weekday: int, every: int = 1, pause: tuple[date, date] | None = None
) -> list[date]:
    """List the days of a season: each so-and-so-many weeks on one weekday (0 is Monday), none within the pause."""
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    found: list[date] = []
    while day <= last and len(found) < MOST:
        if pause is None or not pause[0] <= day <= pause[1]:
            found.append(day)
        day += timedelta(weeks=max(1, every))
    return found


@transaction.atomic
def plan_season(
    *,
    by: Agent,
    series: Series,
    days: Iterable[date],
    at: time,
    minutes_long: int = 90,
    communities: Iterable[Community] = (),
    turns: Mapping[date, Community] | None = None,
    like: Meeting | None = None,
) -> list[Meeting]:
    """Prepare a meeting of the series on each day.

    Place and agenda are those of `like`; hosts, languages and greeting those of the last meeting of the same
    communities. Each is for all communities, or for the one that `turns` names for its day. Where the series has a meeting at that
    moment already nothing is prepared, so that doing it twice is doing it once. Gives those that are new.
    """
    series = Series.objects.select_for_update().get(pk=series.pk)
    require(rules.may_create(by) and rules.may_edit_series(by, series))
    wanted = sorted(set(days))
    turns = turns or {}
    chosen = {one.pk for one in [*communities, *turns.values()]}
    groups = list(communities_of(by).filter(pk__in=chosen).order_by("name", "pk"))
    if not wanted:
        raise DomainError(_("Choose at least one day."))
    if len(wanted) > MOST:
        raise DomainError(_("Choose at most %(number)s days at once.") % {"number": MOST})
    if not groups:
        raise DomainError(_("Say which community the meetings are for."))
    if wanted[0] < series.begins or wanted[-1] > series.ends:
        raise DomainError(_("The days lie within the season of the series."))
    like = rules.viewable(by).filter(pk=like.pk).first() if like else None
    zone = like.zone if like else "Europe/Berlin"
    known = set(series.meetings.exclude(state=Meeting.State.CANCELLED).values_list("starts", flat=True))
    fresh: list[Meeting] = []
    for day in wanted:
        if moment(day, at, zone) in known:
            continue
        of = [group for group in groups if group == turns.get(day)] or groups
        fresh.append(_prepare(by, series, day, at, minutes_long, zone, of, like, len(known) + len(fresh) + 1))
    if fresh:
        record(by, "series.planned", series)
    return fresh


def _prepare(
    by: Agent, series: Series, day: date, at: time, minutes_long: int, zone: str, groups: list[Community],
    like: Meeting | None, number: int,
) -> Meeting:  # fmt: skip
    told = {"series": series.name, "number": number, "community": groups[0].name}
    pattern = _("%(series)s: %(community)s") if len(groups) == 1 else _("%(series)s, meeting %(number)s")
    given: dict[str, Any] = {"form": Meeting.Form.ONLINE}
    last = _last_of(by, groups)
    place, people = like or last, last or like
    if place is not None and people is not None:
        given = {
            "form": place.form, "dial_in": place.dial_in, "venue": place.venue, "seats": place.seats,
            "companions_welcome": place.companions_welcome, "offer_hours": place.offer_hours,
            "agenda_from": place, "room": people.room, "room_kind": people.room_kind,
            "hosts": list(people.hosts.all()),
        }  # fmt: skip
    if last is not None:
        given |= {"languages": last.languages, "title": last.title, "greeting": last.greeting}
    return create_meeting(
        by=by, name=tidy(pattern % told)[:200], day=day, time=at, zone=zone, minutes_long=minutes_long, communities=groups,
        series=series, **{"title": series.title, **{key: value for key, value in given.items() if value}},
    )  # fmt: skip


def _last_of(by: Agent, groups: list[Community]) -> Meeting | None:
    """Find the last meeting of just these communities."""
    rows = rules.viewable(by).exclude(state=Meeting.State.CANCELLED).filter(communities=groups[0])
    for meeting in rows.order_by("-starts").prefetch_related("communities")[:20]:
        if {one.pk for one in meeting.communities.all()} == {one.pk for one in groups}:
            return meeting
    return None
