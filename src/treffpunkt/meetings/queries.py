"""Reading meetings, each page with the same number of queries whatever its length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.core.dates import spoken_day
from treffpunkt.core.subject import as_system
from treffpunkt.core.text import direction, language_direction, localized
from treffpunkt.journal.models import Origin
from treffpunkt.journal.queries import results_of, sources_of
from treffpunkt.meetings import rules, wording
from treffpunkt.meetings.models import (
    AgendaItem,
    CalendarReply,
    Correction,
    DatePoll,
    Invitation,
    Meeting,
    Minutes,
    Series,
    Statement,
    Writing,
)
from treffpunkt.network.models import Actor, Channel, Role
from treffpunkt.network.rules import viewable_actors
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import covered_ids
from treffpunkt.post.models import Message
from treffpunkt.tasks.models import Task

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
HERE_WITHIN = timedelta(seconds=45)
COMING = (Meeting.State.DRAFT, Meeting.State.INVITING, Meeting.State.RUNNING)


@dataclass(frozen=True)
class Changes:
    """What is new in a meeting's notes since a number; `seq` is where to go on reading."""

    seq: int
    statements: list[Statement] = field(default_factory=list)
    removed: list[UUID] = field(default_factory=list)


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
    """List a meeting's topics in their order."""
    return prepared.rows(_topics_of, meeting.pk)


def _topics_of(meeting_id: UUID) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting_id).order_by("position")


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
            removed |= dict(changed.filter(confidential=True).values_list("pk", "seq"))
    return Changes(
        seq=max([seq, *(row.seq for row in rows), *removed.values()]),
        statements=with_results([row for row in rows if row.pk not in removed]),
        removed=sorted(removed),
    )


def who_writes(meeting: Meeting) -> list[Staff]:
    """List who has the notes open just now, by name."""
    here = Writing.objects.filter(meeting=meeting, seen_at__gte=now() - HERE_WITHIN)
    return list(Staff.objects.filter(pk__in=here.values("staff")).order_by("name"))


def missing_gists(meeting: Meeting) -> QuerySet[Statement]:
    """List the statements that would go out without a German gist."""
    return (
        _to_be_sent(meeting)
        .filter(gist="")
        .exclude(language="de")
        .exclude(language__startswith="de-")
        .select_related("item")
        .order_by("item__position", "noted_at", "id")
    )


def minutes_of(meeting: Meeting) -> QuerySet[Minutes]:
    """List the minutes that went out, by language, newest revision first."""
    return meeting.minutes.order_by("language", "-revision")


def guest_invitation(by: LinkHolder) -> Invitation | None:
    """Find the invitation that a link is for, with its meeting and agenda; none once the guest was erased."""
    if by.purpose != "invitation":
        return None
    found: Invitation | None = prepared.first(_guest_invitation, by.subject_id)
    return found


def _guest_invitation(invitation: UUID) -> QuerySet[Invitation]:
    found = Invitation.objects.filter(Q(actor=None) | Q(actor__erased_at=None), pk=invitation)
    return found.select_related("meeting", "actor", "staff")


def invitation_of_holder(by: LinkHolder) -> Invitation | None:
    """Find the invitation of whoever holds a link to an invitation or to minutes."""
    if by.purpose == "invitation":
        return guest_invitation(by)
    minutes = guest_minutes(by)
    if minutes is None or by.agent_id is None:
        return None
    theirs = Q(actor=by.agent_id, actor__erased_at=None) | Q(staff=by.agent_id)
    return minutes.meeting.invitations.filter(theirs).select_related("meeting", "actor", "staff").first()


def guest_minutes(by: LinkHolder) -> Minutes | None:
    """Find the minutes that a link is for."""
    if by.purpose != "minutes":
        return None
    return Minutes.objects.filter(pk=by.subject_id).select_related("meeting").first()


def content(meeting: Meeting, language: str) -> dict[str, Any]:
    """Put together the minutes in one language: plain JSON, without names and without what is confidential.

    A statement stands in its own language with its German gist beside it; where that is missing it is marked. What
    is not in the reader's language says in which it is.
    """
    topics: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for statement in _to_be_sent(meeting).order_by("noted_at", "id"):
        topics[statement.item_id].append(_statement(statement, language))
    tasks = told_tasks(meeting)
    summary, summary_language = _summary(meeting, language)
    return {
        "language": language,
        "dir": language_direction(language),
        "title": wording.title(meeting, language),
        "network": settings.NETWORK_NAME,
        "when": wording.when(meeting, language),
        "where": wording.where(meeting, language),
        "languages": wording.languages_spoken(meeting, language),
        "came": meeting.invitations.filter(attendance=Invitation.Attendance.ATTENDED).count(),
        "summary": _text(summary, summary_language, language),
        "topics": [
            {"title": localized(item.titles, language)[0], "statements": topics[item.pk]}
            for item in meeting.agenda.order_by("position")
            if topics[item.pk]
        ],
        "tasks": [_task(task, language) for task in tasks if not task.promised_by_id],
        "promises": [_task(task, language) for task in tasks if task.promised_by_id],
    }


def languages_of_minutes(meeting: Meeting) -> list[str]:
    """List the languages the minutes go out in: those spoken, and those of everyone who gets them."""
    of_guests = recipients(meeting).order_by("language").values_list("language", flat=True).distinct()
    return list(dict.fromkeys([*meeting.languages, *of_guests]))


def recipients(meeting: Meeting) -> QuerySet[Invitation]:
    """List who gets the minutes: everyone who came, and who had said they would."""
    came = Q(attendance=Invitation.Attendance.ATTENDED) | Q(state=Answer.ACCEPTED)
    return meeting.invitations.filter(came).filter(Q(actor=None) | Q(actor__erased_at=None))


def public_series() -> QuerySet[Series]:
    """List the series of today that everybody may read of: those with a public title."""
    return (
        Series.objects.exclude(title={})
        .filter(ends__gte=now().date())
        .select_related("contact")
        .order_by("begins", "id")
    )


def feed(staff: Staff, by: LinkHolder) -> QuerySet[Meeting]:
    """List what a calendar shows to whom it is read for: their meetings, or those of the community it is of."""
    recent = now() - timedelta(days=90)
    shown = (Meeting.State.DRAFT, *COMING, Meeting.State.HELD, Meeting.State.REVIEWING, Meeting.State.CLOSED)
    found = rules.viewable(staff).filter(starts__gte=recent, state__in=shown)
    if by.subject_id != staff.pk:
        of_community = Meeting.communities.through.objects.filter(meeting=OuterRef("pk"), community=by.subject_id)
        found = found.filter(Exists(of_community))
    return found.order_by("starts", "id")[:500]


def public_meetings() -> QuerySet[Meeting]:
    """List the meetings to come of these series; everybody may read when they are, and nothing else."""
    return Meeting.objects.filter(
        series__in=public_series().order_by().values("pk"), state=Meeting.State.INVITING, starts__gte=now()
    ).order_by("starts", "id")


def public_timetable() -> QuerySet[Meeting]:
    """List what the public page shows: those meetings, and those planned of the series that show them.

    A meeting whose date is being looked for has none to show.
    """
    looked_for = DatePoll.objects.filter(meeting=OuterRef("pk"), state__in=DatePoll.GOING_ON)
    planned = Q(state=Meeting.State.DRAFT, series__shows_planned=True) & ~Exists(looked_for)
    shown = Meeting.objects.filter(series__in=public_series().order_by().values("pk"), starts__gte=now())
    return shown.filter(Q(state=Meeting.State.INVITING) | planned).order_by("starts", "id")


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


def _to_be_sent(meeting: Meeting) -> QuerySet[Statement]:
    return meeting.statements.filter(removed_at=None, confidential=False)


def _statement(statement: Statement, reader: str) -> dict[str, Any]:
    german = statement.language.lower().partition("-")[0] == "de"
    return _text(statement.text, statement.language, reader) | {
        "id": str(statement.pk),
        "gist": "" if german else statement.gist,
        "gist_missing": not german and not statement.gist,
        "women_specific": statement.women_specific,
    }


def _text(text: str, language: str, reader: str) -> dict[str, Any]:
    return {
        "text": text,
        "language": language,
        "dir": direction(text, language),
        "foreign": wording.foreign(language, reader),
    }


def _task(task: Task, language: str) -> dict[str, Any]:
    return _text(task.title, task.language, language) | {
        "id": str(task.pk),
        "due": spoken_day(task.due, language) if task.due else "",
    }


def told_tasks(meeting: Meeting) -> list[Task]:
    """List the tasks and promises of a meeting but for those that grew from a confidential statement."""
    rows = list(
        Task.objects.filter(about_kind=meeting.kind, about_id=meeting.pk)
        .exclude(state=Task.State.DROPPED)
        .exclude(pk__in=DatePoll.objects.filter(meeting=meeting, task__isnull=False).values("task"))
        .order_by("due", "id")
    )
    said = {origin.result_id: origin.source_id for origin in sources_of(row.pk for row in rows) if _is_said(origin)}
    # Asked for what may be told: a confidential one is not even found by whoever may not read it.
    told = set(
        Statement.objects.filter(pk__in=said.values(), confidential=False, removed_at=None).values_list("pk", flat=True)
    )
    return [row for row in rows if row.pk not in said or said[row.pk] in told]


def _is_said(origin: Origin) -> bool:
    return origin.source_kind == Statement._meta.label_lower


def _summary(meeting: Meeting, language: str) -> tuple[str, str]:
    """Take the summary written in the reader's language, else the German one."""
    text, tag = localized({**meeting.summaries, "de": meeting.summary}, language)
    if tag.partition("-")[0] == language.partition("-")[0]:
        return text, tag
    return meeting.summary, "de"
