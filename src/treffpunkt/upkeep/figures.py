"""Numbers about an installation at work: its jobs, its messages. No names, no ids."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Case, CharField, Count, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Now
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from treffpunkt.core.clock import now
from treffpunkt.post.models import Message

LIVELY = timedelta(seconds=60)  # a worker says every ten seconds that it is there
RECENT = timedelta(days=7)


@dataclass(frozen=True)
class Jobs:
    """The background jobs: by state, since when the oldest one waits, what failed lately, who works."""

    states: dict[str, int]
    waiting_since: datetime | None
    stalled: int
    failed: dict[str, int] = field(default_factory=dict)
    workers: int = 0


def jobs() -> Jobs:
    """Count the background jobs; what failed more than a week ago is history."""
    lively = ProcrastinateWorker.objects.filter(last_heartbeat__gte=Now() - LIVELY)
    failed_at = ProcrastinateEvent.objects.filter(job=OuterRef("pk"), type="failed").order_by("-at").values("at")[:1]
    due = Q(status="todo") & (Q(scheduled_at=None) | Q(scheduled_at__lte=Now()))
    begun = Subquery(ProcrastinateEvent.objects.filter(job=OuterRef("pk")).order_by("id").values("at")[:1])
    kept = ProcrastinateJob.objects.exclude(status__in=["succeeded", "cancelled", "aborted"])
    rows = (
        kept.annotate(
            kind=Case(
                When(Q(status="doing") & ~Q(worker__in=lively), then=Value("stalled")),
                When(due, then=Value("due")),
                default=Cast("status", CharField()),
                output_field=CharField(),
            ),
            since=Coalesce(F("scheduled_at"), begun),
            failed_at=Subquery(failed_at),
        )
        .exclude(status="failed", failed_at__lt=now() - RECENT)
        .values("kind", "task_name")
        .annotate(number=Count("id"), since=Min("since"))
    )
    states: Counter[str] = Counter()
    failed: dict[str, int] = {}
    oldest: datetime | None = None
    for row in rows:
        states[row["kind"]] += row["number"]
        if row["kind"] == "failed":
            failed[row["task_name"]] = row["number"]
        if row["kind"] == "due" and row["since"] and (oldest is None or row["since"] < oldest):
            oldest = row["since"]
    return Jobs(dict(states), oldest, states["stalled"], failed, lively.count())


@dataclass(frozen=True)
class Messages:
    """The messages out: by channel and state, and since when the oldest mail is due."""

    states: dict[tuple[str, str], int]
    due_since: datetime | None

    def number(self, state: str) -> int:
        """Count the messages of a state in every channel."""
        return sum(number for (_, found), number in self.states.items() if found == state)


def messages() -> Messages:
    """Count the messages out."""
    rows = Message.objects.values("channel", "state").annotate(
        number=Count("id"), since=Min("due_at", filter=Q(state=Message.State.QUEUED, due_at__lte=now()))
    )
    found = list(rows.order_by())
    since = [row["since"] for row in found if row["since"] and row["channel"] == Message.Channel.MAIL]
    return Messages({(row["channel"], row["state"]): row["number"] for row in found}, min(since) if since else None)
