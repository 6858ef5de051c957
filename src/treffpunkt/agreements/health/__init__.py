"""Whether our access really works: what is wrong, worst first, derived from what is stored anyway."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from treffpunkt.agreements.health.asking import Dates, parts, united
from treffpunkt.agreements.health.findings import RANK, Finding
from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now, today

# So long before an agreement's last day the radar speaks of it, as the daily reminder does.
BEFORE_THE_END = timedelta(days=28)


def radar(by: Agent, limits: Mapping[str, int], *, most: int, open_only: bool = False) -> list[Finding]:
    """List what is wrong with the access to groups that `by` sees, worst first, up to `most` of each kind: one query.

    `limits` are the days from `limits.days()`. With `open_only` what somebody is at already is left out.
    """
    return sorted_findings(prepared.rows(_asked, by, *moments(limits), most, open_only))


def moments(limits: Mapping[str, int]) -> tuple[date | datetime, ...]:
    """Give the values of `Dates` as of now: to be handed to a prepared query one by one."""
    day, moment = today(), now()
    return (
        day, day + timedelta(days=limits["leaving"]), day + timedelta(days=limits["review"]), day + BEFORE_THE_END,
        day - timedelta(days=limits["unchecked"]), moment - timedelta(days=limits["unproven"]),
        moment - timedelta(days=limits["untried"]),
    )  # fmt: skip


def sorted_findings(rows: Iterable[Any]) -> list[Finding]:
    """Make findings of rows, each once, worst first."""
    found = {(one.kind, one.thing): one for one in (Finding(*row) for row in rows)}
    return sorted(found.values(), key=lambda one: (RANK.get(one.kind, len(RANK)), -(one.size or 0), str(one.thing)))


def _asked(
    by: Agent, day: date, leaving: date, review: date, ending: date, overdue: date, unproven: datetime,
    untried: datetime, most: int, open_only: bool,
) -> QuerySet[Any]:  # fmt: skip
    when = Dates(day, leaving, review, ending, overdue, unproven, untried)
    return united(parts(by, when, most, open_only=open_only))
