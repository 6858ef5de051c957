"""The agenda of one meeting: order, minutes, own topics."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import LANGUAGES, tidy
from treffpunkt.meetings import queries
from treffpunkt.meetings.models import AgendaItem, Meeting
from treffpunkt.meetings.services.agenda import add_item, change_item, drop_item, move_item
from treffpunkt.ui.context import language_name
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.views.common import may_edit_or_403, seen

LONGEST = 240


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
    context = {
        "meeting": meeting,
        "items": items,
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
    elif "add" in request.POST:
        titles = {tag: tidy(request.POST.get(f"title_{tag}", ""))[:200] for tag in LANGUAGES}
        titles = {tag: title for tag, title in titles.items() if title}
        if not titles:
            raise DomainError(_("Please write a title for the topic."))
        add_item(by=request.user, meeting=meeting, titles=titles)


def _move(request: StaffRequest, item: AgendaItem, position: int) -> None:
    if position >= 1:
        move_item(by=request.user, item=item, position=position)


def _minutes(text: str) -> int:
    return min(int(text), LONGEST) if text.isascii() and text.isdigit() and len(text) < 6 else 0
