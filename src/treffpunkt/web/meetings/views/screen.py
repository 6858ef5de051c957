"""What everybody in the room may see: the agenda and what was said, in large letters and the meeting's languages.

No guest list, nothing confidential, names only where somebody chose one. The page asks every few seconds whether
anything is new.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import localized
from treffpunkt.meetings import queries, rules, running, wording
from treffpunkt.meetings.models import AgendaItem, Meeting
from treffpunkt.meetings.presenting import entries, slot_of
from treffpunkt.meetings.reusing import promise_lines, promised
from treffpunkt.meetings.services.screen import let_screen_wait
from treffpunkt.ui.pages import StaffRequest, page, wanted_part
from treffpunkt.vocabulary.models import Language
from treffpunkt.web.meetings.notes import agenda_key, topics
from treffpunkt.web.meetings.views.common import address_of_phones, seen, seen_running
from treffpunkt.web.qr import code

# As many as are read from the back of a room; older ones are on everybody's phone in the minutes.
MOST = 8


@dataclass(frozen=True)
class Words:
    """The topic at hand in one language of the meeting: its title and the questions that guide the talk."""

    language: str
    title: str
    questions: list[str]


@require_http_methods(["GET", "POST"])
def screen(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the shared screen, or nothing where nothing is new; a POST says when statements come onto it."""
    if request.method == "POST":
        meeting = seen(request, pk)
        try:
            let_screen_wait(by=request.user, meeting=meeting, waits="waits" in request.POST)
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("web:meetings:live", pk=pk)
    meeting = seen_running(request, pk)
    key = f"{meeting.seq}-{agenda_key(meeting)}-{meeting.phones[-6:]}-{meeting.group_count}"
    if wanted_part(request) and request.GET.get("key") == key:
        return HttpResponse(status=204)
    items = queries.agenda(meeting)
    item = next((one for one in items if one.pk == meeting.current_item_id), None)
    if meeting.state not in (Meeting.State.RUNNING, Meeting.State.HELD):
        item = None
    slot = slot_of(item)
    lines = topics(meeting, items, item, get_language() or "de", now())
    address = address_of_phones(meeting) if meeting.state == Meeting.State.RUNNING else ""
    context = {
        "meeting": meeting,
        "key": key,
        "titles": [(tag, wording.title(meeting, tag)) for tag in meeting.languages],
        "topics": lines,
        "agenda": [(line, _titles(meeting, line.item)[: 1 if line.item.organisation_id else None]) for line in lines],
        "item": item,
        "words": _words(meeting, item),
        "promised": promise_lines(promised(item)),
        "slot": slot,
        "entries": entries(slot.organisation, list(meeting.languages)) if slot else [],
        "slot_languages": _own_names(slot.organisation.languages) if slot else [],
        "said": list(running.on_screen(meeting, item).reverse()[:MOST]) if item else [],
        "groups": running.groups(meeting) if meeting.group_count else [],
        "address": address.partition("//")[2],
        "invitation": wording.to_everybody(meeting, "phones"),
        "together": wording.to_everybody(meeting, "groups"),
        "welcome": wording.to_everybody(meeting, "welcome" if meeting.state in rules.BEFORE else "thanks"),
        "code": code(address.replace("-", "")) if address else "",
    }
    return page(request, "web/meetings/screen.html", context)


def _own_names(tags: list[str]) -> list[str]:
    """Call languages as those who speak them do."""
    return list(Language.objects.filter(pk__in=tags).order_by("position").values_list("own_name", flat=True))


def _words(meeting: Meeting, item: AgendaItem | None) -> list[Words]:
    """Say the topic in each language of the meeting in which it has a title."""
    if item is None:
        return []
    words: list[Words] = []
    for tag, title in _titles(meeting, item):
        # The name of an organisation is the same in every language, and stands there once.
        known = any(one.title == title for one in words)
        words.append(Words(tag, "" if known else title, wording.item_questions(item, tag)[0]))
    return words


def _titles(meeting: Meeting, item: AgendaItem) -> list[tuple[str, str]]:
    """Give the title of a topic in each language of the meeting it has one in; in any, where it has it in none."""
    found = {}
    for tag in meeting.languages:
        title, language = localized(item.titles, tag)
        if language.partition("-")[0] == tag.partition("-")[0]:
            found[tag] = title
    return list(found.items()) or [localized(item.titles, "de")[::-1]]
