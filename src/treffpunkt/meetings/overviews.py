"""What many meetings together tell: who comes, who stays away, what was promised and kept, what was said of a topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject, TruncDate

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now, today
from treffpunkt.journal.models import Origin
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Invitation, Meeting, Series, Statement
from treffpunkt.network.models import Actor, Contact
from treffpunkt.network.rules import viewable_actors
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.rules import viewable as viewable_tasks

HELD = (Meeting.State.HELD, Meeting.State.REVIEWING, Meeting.State.CLOSED)
CAME, OURS, THEIRS = Invitation.Attendance.ATTENDED, "ours", "theirs"
# Whoever missed so many in a row may like a call; who was invited longer ago than that is not missed any more.
MISSED, RECENT = 2, timedelta(days=400)
_KEPT = (Task.State.DONE, Task.State.CHECKED)


def held(by: Agent) -> QuerySet[Meeting]:
    """List the meetings one sees that have been held, the latest first."""
    return rules.viewable(by).filter(state__in=HELD).order_by("-starts", "-id")


def guests_of(by: Agent, meeting_ids: Collection[UUID]) -> QuerySet[Actor]:
    """List who was invited to these meetings, with how often they were asked and came; `seen` where their page is."""
    theirs = _asked(meeting_ids).filter(actor=OuterRef("pk"))
    return Actor.objects.filter(Exists(theirs), erased_at=None).annotate(
        asked=_number(theirs), came=_number(theirs.filter(attendance=CAME)),
        seen=Exists(viewable_actors(by).filter(pk=OuterRef("pk"))),
    )  # fmt: skip


def attendance(actor_ids: Iterable[UUID], meeting_ids: Iterable[UUID]) -> dict[tuple[UUID, UUID], Invitation]:
    """Give what is noted of these guests at these meetings, by guest and meeting."""
    rows = _asked(meeting_ids).filter(actor__in=list(actor_ids)).only("actor_id", "meeting_id", "attendance", "state")
    return {(row.actor_id, row.meeting_id): row for row in rows if row.actor_id}


def missing(by: Agent) -> QuerySet[Actor]:
    """List whom one may call: they did not come to the last two meetings they were asked to, and nobody has talked to
    them since. `missed` names these meetings, `excused` says that they sent word, `task` when a call is planned.

    Nobody is missed where attendance was not noted at all. Whoever does not want to work with us is left alone.
    """
    noted = Invitation.objects.filter(meeting=OuterRef("meeting"), attendance=CAME)
    recent = rules.viewable(by).filter(state__in=HELD, starts__gte=now() - RECENT)
    last = (
        Invitation.objects.filter(Exists(noted), actor=OuterRef("pk"), meeting__in=recent.values("pk"))
        .exclude(state=Invitation.State.PLANNED)
        .order_by("-meeting__starts", "-pk")
    )
    talked = Contact.objects.filter(actor=OuterRef("pk"), at__gt=OuterRef("missed_at")).exclude(
        outcome=Contact.Outcome.NO_ANSWER
    )
    planned = Task.objects.filter(about_id=OuterRef("pk"), state=Task.State.OPEN).order_by("due", "pk")
    told = JSONObject(id=F("meeting"), name=F("meeting__name"), starts=F("meeting__starts"), was=F("attendance"))
    return (
        viewable_actors(by)
        .filter(Exists(last), erased_at=None, not_a_person=False)
        .exclude(standing=Actor.Standing.DECLINED)
        .annotate(
            last=ArraySubquery(last.values("attendance")[:MISSED]),
            missed_at=Subquery(last.values("meeting__starts")[:1], output_field=DateTimeField()),
        )
        .filter(last__len=MISSED)  # type: ignore[misc]
        .exclude(last__contains=[CAME])
        .filter(~Exists(talked))
        .annotate(
            missed=ArraySubquery(last.values(told=told)[:MISSED]),
            task=Subquery(planned.values("pk")[:1]), task_due=Subquery(planned.values("due")[:1]),
        )
        .select_related("owner")
    )  # fmt: skip


def promises(by: Agent) -> QuerySet[Any]:
    """List what was promised at meetings one sees: by guests, and by us in what a statement became.

    `side` says whose it is, `series_id`, `meeting_name` and `meeting_at` where it was said, `was_late` whether it was
    kept after its day.
    """
    at = rules.viewable(by).filter(pk=OuterRef("about_id"))
    said = Origin.objects.filter(result_id=OuterRef("pk"), source_kind=Statement._meta.label_lower)
    late = Q(state__in=_KEPT, due__isnull=False, done_on__gt=F("due"))
    return (
        viewable_tasks(by)
        .filter(Exists(at), about_kind=Meeting._meta.label_lower)
        .filter(Q(promised_by_id__isnull=False) | Exists(said))
        .annotate(
            side=Case(
                When(promised_by_id__isnull=False, then=Value(THEIRS)), default=Value(OURS), output_field=CharField()
            ),
            series_id=Subquery(at.values("series")[:1], output_field=UUIDField()),
            meeting_name=Subquery(at.values("name")[:1]),
            meeting_at=Subquery(at.values("starts")[:1], output_field=DateTimeField()),
            done_on=TruncDate("done_at"),
        )
        .annotate(was_late=Case(When(late, then=Value(1)), default=Value(0), output_field=IntegerField()))
        .select_related("owner")
    )


@dataclass(frozen=True)
class Kept:
    """How the promises of one side in one series stand."""

    series: UUID | None
    side: str
    open: int
    late: int
    kept: int
    kept_late: int
    dropped: int

    @property
    def all(self) -> int:
        """Count those that still stand or were kept."""
        return self.open + self.kept


def kept_by_series(by: Agent, on: date | None = None) -> list[Kept]:
    """Count the promises of each series and side; one query."""
    past = Q(state=Task.State.OPEN, due__lt=on or today())
    rows = (
        promises(by)
        .order_by()
        .values("series_id", "side")
        .annotate(
            open=Count("pk", filter=Q(state=Task.State.OPEN)), late=Count("pk", filter=past),
            kept=Count("pk", filter=Q(state__in=_KEPT)),
            kept_late=Count("pk", filter=Q(was_late=1)), dropped=Count("pk", filter=Q(state=Task.State.DROPPED)),
        )
    )  # fmt: skip
    return [Kept(series=row.pop("series_id"), **row) for row in rows]


def said_in(by: Agent, series: Series) -> QuerySet[Statement]:
    """List what one may read of what was said at the meetings of a series, newest first."""
    return said(by).filter(meeting__series=series)


def said(by: Agent) -> QuerySet[Statement]:
    """List all that was said and one may read, newest first, with its topic and its meeting."""
    rows = rules.viewable_statements(by).select_related("item__topic", "meeting")
    return rows.order_by("-noted_at", "-pk")


def topics_in(by: Agent, series: Series) -> dict[UUID | None, int]:
    """Count the statements of a series by topic; those of topics of one's own under None."""
    rows = rules.viewable_statements(by).filter(meeting__series=series).order_by()
    return dict(rows.values_list("item__topic").annotate(Count("pk")))


def _asked(meeting_ids: Iterable[UUID]) -> QuerySet[Invitation]:
    asked = Invitation.objects.filter(meeting__in=list(meeting_ids))
    return asked.exclude(state=Invitation.State.PLANNED)


def _number(rows: QuerySet[Invitation]) -> Coalesce:
    counted = rows.order_by().values("actor").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
