"""Inviting: whom, by which channel, with which words; answers noted by us, reminders, who came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError
from treffpunkt.meetings import queries, rules
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.services import news
from treffpunkt.meetings.services.invitations import (
    Sent,
    drop_invitation,
    note_attendance,
    plan_invitations,
    send_invitations,
)
from treffpunkt.meetings.services.invitations import (
    answer as note_answer,
)
from treffpunkt.meetings.services.invitations import (
    remind as send_reminders,
)
from treffpunkt.network.models import Pick
from treffpunkt.network.services.reaching import receiver_of, with_ways
from treffpunkt.people.queries import active_staff
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import Text, render
from treffpunkt.post.services import Draft
from treffpunkt.ui.lists import Sort, listing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.forms.inviting import CandidateFilters
from treffpunkt.web.meetings.views.common import may_edit_or_403, seen

SORTS = (
    Sort("plan", gettext_lazy("Plan"), ("plan_position", "-potential_reach")),
    Sort("reach", gettext_lazy("Reach"), ("-potential_reach",)),
    Sort("name", gettext_lazy("Name"), ("sorting",)),
)
ANSWERS = (Invitation.State.ACCEPTED, Invitation.State.TENTATIVE, Invitation.State.DECLINED)
REASONS = {
    "erased": gettext_lazy("erased"),
    "machine": gettext_lazy("not a person"),
    "invited": gettext_lazy("invited already"),
    "unknown": gettext_lazy("not visible to you"),
}


@dataclass(frozen=True)
class Reached:
    """How a number of people are reached: by mail, by chat from a send-list, or not at all."""

    mails: int
    chats: int
    nobody: list[Invitation]


@dataclass(frozen=True)
class Preview:
    """The words one language is written to in."""

    language: str
    number: int
    text: Text
    # The same in German for those of us who do not read the other.
    german: Text | None


def invite(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Choose whom to invite, the plan's picks first."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    if request.method == "POST":
        return _plan(request, meeting)
    picks = Pick.objects.filter(actor=OuterRef("pk"), community__in=meeting.communities.values("pk"))
    rows = with_ways(
        queries.candidates(request.user, meeting, anybody=bool(request.GET.get("q", "").strip()))
        .annotate(plan_position=Subquery(picks.order_by("position").values("position")[:1]))
        .select_related("owner")
    )
    found = listing(request, rows, sorts=SORTS, filters=CandidateFilters(request.GET, by=request.user, meeting=meeting))
    for person in found.rows:
        person.reached = receiver_of(person)  # type: ignore[attr-defined]
    invited = Invitation.objects.filter(meeting=meeting, staff__isnull=False).values("staff")
    context = {
        "meeting": meeting,
        "list": found,
        "planned": meeting.invitations.filter(state=Invitation.State.PLANNED).count(),
        "colleagues": active_staff().exclude(pk__in=invited),
    }
    return page(request, "web/meetings/invite.html", context)


def send(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show who will be written to, how and in which words; then send it all at once."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    planned = list(news.guests(meeting).filter(state=Invitation.State.PLANNED, wave=None))
    if request.method == "POST":
        try:
            sent = send_invitations(by=request.user, meeting=meeting)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("web:meetings:send", pk=pk)
        _tell(request, sent)
        return redirect("web:meetings:detail", pk=pk)
    context = {
        "meeting": meeting,
        "planned": [(row, news.receiver(row)) for row in planned],
        "send_lists": {one.pk: one.name for one in active_staff() if one.pk != request.user.pk},
        "reached": _reached(planned),
        "previews": _previews(meeting, news.INVITATION, planned),
    }
    return page(request, "web/meetings/send.html", context)


def remind(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show who has not answered, and remind them, each at most once a day."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    open_ = list(news.guests(meeting).filter(state=Invitation.State.SENT))
    unread = news.unread(row.pk for row in open_)
    reminded = [row for row in open_ if row.reminded_at and row.reminded_at.date() == today()]
    due = [row for row in open_ if row not in reminded and row.pk not in unread]
    if request.method == "POST":
        try:
            sent = send_reminders(by=request.user, meeting=meeting)
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            _tell(request, sent)
        return redirect("web:meetings:detail", pk=pk)
    context = {
        "meeting": meeting,
        "due": [(row, news.receiver(row)) for row in due],
        "reached": _reached(due),
        "unread": len(unread),
        "reminded": len(reminded),
        "previews": _previews(meeting, news.REMINDER, due),
    }
    return page(request, "web/meetings/remind.html", context)


def attendance(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note who was there; whoever said yes is marked beforehand."""
    meeting = seen(request, pk)
    rows = list(queries.invitations(meeting))
    if request.method == "POST":
        given, passed_by = _noted(request, rows)
        try:
            note_attendance(by=request.user, meeting=meeting, attendance=given)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("web:meetings:attendance", pk=pk)
        messages.success(request, _("Noted who was there."))
        if passed_by:
            names = ", ".join(str(row.actor or row.staff) for row in passed_by)
            messages.warning(
                request, _("Noted differently by somebody else meanwhile, please look: %(names)s.") % {"names": names}
            )
            return redirect("web:meetings:attendance", pk=pk)
        return redirect("web:meetings:live" if meeting.state == Meeting.State.RUNNING else "web:meetings:detail", pk=pk)
    untouched = not any(row.attendance for row in rows)
    for row in rows:
        suggested = Invitation.Attendance.ATTENDED if untouched and row.state == Invitation.State.ACCEPTED else ""
        row.shown = row.attendance or suggested  # type: ignore[attr-defined]
    choices = [(value, label) for value, label in Invitation.Attendance.choices if value != "__empty__"]
    return page(request, "web/meetings/attendance.html", {"meeting": meeting, "rows": rows, "choices": choices})


def _noted(request: StaffRequest, rows: list[Invitation]) -> tuple[dict[UUID, str], list[Invitation]]:
    """Give what was changed on the page, and whom somebody else has noted differently since it was shown."""
    given: dict[UUID, str] = {}
    passed_by = []
    for row in rows:
        chosen = request.POST.get(f"a_{row.pk}")
        was = request.POST.get(f"w_{row.pk}", row.attendance)
        if chosen is None or chosen == was or chosen == row.attendance:
            continue
        if was == row.attendance:
            given[row.pk] = chosen
        else:
            passed_by.append(row)
    return given, passed_by


@require_POST
def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note the answer a guest gave us by phone or in a chat: the button names the answer, its value the guest."""
    meeting = seen(request, pk)
    state = next((name for name in ANSWERS if name in request.POST), "")
    guest = _ids([request.POST.get(state, "")])
    invitation = get_object_or_404(rules.viewable_invitations(request.user), meeting=meeting, pk__in=guest)
    try:
        note_answer(by=request.user, invitation=invitation, state=state)
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("web:meetings:detail", pk=pk)


@require_POST
def drop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take somebody off the guest list before anything was sent."""
    invitation = get_object_or_404(rules.viewable_invitations(request.user).select_related("meeting"), pk=pk)
    try:
        drop_invitation(by=request.user, invitation=invitation)
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("web:meetings:send", pk=invitation.meeting_id)


def _plan(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    people, colleagues = _ids(request.POST.getlist("actor")), _ids(request.POST.getlist("staff"))
    if not people and not colleagues and not meeting.invitations.filter(state=Invitation.State.PLANNED).exists():
        messages.error(request, _("Please tick somebody first."))
        return redirect("web:meetings:invite", pk=meeting.pk)
    try:
        planned = plan_invitations(by=request.user, meeting=meeting, actor_ids=people, staff_ids=colleagues)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("web:meetings:invite", pk=meeting.pk)
    left_out = [str(REASONS[reason]) for reason in planned.skipped.values() if reason != "invited"]
    if left_out:
        messages.warning(request, _("Not on the list: %(reasons)s.") % {"reasons": ", ".join(left_out)})
    if "more" in request.POST:
        messages.success(request, _("Put on the guest list. Choose more, or check and send."))
        return redirect("web:meetings:invite", pk=meeting.pk)
    return redirect("web:meetings:send", pk=meeting.pk)


def _tell(request: StaffRequest, sent: Sent) -> None:
    parts = []
    if sent.mails:
        parts.append(ngettext("%(count)s by mail", "%(count)s by mail", sent.mails) % {"count": sent.mails})
    if sent.chats:
        parts.append(
            ngettext("%(count)s by chat in the send-list", "%(count)s by chat in the send-list", sent.chats)
            % {"count": sent.chats}
        )
    if parts:
        messages.success(request, _("On their way: %(how)s.") % {"how": ", ".join(parts)})
    if sent.unreachable:
        count = len(sent.unreachable)
        text = ngettext(
            "%(count)s person has no way to be reached yet.",
            "%(count)s people have no way to be reached yet.",
            count,
        )
        messages.warning(request, text % {"count": count})


def _reached(rows: Iterable[Invitation]) -> Reached:
    mails, chats, nobody = 0, 0, []
    for row in rows:
        to = news.receiver(row)
        if to is None:
            nobody.append(row)
        elif to.mail:
            mails += 1
        else:
            chats += 1
    return Reached(mails, chats, nobody)


def _previews(meeting: Meeting, template: str, rows: list[Invitation]) -> list[Preview]:
    """Write one message for each language as its readers will see it, without a link."""
    letters = news.Letters(meeting)
    numbers: dict[str, int] = {}
    drafts: dict[str, tuple[Draft, Draft | None]] = {}
    for row in rows:
        language = row.language
        if language in numbers:
            numbers[language] += 1
        elif draft := letters.draft(template, row, occasion="preview"):
            numbers[language] = 1
            row.language = "de"
            drafts[language] = draft, letters.draft(template, row, occasion="preview")
            row.language = language
    return [
        Preview(language, numbers[language], _text(draft), _text(german) if german and language != "de" else None)
        for language, (draft, german) in drafts.items()
    ]


def _text(draft: Draft) -> Text:
    channel = Message.Channel.MAIL if draft.to.mail else Message.Channel.CHAT
    context = dict(draft.context) | {"link_key": "preview"}
    unsent = Message(template=draft.template, context=context, language=draft.language, channel=channel)
    return render(unsent, masked=True)


def _ids(given: list[str]) -> list[UUID]:
    found = []
    for text in given:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
