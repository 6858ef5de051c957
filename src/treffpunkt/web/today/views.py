"""Today: what is due, what waits for me, what went quiet, whom to talk to next."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpResponse

from treffpunkt.agreements.rules import may_watch
from treffpunkt.core import clock, prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.meetings.queries import answers_since, next_and_waiting
from treffpunkt.network.models import Space
from treffpunkt.network.queries import plan, unchecked_spaces
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import away_today
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.steps import counted
from treffpunkt.web.today.rows import waiting

ANSWERS = timedelta(days=14)
# Who is away changes once a day.
AWAY_SECONDS = 60


def today(request: StaffRequest) -> HttpResponse:
    """Show what today asks for, mine or the whole team's; under ten queries whatever there is."""
    by = request.user
    team = request.GET.get("who") == "team"
    meeting, running_or_held = next_and_waiting(by, hosted=not team)
    return page(
        request,
        "web/today/today.html",
        {
            "team": team,
            "counsels": may_watch(by),
            "now": now(),
            "rows": waiting(by, running_or_held, team=team),
            "picks": plan(by, most=3, with_spaces=False),
            "unchecked": prepared.rows(_unchecked, by, clock.today()),
            "meeting": meeting,
            "tally": counted({one["state"]: one["number"] for one in meeting.tally}) if meeting else None,  # type: ignore[attr-defined]
            "covering": by.covered_by if by.covered_by_id else None,
            "away": cache.get_or_set("today.away", _away, AWAY_SECONDS) if by.is_coordinator else [],
            "answers": answers_since(by, now() - ANSWERS, most=6),
        },
    )


def _unchecked(by: Agent, day: date) -> QuerySet[Space]:
    return unchecked_spaces(by, day).select_related(None)[:4]


def _away() -> list[Staff]:
    return list(away_today())
