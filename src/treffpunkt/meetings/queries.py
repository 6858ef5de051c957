"""Reading meetings, each page with the same number of queries whatever its length."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import AgendaItem, CalendarReply, Correction, Invitation, Meeting, Series
from treffpunkt.network.models import Actor, Channel, Role
from treffpunkt.network.rules import viewable_actors
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import covered_ids
from treffpunkt.post.models import Message

Answer = Invitation.State
_IN_SHORT = ("name", "state", "starts", "form", "languages", "corrections_until")
_ON_THE_LIST = (
    "meeting_id", "actor_id", "staff_id", "state", "language", "attendance", "answered_at", "answered_via", "reminded_at",
    "remark", "companions", "sent_at", "opened_on", "waiting_since", "offered_until", "offer_lapsed_at",
)  # fmt: skip
_ANSWERED = (
    "state", "answered_at", "answered_via", "meeting__name", "actor__name",
    "actor__reading", "actor__handle", "staff__name",
)  # fmt: skip
COMING = (Meeting.State.DRAFT, Meeting.State.INVITING, Meeting.State.RUNNING)


def meetings(by: Agent) -> QuerySet[Meeting]:
    """List the meetings one sees, newest first, with the counts of their answers."""
    return _with_counts(rules.viewable(by)).order_by("-starts", "id")


def upcoming(by: Agent) -> QuerySet[Meeting]:
    """List what is running or still to come, next first; what is postponed has no day and is left out."""
    ahead = Q(state=Meeting.State.RUNNING) | Q(state__in=COMING, starts__gte=now() - timedelta(hours=12))
    return _with_counts(rules.viewable(by).filter(ahead)).order_by("starts", "id")


def open_to_guests(by: Agent) -> QuerySet[Meeting]:
    """List the meetings to come to which one invites, next first, with who stands on each list untold as `listed`."""
    states = (Meeting.State.DRAFT, Meeting.State.INVITING)
    untold = Invitation.objects.filter(meeting=OuterRef("pk"), state=Invitation.State.PLANNED, actor__isnull=False)
    rows = rules.editable(by).filter(state__in=states, starts__gte=now())
    return rows.annotate(listed=ArraySubquery(untold.order_by().values("actor"))).order_by("starts", "id")


def next_and_waiting(by: Agent, *, hosted: bool) -> tuple[Meeting | None, list[Meeting]]:
    """Give the next meeting with the `tally` of its answers, and what runs or waits for its minutes; one query.

    With `hosted` only one's own meetings wait, and those of whom one stands in for; the next meeting is anybody's whom one may see.
    """
    ahead, recent = now() - timedelta(hours=12), now() - timedelta(days=90)
    rows = prepared.rows(_next_and_waiting, by, hosted, ahead, recent)
    coming = next((one for one in rows if one.state in COMING and one.starts >= ahead), None)
    return coming, [
        one for one in rows if one.state not in (Meeting.State.DRAFT, Meeting.State.INVITING) and _asks(one)
    ]


def _asks(meeting: Meeting) -> bool:
    """Say whether a meeting asks for something: minutes out for correction do only where one is proposed."""
    out = meeting.state == Meeting.State.REVIEWING and meeting.corrections_until
    return not out or bool(meeting.proposed)  # type: ignore[attr-defined]


def _next_and_waiting(by: Agent, hosted: bool, ahead: datetime, recent: datetime) -> QuerySet[Meeting]:
    running_or_held = (Meeting.State.RUNNING, Meeting.State.HELD, Meeting.State.REVIEWING)
    waiting = Q(state__in=running_or_held, starts__gte=recent)
    if hosted:
        mine = Q(staff=by.agent_id) | Q(staff__in=covered_ids(by))
        waiting &= Q(Exists(Meeting.hosts.through.objects.filter(mine, meeting=OuterRef("pk"))))
    found = rules.viewable(by).filter(waiting | Q(state__in=COMING, starts__gte=ahead))
    proposed = Correction.objects.filter(meeting=OuterRef("pk"), state=Correction.State.WAITING)
    return found.annotate(tally=_tally(), proposed=Exists(proposed)).only(*_IN_SHORT).order_by("starts", "id")[:20]


def _tally() -> ArraySubquery:
    """Count a meeting's invitations by state within its own query: cheaper than a join where one page shows one."""
    counted = Invitation.objects.filter(meeting=OuterRef("pk")).order_by().values("state").annotate(number=Count("pk"))
    return ArraySubquery(counted.values(pair=JSONObject(state=F("state"), number=F("number"))))


def unfinished_of(staff: Staff) -> QuerySet[Meeting]:
    """List the meetings somebody hosts that are not over and done with: to be handed over when they leave."""
    over = (Meeting.State.CLOSED, Meeting.State.CANCELLED)
    return Meeting.objects.filter(hosts=staff).exclude(state__in=over)


def past(by: Agent) -> QuerySet[Meeting]:
    """List what was held, closed, cancelled or postponed, newest first."""
    behind = ~Q(state__in=COMING) | Q(
        state__in=(Meeting.State.DRAFT, Meeting.State.INVITING), starts__lt=now() - timedelta(hours=12)
    )
    return _with_counts(rules.viewable(by).filter(behind)).order_by("-starts", "id")


def series_list(by: Agent) -> QuerySet[Series]:
    """List the series one sees, newest first, with the number of their meetings."""
    return (
        rules.viewable_series(by)
        .annotate(meeting_count=Count("meetings"))
        .select_related("contact")
        .prefetch_related("communities")
        .order_by("-begins", "id")
    )


def meetings_of_series(by: Agent, series: Series) -> QuerySet[Meeting]:
    """List the meetings of a series in their order."""
    return _with_counts(rules.viewable(by).filter(series=series)).order_by("starts", "id")


def agenda(meeting: Meeting) -> list[AgendaItem]:
    """List a meeting's topics in their order, each with the number of statements under it."""
    standing = Count("statements", filter=Q(statements__removed_at=None))
    return list(meeting.agenda.select_related("topic").annotate(statement_count=standing).order_by("position"))


def topics_of(meeting: Meeting) -> list[AgendaItem]:
    """List a meeting's topics in their order, without their guiding questions in six languages."""
    return prepared.rows(_topics_of, meeting.pk)


def _topics_of(meeting_id: UUID) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting_id).defer("questions").order_by("position")


def guest_list(meeting: Meeting) -> list[Invitation]:
    """List a meeting's invitations with what the invited are `called` and nothing else of them, as they were planned."""
    return prepared.rows(_guest_list, meeting.pk)


def _guest_list(meeting_id: UUID) -> QuerySet[Invitation]:
    marked = Invitation.objects.filter(meeting=meeting_id).annotate(
        called=Coalesce(_said("actor__name"), _said("actor__handle"), _said("staff__name"), Value("")),
        fails_since=_mail_fails_since(),
        bounced=Exists(Message.objects.filter(about_id=OuterRef("pk"), state=Message.State.FAILED)),
        waits=Exists(_open_replies().filter(invitation=OuterRef("pk"))),
    )
    return marked.only(*_ON_THE_LIST).order_by("id")


def open_replies(invitations: list[Invitation]) -> list[CalendarReply]:
    """List the calendars' answers that wait for a person, of the guests in whose row something waits; often no query."""
    asked = [row.pk for row in invitations if getattr(row, "waits", False)]
    if not asked:
        return []
    found = _open_replies().filter(invitation__in=asked).select_related("invitation__actor", "invitation__staff")
    return list(found.order_by("stamped_at", "id"))


def _open_replies() -> QuerySet[CalendarReply]:
    for_people = (CalendarReply.Outcome.STRANGER, CalendarReply.Outcome.PROPOSAL)
    return CalendarReply.objects.filter(outcome__in=for_people, settled_at=None)


def _said(name: str) -> NullIf:
    return NullIf(F(name), Value(""))


def _mail_fails_since() -> Subquery:
    failing = Channel.objects.filter(actor=OuterRef("actor"), channel_kind=Channel.Kind.MAIL, fails_since__isnull=False)
    return Subquery(failing.values("fails_since")[:1])


def invitations(meeting: Meeting, state: str | None = None) -> QuerySet[Invitation]:
    """List a meeting's invitations with who is invited, in the order in which they were planned."""
    rows = meeting.invitations.select_related("actor", "actor__owner", "staff", "organisation").order_by("id")
    return rows.filter(state=state) if state else rows


def answer_counts(meeting: Meeting) -> dict[str, int]:
    """Count a meeting's invitations by state; every state has its number."""
    found = dict(meeting.invitations.order_by().values_list("state").annotate(Count("id")))
    return {state: found.get(state, 0) for state in Invitation.State.values}


def answers_since(by: Agent, since: datetime, most: int) -> list[Invitation]:
    """List the answers that guests gave themselves since a moment, newest first."""
    return prepared.rows(_answers_since, by, since, most)


def _answers_since(by: Agent, since: datetime, most: int) -> QuerySet[Invitation]:
    by_themselves = (Invitation.Via.LINK, Invitation.Via.CALENDAR)
    return (
        rules.viewable_invitations(by)
        .filter(answered_at__gte=since, answered_via__in=by_themselves)
        .select_related("meeting", "actor", "staff")
        .only(*_ANSWERED)
        .order_by("-answered_at", "-id")[:most]
    )


def candidates(by: Agent, meeting: Meeting, *, language: str = "", anybody: bool = False) -> QuerySet[Actor]:
    """List whom one could invite: people with a role in the meeting's communities, most members reached first.

    A group that is in no community yet counts with those of its language; `anybody` looks beyond the communities.
    Left out are the invited, the erased, machines, and those who do not want to work with us.
    """
    groups = dict(meeting.communities.values_list("pk", "language"))
    roles = Role.objects.filter(actor=OuterRef("pk"), until=None)
    invited = Invitation.objects.filter(meeting=meeting, actor=OuterRef("pk"))
    rows = (
        viewable_actors(by)
        .filter(erased_at=None, not_a_person=False)
        .exclude(standing=Actor.Standing.DECLINED)
        .filter(~Exists(invited))
        .select_related("owner")
        .order_by("-potential_reach", "id")
    )
    if not anybody:
        rows = rows.filter(
            Exists(roles.filter(space__communities__in=list(groups)))
            | Exists(roles.filter(space__communities=None, space__language__in=set(groups.values())))
            | Exists(roles.filter(organisation__communities__in=list(groups)))
        )
    return rows.filter(languages__contains=[language]) if language else rows


def _with_counts(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return _counted(rows).select_related("series", "current_item").prefetch_related("communities", "hosts")


def _counted(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return rows.annotate(
        planned=_count(state=Answer.PLANNED),
        unanswered=_count(state=Answer.SENT),
        accepted=_count(state=Answer.ACCEPTED),
        tentative=_count(state=Answer.TENTATIVE),
        declined=_count(state=Answer.DECLINED),
        waiting=_count(state=Answer.WAITING),
        attended=_count(attendance=Invitation.Attendance.ATTENDED),
    )


def _count(**which: str) -> Count:
    """Count invitations; all counts of a query share one join, so no other may multiply its rows."""
    return Count("invitations", filter=Q(**{f"invitations__{name}": value for name, value in which.items()}))
