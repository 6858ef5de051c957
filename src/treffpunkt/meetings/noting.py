"""Reading what is noted in a meeting, by those who may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.subject import as_system
from treffpunkt.journal.models import Origin
from treffpunkt.journal.queries import results_of
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import AgendaItem, Meeting, Statement, Writing
from treffpunkt.people.models import Staff

HERE_WITHIN = timedelta(seconds=45)


@dataclass(frozen=True)
class Changes:
    """What is new in a meeting's notes since a number; `seq` is where to go on reading."""

    seq: int
    statements: list[Statement] = field(default_factory=list)
    removed: list[UUID] = field(default_factory=list)


def statements(by: Agent, meeting: Meeting, *, item: AgendaItem | None = None) -> list[Statement]:
    """List the statements one may read in the order they were noted; `results` holds what became of each."""
    rows = rules.viewable_statements(by).filter(meeting=meeting).select_related("noted_by", "said_by", "group")
    return with_results(rows.filter(item=item) if item else rows)


def statements_since(by: Agent, meeting: Meeting, seq: int, *, in_confidence: bool | None = None) -> Changes:
    """Give what has changed in the notes after the number `seq`.

    What was removed, or has become confidential and is not for this reader, comes as a removal; whether one reads
    what is confidential is asked where it is not known already.
    """
    changed = Statement.objects.filter(meeting=meeting, seq__gt=seq)
    rows = list(changed.select_related("noted_by", "said_by", "group").order_by("seq"))
    removed = {row.pk: row.seq for row in rows if row.removed_at}
    if in_confidence is None:
        in_confidence = rules.reads_confidential(by, meeting)
    if not in_confidence:
        with as_system():  # of what has become confidential only that it goes
            hidden = changed.filter(confidential=True).exclude(noted_by=by.agent_id)
            removed |= dict(hidden.values_list("pk", "seq"))
    return Changes(
        seq=max([seq, *(row.seq for row in rows), *removed.values()]),
        statements=with_results([row for row in rows if row.pk not in removed]),
        removed=sorted(removed),
    )


def with_results(rows: Iterable[Statement]) -> list[Statement]:
    """Read statements, each with the origins of what became of it as `results`; one more query."""
    found = list(rows)
    results: dict[UUID, list[Origin]] = defaultdict(list)
    if found:
        for origin in results_of(row.pk for row in found):
            results[origin.source_id].append(origin)
    for row in found:
        row.results = results[row.pk]  # type: ignore[attr-defined]
    return found


def who_writes(meeting: Meeting) -> list[Staff]:
    """List who has the notes open just now, by name."""
    here = Writing.objects.filter(meeting=meeting, seen_at__gte=now() - HERE_WITHIN)
    return list(Staff.objects.filter(pk__in=here.values("staff")).order_by("name"))
