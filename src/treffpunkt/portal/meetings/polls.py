"""When does it suit you? One page behind a link: each moment on the reader's clock, three answers, one save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.dates import digits, spoken_day, spoken_time, spoken_when, spoken_zone
from treffpunkt.core.errors import DomainError
from treffpunkt.meetings import polls, rules, wording
from treffpunkt.meetings.models import DatePoll, PollGuest, PollMoment
from treffpunkt.meetings.services.poll_answers import answer_poll
from treffpunkt.portal.door import Guest, behind_link, closed, render, speak

ANSWERS = (
    ("yes", pgettext_lazy("a date suits", "Yes")),
    ("maybe", pgettext_lazy("a date suits", "If need be")),
    ("no", pgettext_lazy("a date suits", "No")),
)
ICONS = {"yes": "check", "maybe": "circle-help", "no": "x"}
# Where those who are asked live, or have their family; the zone of the browser is offered besides.
ZONES = (
    "Europe/Berlin", "Europe/London", "Europe/Paris", "Europe/Madrid", "Europe/Belgrade", "Europe/Istanbul", "Europe/Kyiv",
    "Europe/Athens", "Europe/Vienna", "Europe/Zurich", "Europe/Moscow", "Asia/Damascus", "Asia/Beirut", "Asia/Baghdad",
    "Asia/Amman", "Asia/Riyadh", "Asia/Dubai", "Asia/Tehran", "Asia/Kabul", "Africa/Cairo", "Africa/Tripoli",
    "Africa/Tunis", "Africa/Algiers", "Africa/Casablanca", "Africa/Khartoum", "Africa/Lagos", "Africa/Accra",
    "Africa/Nairobi", "Africa/Dakar", "Africa/Douala", "Africa/Addis_Ababa", "America/New_York", "America/Los_Angeles",
    "America/Mexico_City", "America/Bogota", "America/Lima", "America/Caracas", "America/Santiago",
    "America/Argentina/Buenos_Aires",
)  # fmt: skip


class PollForm(forms.Form):
    """One field a moment: whether it suits."""

    def __init__(self, *args: Any, moments: list[PollMoment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moments = moments
        for moment in moments:
            label = spoken_when(moment.starts, moment.poll.zone, get_language() or "en")
            self.fields[f"m_{moment.pk}"] = forms.ChoiceField(label=label, choices=ANSWERS, required=False)

    def given(self) -> dict[Any, str]:
        """Give the answers by moment, of those that were answered."""
        found = {moment.pk: self.cleaned_data.get(f"m_{moment.pk}", "") for moment in self.moments}
        return {pk: state for pk, state in found.items() if state}


@dataclass(frozen=True)
class Shown:
    """A moment as the page shows it: day and hour on the reader's clock, and on ours where that differs."""

    name: str
    day: str
    time: str
    there: str
    answer: str


def poll(guest: Guest, form: PollForm | None = None) -> HttpResponse:
    """Show the moments on the reader's clock; what was answered only where it was."""
    asked = polls.guest_of(guest.by)
    if asked is None:
        return closed(guest.request)
    with speak(guest.chosen["lang"] or asked.language):
        return render(guest, "portal/meetings/poll.html", _context(guest, asked, form))


@require_POST
@behind_link(rules.POLL)
def answer(guest: Guest) -> HttpResponse:
    """Take the answers; they may be changed until the last day."""
    asked = polls.guest_of(guest.by)
    if asked is None:
        return closed(guest.request)
    with speak(guest.chosen["lang"] or asked.language):
        form = PollForm(guest.request.POST, moments=list(asked.poll.moments.all()))
        if form.is_valid():
            try:
                answer_poll(by=guest.by, guest=asked, answers=form.given())
            except DomainError as error:
                form.add_error(None, str(error.message))
            else:
                response = redirect(guest.url(done="1"))
                guest.remember_answer(response)
                return response
    return poll(guest, form)


def _context(guest: Guest, asked: PollGuest, form: PollForm | None) -> dict[str, Any]:
    poll, meeting, language = asked.poll, asked.poll.meeting, get_language() or "en"
    zone = guest.chosen["zone"] or poll.zone
    told = guest.is_known and asked.answered_at is not None
    own = dict(polls.own_answers(asked))
    shown = own if told else {}
    typed = {moment: form.data.get(f"m_{moment.pk}", "") for moment in own} if form else shown
    return {
        "title": _("When does it suit you?"),
        "meeting": meeting,
        "meeting_title": wording.title(meeting, language),
        "length": digits(meeting.minutes_long, language, guest.digits),
        "poll": poll,
        "form": form,
        "answers": [(value, label, ICONS[value]) for value, label in ANSWERS],
        "moments": [_shown(guest, poll, moment, zone, typed.get(moment, "")) for moment in own],
        "is_open": poll.takes_answers,
        "until": spoken_day(poll.until, language, guest.digits),
        "fixed": _fixed(guest, poll, zone, language),
        "told": told,
        "done": bool(guest.request.GET.get("done")),
        "zone": zone,
        "zone_name": spoken_zone(zone, language),
        "zones": _zones(zone, language),
        "is_preset": not guest.chosen["zone"],
    }


def _shown(guest: Guest, poll: DatePoll, moment: PollMoment, zone: str, answer: str) -> Shown:
    language = get_language() or "en"
    local, ours = moment.starts.astimezone(ZoneInfo(zone)), moment.starts.astimezone(ZoneInfo(poll.zone))
    there = ""
    if local.replace(tzinfo=None) != ours.replace(tzinfo=None):
        there = f"{spoken_time(ours, language, guest.digits)} ({spoken_zone(poll.zone, language)})"
    return Shown(
        name=f"m_{moment.pk}",
        day=spoken_day(local.date(), language, guest.digits),
        time=spoken_time(local, language, guest.digits),
        there=there,
        answer=answer,
    )


def _fixed(guest: Guest, poll: DatePoll, zone: str, language: str) -> str:
    """Say which moment was chosen, as long as the meeting stands on it."""
    if poll.chosen is None or poll.meeting.state == "cancelled" or poll.meeting.starts != poll.chosen.starts:
        return ""
    return spoken_when(poll.chosen.starts, zone, language, guest.digits)


def _zones(present: str, language: str) -> list[tuple[str, str]]:
    offered = {zone: spoken_zone(zone, language) for zone in (*ZONES, present)}
    return sorted(offered.items(), key=lambda pair: pair[1])
