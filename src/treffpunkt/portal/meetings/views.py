"""An invitation and the minutes as a guest reads them: one link, own language, no account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from treffpunkt.core.dates import digits, spoken_languages, spoken_when
from treffpunkt.core.errors import DomainError
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.core.text import localized
from treffpunkt.meetings import outside, queries, revisions, wording
from treffpunkt.meetings.calendar import entry
from treffpunkt.meetings.certificate import may_have
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.needs import needs_of
from treffpunkt.meetings.services.minutes import pdf_of
from treffpunkt.meetings.services.needs import answer_with_needs
from treffpunkt.meetings.services.opening import note_opened
from treffpunkt.meetings.services.rooms import enter_room
from treffpunkt.meetings.services.rooms import is_open as is_open_for_guests
from treffpunkt.portal.door import Guest, LanguageLink, behind_link, closed, render, speak
from treffpunkt.portal.meetings.forms import AnswerForm, initial, said
from treffpunkt.portal.meetings.revision import corrections, in_chosen_language, numbered
from treffpunkt.ui.context import language_name

OPEN_STATES = (Meeting.State.DRAFT, Meeting.State.INVITING, Meeting.State.RUNNING)


def invitation(guest: Guest, form: AnswerForm | None = None) -> HttpResponse:
    """Show the date and ask for an answer; the answer itself only where it was given."""
    invited = outside.guest_invitation(guest.by)
    if invited is None:
        return closed(guest.request)
    if invited.opened_on is None and _is_looked_at(guest):
        note_opened(by=guest.by)
    with speak(guest.chosen["lang"] or invited.language):
        return render(guest, "portal/meetings/invitation.html", _invitation(guest, invited, form))


@require_POST
@behind_link("invitation")
def answer(guest: Guest) -> HttpResponse:
    """Take the answer; it may be changed as long as the meeting is to come."""
    invited = outside.guest_invitation(guest.by)
    if invited is None:
        return closed(guest.request)
    with speak(guest.chosen["lang"] or invited.language):
        form = AnswerForm(guest.request.POST, invited=invited)
        if form.is_valid():
            try:
                _note(guest, invited, form)
            except PersonalDataFound as error:
                form.show_findings(error)
            except DomainError as error:
                form.add_error(None, str(error.message))
            else:
                response = redirect(guest.url(done="1"))
                guest.remember_answer(response)
                return response
    return invitation(guest, form)


def _is_looked_at(guest: Guest) -> bool:
    """Say whether a browser shows the page to somebody, not a chat its preview or a mail server its check."""
    headers = guest.request.headers
    ahead = f"{headers.get('Sec-Purpose', '')} {headers.get('Purpose', '')}"
    return guest.request.method == "GET" and headers.get("Sec-Fetch-Dest") == "document" and "prefetch" not in ahead


def _note(guest: Guest, invited: Invitation, form: AnswerForm) -> None:
    # What was said in somebody else's browser is not shown, so an empty field must not erase it.
    added = not guest.is_known
    answer_with_needs(
        by=guest.by,
        invitation=invited,
        state=form.cleaned_data["answer"],
        remark=form.cleaned_data["remark"] or (None if added else ""),
        companions=form.company(added=added),
        added=added,
        **form.needs(),
    )


@require_POST
@behind_link("invitation")
def room(guest: Guest) -> HttpResponse:
    """Open the video room under the name the guest chose, and show her the way in."""
    invited = outside.guest_invitation(guest.by)
    if invited is None or not guest.is_known:
        return closed(guest.request)
    name = guest.request.POST.get("name", "")
    language = guest.chosen["lang"] or invited.language
    with speak(language):
        try:
            address = enter_room(by=guest.by, meeting=invited.meeting, name=name, language=language)
        except DomainError as error:
            context = _invitation(guest, invited, None) | {"room_problem": str(error.message)}
            return render(guest, "portal/meetings/invitation.html", context, status=422)
        return render(guest, "portal/meetings/room.html", {"title": _("Video room"), "address": address})


@require_safe
@behind_link("invitation")
def calendar(guest: Guest) -> HttpResponse:
    """Give the calendar entry, with a neutral title."""
    invited = outside.guest_invitation(guest.by)
    if invited is None or invited.meeting.state not in OPEN_STATES:
        return closed(guest.request)
    with speak(guest.chosen["lang"] or invited.language):
        text = entry(invited, mail="", method="PUBLISH")
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="treffpunkt.ics"'
    return response


def minutes(guest: Guest) -> HttpResponse:
    """Show the minutes in the language chosen, as they were sent."""
    asked = outside.guest_minutes(guest.by)
    if asked is None:
        return closed(guest.request)
    shown, others = in_chosen_language(guest, asked)
    with speak(shown.language):
        links = [LanguageLink(m.language, language_name(m.language), guest.url(lang=m.language)) for m in others]
        context = {
            "title": shown.content.get("title") or wording.title(shown.meeting, shown.language),
            "meeting": shown.meeting,
            "content": numbered(shown.content, shown.language, guest.digits),
            "revision": revisions.notes(shown.content),
            "when": spoken_when(shown.meeting.starts, shown.meeting.zone, shown.language, guest.digits),
            "language_links": links,
            "pdf_url": guest.url("minutes_pdf", lang=shown.language),
        } | corrections(guest, shown)
        return render(guest, "portal/meetings/minutes.html", context)


@require_safe
@behind_link("minutes")
def minutes_pdf(guest: Guest) -> HttpResponse:
    """Give the minutes as PDF in the language chosen."""
    asked = outside.guest_minutes(guest.by)
    if asked is None:
        return closed(guest.request)
    shown, _others = in_chosen_language(guest, asked)
    response = HttpResponse(pdf_of(shown), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="treffpunkt-{shown.meeting.starts:%Y-%m-%d}.pdf"'
    return response


def _offered(guest: Guest, invited: Invitation) -> datetime | None:
    """Say until when a seat is kept: to her own browser, and to whoever opens the very link that told of it first."""
    if invited.offered_until is None or invited.offered_at is None:
        return None
    told_here = guest.link.created_at >= invited.offered_at and not guest.link.browser_hash
    return invited.offered_until if guest.is_known or told_here else None


def _invitation(guest: Guest, invited: Invitation, form: AnswerForm | None) -> dict[str, Any]:
    meeting, language = invited.meeting, get_language() or settings.LANGUAGE_CODE
    answered = invited.state if guest.is_known and invited.answered_at else ""
    just_answered = bool(guest.request.GET.get("done"))
    # An answer to another date is no answer to this one.
    moved = bool(answered and meeting.moved_at and invited.answered_at and invited.answered_at < meeting.moved_at)
    near = is_open_for_guests(meeting)
    offered = _offered(guest, invited)
    needs = needs_of(guest.by, invited) if guest.is_known else None
    first = initial(invited, needs) if guest.is_known else {}
    topics = [localized(item.titles, language) for item in queries.topics_of(meeting)]
    return {
        "title": wording.title(meeting, language),
        "meeting": meeting,
        "invited": invited,
        "form": form or AnswerForm(invited=invited, initial=first),
        "told": said(needs, language, guest.digits) if needs else [],
        "needs_open": bool(needs or (form and form.has_needs)),
        "when": spoken_when(meeting.starts, meeting.zone, language, guest.digits),
        "length": digits(meeting.minutes_long, language, guest.digits),
        "languages": spoken_languages(list(meeting.languages), language),
        "greeting": wording.greeting(meeting, language),
        "topics": topics,
        "topics_told": digits(len(topics), language, guest.digits),
        "is_open": meeting.state in OPEN_STATES,
        "answered": answered,
        "thanks": just_answered and not answered,
        "room": meeting.room if answered in ("accepted", "tentative") and near else "",
        "room_by_name": meeting.room_kind == Meeting.Room.BBB and answered in ("accepted", "tentative") and near,
        "dial_in": meeting.dial_in if answered in ("accepted", "tentative") else "",
        "room_later": meeting.has_room and answered in ("accepted", "tentative") and not near,
        "moved": moved,
        "certificate": may_have(invited),
        "offered_until": spoken_when(offered, meeting.zone, language, guest.digits) if offered else "",
        "choosing": not answered
        or moved
        or offered is not None
        or bool(guest.request.GET.get("change"))
        or form is not None,
        "done": just_answered,
    }
