"""Finding a meeting's date: propose moments, ask guests, see who can when, choose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.clock import now, today
from treffpunkt.core.dates import spoken_zone
from treffpunkt.core.errors import DomainError, Stale
from treffpunkt.core.text import as_uuid
from treffpunkt.meetings import polls, queries, rules
from treffpunkt.meetings.models import DatePoll, Invitation, Meeting, PollGuest
from treffpunkt.meetings.services import polls as services
from treffpunkt.meetings.services.news import receiver
from treffpunkt.meetings.services.poll_answers import answer_poll
from treffpunkt.network.models import Pick
from treffpunkt.network.services.reaching import receiver_of, with_ways
from treffpunkt.people.queries import active_staff
from treffpunkt.ui.lists import listing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.forms.inviting import CandidateFilters
from treffpunkt.web.meetings.forms.polls import MomentsForm, SuitsForm, first_rows, usual_until
from treffpunkt.web.meetings.poll_letters import previews, tell
from treffpunkt.web.meetings.views.common import may_edit_or_403, seen
from treffpunkt.web.meetings.views.inviting import SORTS
from treffpunkt.web.meetings.views.waves import going_by_themselves, tell_of_lost_days

LOOKING = (Meeting.State.DRAFT, Meeting.State.INVITING, Meeting.State.POSTPONED)


def poll(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show who can when, the moments that suit best first."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    found = polls.poll_of(meeting)
    if found is None:
        return redirect("web:meetings:poll_moments", pk=pk)
    asked = list(polls.asked(found))
    untold = [one for one in asked if one.sent_at is None]
    silent = [one for one in asked if one.sent_at and not one.answered_at]
    context = {
        "meeting": meeting,
        "poll": found,
        "grid": polls.grid(found),
        "untold": untold,
        "silent": silent,
        "is_going_on": found.state in DatePoll.GOING_ON and meeting.state in LOOKING,
        "is_over": found.state == DatePoll.State.OPEN and now() >= found.closes_at,
        "may_begin": found.state not in DatePoll.GOING_ON and meeting.state in LOOKING,
    }
    return page(request, "web/meetings/poll.html", context)


def moments(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Propose moments, or change those proposed."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    found = polls.poll_of(meeting)
    present = found if found and found.state in DatePoll.GOING_ON else None
    rows = list(present.moments.all()) if present else []
    zone = present.zone if present else meeting.zone
    first = first_rows(rows, meeting.time) | (
        {"until": present.until, "stand": present.version} if present else {"until": usual_until(today())}
    )
    form = MomentsForm(request.POST or None, initial=first, zone=zone, filled=len(rows))
    if form.is_valid():
        given = {"moments": form.cleaned_data["moments"], "until": form.cleaned_data["until"]}
        try:
            if present:
                version = form.cleaned_data["stand"] or present.version
                services.change_poll(by=request.user, poll=present, version=version, **given)
            else:
                services.begin_poll(by=request.user, meeting=meeting, id=form.cleaned_data["id"], **given)
        except Stale as error:
            given_again = request.POST.copy()
            given_again["stand"] = str(present.version if present else 0)
            form.data = given_again
            form.add_error(None, str(error.message))
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            if present:
                messages.success(request, _("Saved."))
                return redirect("web:meetings:poll", pk=pk)
            return redirect("web:meetings:poll_guests", pk=pk)
    context = {
        "meeting": meeting,
        "poll": present,
        "form": form,
        "zone_name": spoken_zone(zone, get_language() or "de"),
    }
    return page(request, "web/meetings/poll_moments.html", context)


def guests(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Choose who is asked: who is on the guest list already, and others of the communities."""
    meeting, found = _going_on(request, pk)
    if request.method == "POST":
        people, colleagues = (_ticked(request.POST.getlist(name)) for name in ("actor", "staff"))
        try:
            services.ask_guests(by=request.user, poll=found, actor_ids=people, staff_ids=colleagues)
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("web:meetings:poll_guests" if "more" in request.POST else "web:meetings:poll_send", pk=pk)
    asked = PollGuest.objects.filter(poll=found)
    of_them = asked.filter(actor=OuterRef("pk"))
    picks = Pick.objects.filter(actor=OuterRef("pk"), community__in=meeting.communities.values("pk"))
    place = Subquery(picks.order_by("position").values("position")[:1])
    rows = with_ways(queries.candidates(request.user, meeting).filter(~Exists(of_them)).annotate(plan_position=place))
    filters = CandidateFilters(request.GET, by=request.user, meeting=meeting)
    listed = listing(request, rows, sorts=SORTS, filters=filters)
    for person in listed.rows:
        person.reached = receiver_of(person)  # type: ignore[attr-defined]
    context = {
        "meeting": meeting,
        "poll": found,
        "list": listed,
        "on_list": _on_guest_list(meeting, found),
        "chosen": asked.filter(sent_at=None).count(),
        "colleagues": active_staff().exclude(pk__in=asked.filter(staff__isnull=False).values("staff")),
    }
    return page(request, "web/meetings/poll_guests.html", context)


def send(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show who will be asked, how and in which words; then ask them all at once."""
    meeting, found = _going_on(request, pk)
    if request.method == "POST":
        try:
            tell(request, services.send_poll(by=request.user, poll=found))
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("web:meetings:poll_send", pk=pk)
        return redirect("web:meetings:poll", pk=pk)
    rows = list(polls.asked(found).filter(sent_at=None))
    ways = [(row, receiver(row)) for row in rows]
    mails = sum(bool(to and to.mail) for _row, to in ways)
    nobody = [row for row, to in ways if to is None]
    context = {
        "meeting": meeting,
        "poll": found,
        "rows": ways,
        "reached": {"mails": mails, "chats": len(ways) - mails - len(nobody), "nobody": nobody},
        "previews": previews(found, rows),
    }
    return page(request, "web/meetings/poll_send.html", context)


@require_POST
def remind(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Remind who has not answered."""
    _meeting, found = _going_on(request, pk)
    try:
        sent = services.remind_of_poll(by=request.user, poll=found)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        tell(request, sent)
        if not sent.mails and not sent.chats:
            messages.info(request, _("Nobody to remind right now: everyone has answered or was reminded today."))
    return redirect("web:meetings:poll", pk=pk)


def choose(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask once more, in numbers, then give the meeting its date."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    found = polls.poll_of(meeting)
    if found is None:
        raise Http404
    wanted = as_uuid(request.POST.get("moment", "") or request.GET.get("moment", ""))
    grid = polls.grid(found)
    column = next((one for one in grid.columns if one.moment.pk == wanted), None)
    if column is None:
        return redirect("web:meetings:poll", pk=pk)
    if request.method == "POST":
        waves = going_by_themselves(meeting)
        try:
            everybody = request.POST.get("whom") == "everybody"
            services.choose_moment(by=request.user, poll=found, moment=column.moment, everybody=everybody)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("web:meetings:poll", pk=pk)
        messages.success(request, _("The date is fixed. Next: check the invitations and send them."))
        tell_of_lost_days(request, meeting, waves)
        planned = meeting.invitations.filter(state=Invitation.State.PLANNED).exists()
        return redirect("web:meetings:send" if planned else "web:meetings:detail", pk=pk)
    return page(request, "web/meetings/poll_choose.html", {"meeting": meeting, "column": column, "grid": grid})


@require_POST
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End the search without a date."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    found = polls.poll_of(meeting)
    if found is None:
        raise Http404
    try:
        services.end_poll(by=request.user, poll=found)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The search for a date has ended; nobody can answer any more."))
    return redirect("web:meetings:poll", pk=pk)


def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note which moments suit somebody who told us by phone or in a chat."""
    guest = _guest(request, pk)
    rows = polls.own_answers(guest)
    form = SuitsForm(request.POST if request.method == "POST" else None, moments=rows)
    if form.is_valid():
        try:
            answer_poll(by=request.user, guest=guest, answers=form.given())
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Noted when it suits them."))
            return redirect("web:meetings:poll", pk=guest.poll.meeting_id)
    context = {"meeting": guest.poll.meeting, "guest": guest, "form": form, "choices": DatePoll.Answer.choices}
    return page(request, "web/meetings/poll_answer.html", context)


@require_POST
def drop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Leave somebody out who was not asked yet."""
    guest = _guest(request, pk)
    try:
        services.drop_guest(by=request.user, guest=guest)
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("web:meetings:poll_send", pk=guest.poll.meeting_id)


def _guest(request: StaffRequest, pk: UUID) -> PollGuest:
    rows = rules.viewable_poll_guests(request.user).select_related("poll__meeting", "actor", "staff")
    guest = get_object_or_404(rows, pk=pk)
    may_edit_or_403(request, guest.poll.meeting)
    return guest


def _going_on(request: StaffRequest, pk: UUID) -> tuple[Meeting, DatePoll]:
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    found = polls.poll_of(meeting)
    if found is None or found.state not in DatePoll.GOING_ON:
        raise Http404
    return meeting, found


def _on_guest_list(meeting: Meeting, found: DatePoll) -> list[Any]:
    """List who stands on the guest list and was not chosen to be asked yet."""
    asked = PollGuest.objects.filter(poll=found, actor=OuterRef("actor"))
    return list(queries.invitations(meeting).filter(~Exists(asked), actor__isnull=False, actor__erased_at=None))


def _ticked(given: list[str]) -> list[UUID]:
    return [pk for text in given if (pk := as_uuid(text))]
