"""Whether our access really works: what is wrong, worst first, derived from what is stored anyway."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from treffpunkt.agreements.health.asking import branches
from treffpunkt.agreements.health.findings import RANK, Finding
from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now, today

# So long before an agreement's last day the radar speaks of it, as the daily reminder does.
BEFORE_THE_END = timedelta(days=28)


def findings(by: Agent, limits: Mapping[str, int], *, most: int, open_only: bool = False) -> list[Finding]:
    """List what is wrong with the access to groups that `by` sees, worst first, up to `most` of each kind: one query.

    `limits` are the days from `limits.days()`. With `open_only` what somebody is at already is left out.
    """
    day, moment = today(), now()
    rows = prepared.rows(
        branches,
        by,
        day,
        day + timedelta(days=limits["leaving"]),
        day + timedelta(days=limits["review"]),
        day + BEFORE_THE_END,
        day - timedelta(days=limits["unchecked"]),
        moment - timedelta(days=limits["unproven"]),
        moment - timedelta(days=limits["untried"]),
        most,
        open_only,
    )
    found = {(one.kind, one.thing): one for one in (Finding(*row) for row in rows)}
    leaving = {one.space_id for one in found.values() if one.kind == "leaving"}
    kept = [one for one in found.values() if not (one.kind == "single" and one.space_id in leaving)]
    return sorted(kept, key=lambda one: (RANK[one.kind], -(one.size or 0), str(one.thing)))
