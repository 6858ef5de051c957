"""The agenda of one meeting: order, minutes, own topics."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import LANGUAGES, as_uuid, tidy
from treffpunkt.meetings import queries
from treffpunkt.meetings.models import AgendaItem, Meeting
from treffpunkt.meetings.presenting import slots, without_slot
from treffpunkt.meetings.services.agenda import add_item, change_item, drop_item, move_item
from treffpunkt.meetings.services.presenting import ask_to_present, give_slot
from treffpunkt.network.models import Actor
from treffpunkt.network.rules import viewable_organisations
from treffpunkt.ui.context import language_name
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.views.common import may_edit_or_403, seen

LONGEST = 240
MOST_OFFERED = 300


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the agenda to be changed; each button is one change, and all minutes are saved with it."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    if request.method == "POST":
        try:
            _change(request, meeting)
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("web:meetings:detail" if "done" in request.POST else "web:meetings:agenda", pk=meeting.pk)
    items = queries.agenda(meeting)
    shown = slots(request.user, meeting)
    for item in items:
        item.slot = shown.get(item.pk)  # type: ignore[attr-defined]
    context = {
        "meeting": meeting,
        "items": items,
        "organisations": without_slot(request.user, meeting).only("name")[:MOST_OFFERED],
        "minutes": sum(item.minutes for item in items),
        "languages": [(tag, language_name(tag)) for tag in LANGUAGES],
    }
    return page(request, "web/meetings/agenda.html", context)


def _change(request: StaffRequest, meeting: Meeting) -> None:
    items = {str(item.pk): item for item in queries.agenda(meeting)}
    for key, item in items.items():
        minutes = _minutes(request.POST.get(f"minutes_{key}", ""))
        if minutes and minutes != item.minutes:
            change_item(by=request.user, item=item, minutes=minutes)
    order = list(items)
    if (key := request.POST.get("up", "")) in items:
        _move(request, items[key], order.index(key))
    elif (key := request.POST.get("down", "")) in items:
        _move(request, items[key], order.index(key) + 2)
    elif (key := request.POST.get("drop", "")) in items:
        drop_item(by=request.user, item=items[key])
    elif "add_slot" in request.POST:
        chosen = as_uuid(request.POST.get("organisation", ""))
        organisation = viewable_organisations(request.user).filter(pk=chosen).first() if chosen else None
        if organisation is None:
            raise DomainError(_("Please choose an organisation."))
        give_slot(by=request.user, meeting=meeting, organisation=organisation)
    elif key := request.POST.get("ask", ""):
        _ask(request, meeting, key)
    elif "add" in request.POST:
        titles = {tag: tidy(request.POST.get(f"title_{tag}", ""))[:200] for tag in LANGUAGES}
        titles = {tag: title for tag, title in titles.items() if title}
        if not titles:
            raise DomainError(_("Please write a title for the topic."))
        add_item(by=request.user, meeting=meeting, titles=titles)


def _ask(request: StaffRequest, meeting: Meeting, key: str) -> None:
    slot = next((one for one in slots(request.user, meeting).values() if str(one.pk) == key), None)
    contact = Actor.objects.filter(pk=slot.contact).first() if slot else None  # type: ignore[attr-defined]
    if slot is None or contact is None:
        raise DomainError(_("We know nobody there yet. Add a contact person to the organisation first."))
    if ask_to_present(by=request.user, presentation=slot, actor=contact):
        messages.success(request, _("The question is on its way, with a link to the entry."))
    else:
        messages.error(request, _("We know no way to reach the contact person."))


def _move(request: StaffRequest, item: AgendaItem, position: int) -> None:
    if position >= 1:
        move_item(by=request.user, item=item, position=position)


def _minutes(text: str) -> int:
    return min(int(text), LONGEST) if text.isascii() and text.isdigit() and len(text) < 6 else 0
