"""The meeting while it is held: topics, notes, who writes along.

Every action is a plain form; the script keeps notes on the device until they are stored and asks for news.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError
from treffpunkt.core.personal import PersonalDataFound, mask
from treffpunkt.core.text import as_uuid, localized, tidy
from treffpunkt.meetings import noting, queries, rules, running
from treffpunkt.meetings.models import AgendaItem, Meeting, SmallGroup, Statement
from treffpunkt.meetings.presenting import entries, slot_of
from treffpunkt.meetings.reusing import promised
from treffpunkt.meetings.services.meetings import end_meeting, open_item, start_meeting
from treffpunkt.meetings.services.notes import note_presence, note_statement
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.forms.notes import NoteForm, kinds_for
from treffpunkt.web.meetings.notes import Said, agenda_key, card, marked, next_topic, said, topics
from treffpunkt.web.meetings.views.common import address_of_phones, seen, seen_running

# Keys on the notes page; the letters are the same in every language.
SHORTCUTS = (
    (("N",), gettext_lazy("write a note")),
    (("Ctrl", "Enter"), gettext_lazy("note it, while writing")),
    (("Ctrl", "Shift", "1 … 9"), gettext_lazy("choose its kind, while writing")),
    (("Esc",), gettext_lazy("leave the field")),
    (("T",), gettext_lazy("next topic")),
    (("1 … 9",), gettext_lazy("show a topic of the agenda")),
    (("W",), gettext_lazy("who is here")),
    (("P",), gettext_lazy("what waits from phones")),
    (("S",), gettext_lazy("shared screen in a window of its own")),
    (("/",), gettext_lazy("search")),
    (("?",), gettext_lazy("this list")),
)
# Whoever begins so long before the time has mostly opened the wrong meeting.
EARLY = timedelta(hours=6)
BEFORE = (Meeting.State.DRAFT, Meeting.State.INVITING)


@dataclass(frozen=True)
class Questions:
    """The guiding questions in one language, and the languages that could stand in its place."""

    language: str
    lines: list[str]
    others: list[str]


def live(request: StaffRequest, pk: UUID, form: NoteForm | None = None, findings: Any = None) -> HttpResponse:
    """Show the topic at hand with its notes, newest first, and a field to write the next one."""
    meeting = seen_running(request, pk)
    items = queries.agenda(meeting)
    groups = running.groups(meeting) if meeting.group_count else []
    group = next((one for one in groups if str(one.pk) == request.GET.get("group")), None)
    shown = _shown(request, meeting, items, group)
    language = get_language() or "de"
    lines = topics(meeting, items, shown, language, now())
    slot = slot_of(shown)
    context = {
        "slot": slot,
        "entries": entries(slot.organisation, list(dict.fromkeys([language, *meeting.languages]))[:2]) if slot else [],
        "promised": promised(shown),
        "meeting": meeting,
        "topics": lines,
        "next": next_topic(lines),
        "item": shown,
        "title": localized(shown.titles, language) if shown else ("", ""),
        "questions": _questions(meeting, shown, language, request.GET.get("questions", "")),
        "said": said(request.user, _newest_first(noting.statements(request.user, meeting, item=shown))),
        "form": form or NoteForm(meeting=meeting, initial={"item": shown.pk if shown else None, "group": group}),
        "findings": findings,
        "kinds": kinds_for(shown),
        "present": _present(meeting),
        "groups": groups,
        "group": group,
        "waiting": running.waiting(request.user, meeting) if meeting.phones_waiting else [],
        "phones": address_of_phones(meeting),
        "may_write": rules.is_open_to_notes(meeting),
        "agenda_key": agenda_key(meeting),
        "ends": meeting.started_at + timedelta(minutes=meeting.minutes_long) if meeting.started_at else None,
        "shortcuts": SHORTCUTS,
        "removed": as_uuid(request.GET.get("removed", "")),
    }
    return page(request, "web/meetings/live.html", context)


@require_http_methods(["GET", "POST"])
def since(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Give what changed after the number `seq`; a POST also says that this writer is still here."""
    if request.method == "POST":
        meeting = seen(request, pk)
        if rules.may_write(request.user, meeting):
            note_presence(by=request.user, meeting=meeting)
    # Fetched before anything that carries a number: whatever comes meanwhile is read the next time.
    meeting = seen_running(request, pk)
    asked = _number(request.GET.get("seq", ""))
    changes = noting.statements_since(request.user, meeting, asked, in_confidence=meeting.in_confidence)
    answer = {
        "seq": max(asked, meeting.seq),
        "statements": [_row(request, one) for one in said(request.user, changes.statements)],
        "removed": [str(gone) for gone in changes.removed],
        "state": meeting.state,
        "writers": render_to_string("web/meetings/_writers.html", {"meeting": meeting}, request),
        "key": agenda_key(meeting),
        "here": meeting.here_key,
        "groups": meeting.group_count,
        "present": _present(meeting),
        "parts": _parts(request, meeting, asked),
    }
    if request.GET.get("key") != answer["key"]:
        items = queries.agenda(meeting)
        shown = next((item for item in items if str(item.pk) == request.GET.get("topic")), None)
        lines = topics(meeting, items, shown, get_language() or "de", now())
        answer["agenda"] = render_to_string("web/meetings/_agenda.html", {"topics": lines, "meeting": meeting}, request)
    return JsonResponse(answer)


@require_POST
def note(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Store one statement, once; where it tells who somebody is, ask first."""
    meeting = seen(request, pk)
    form = NoteForm(request.POST, meeting=meeting)
    by_script = _by_script(request)
    if by_script and not rules.may_write(request.user, meeting):
        return JsonResponse(
            {"state": "refused", "message": _("The minutes are out; nothing can be added.")}, status=422
        )
    if not form.is_valid():
        return _refused(form.errors.get_json_data()) if by_script else live(request, pk, form)
    values = form.statement()
    decided = request.POST.get("personal", "")
    try:
        statement = _store(request, meeting, values, decided)
    except PersonalDataFound as error:
        text = marked(tidy(values["text"], lines=True), error.findings)
        if by_script:
            return JsonResponse({"state": "findings", "marked": text}, status=422)
        return live(request, pk, form, text)
    except DomainError as error:
        if by_script:
            return JsonResponse({"state": "refused", "message": str(error.message)}, status=422)
        form.add_error(None, str(error.message))
        return live(request, pk, form)
    if by_script:
        statement.results = []  # type: ignore[attr-defined]
        return JsonResponse({"state": "stored", **_row(request, said(request.user, [statement])[0])})
    group = f"&group={statement.group_id}" if statement.group_id else ""
    return redirect(f"{reverse('web:meetings:live', args=[pk])}?topic={statement.item_id}{group}#note")


@require_POST
def start(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Begin the meeting with its first topic; long before its time, ask once."""
    meeting = seen(request, pk)
    if "early" not in request.POST and meeting.state in BEFORE and meeting.starts - now() > EARLY:
        return page(request, "web/meetings/start.html", {"meeting": meeting})
    try:
        start_meeting(by=request.user, meeting=meeting)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("web:meetings:detail", pk=pk)
    return redirect("web:meetings:live", pk=pk)


@require_POST
def open_topic(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Turn to a topic; the clock of the one before stops."""
    meeting = seen(request, pk)
    item = next((item for item in queries.agenda(meeting) if str(item.pk) == request.POST.get("item")), None)
    if item is not None:
        try:
            open_item(by=request.user, meeting=meeting, item=item)
        except DomainError as error:
            messages.error(request, str(error.message))
    return redirect("web:meetings:live", pk=pk)


def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask once, then end the meeting; notes can still be completed."""
    meeting = seen(request, pk)
    if request.method == "POST":
        try:
            end_meeting(by=request.user, meeting=meeting)
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("The meeting is over. Who was there?"))
            return redirect("web:meetings:attendance", pk=pk)
        return redirect("web:meetings:detail", pk=pk)
    return page(request, "web/meetings/end.html", {"meeting": meeting})


def _store(request: StaffRequest, meeting: Meeting, values: dict[str, Any], decided: str) -> Statement:
    """Store the statement as it stands, or, where somebody said so, without what was found or with it kept."""
    if decided == "take_out":
        try:
            return note_statement(by=request.user, meeting=meeting, **values)
        except PersonalDataFound as error:
            values = values | {"text": mask(tidy(values["text"], lines=True), error.findings)}
    return note_statement(by=request.user, meeting=meeting, keep_findings=decided in ("keep", "take_out"), **values)


def _parts(request: StaffRequest, meeting: Any, asked: int) -> dict[str, str]:
    """Write the parts of the page that have changed besides the notes: who is here, what waits, the small groups."""
    parts: dict[str, str] = {}
    if request.GET.get("here") != meeting.here_key:
        context = {"meeting": meeting, "guests": running.guests(meeting)}
        parts["here"] = render_to_string("web/meetings/here__here.html", context, request)
    if meeting.phones_seq > asked:
        context = {"meeting": meeting, "waiting": running.waiting(request.user, meeting)}
        parts["waiting"] = render_to_string("web/meetings/live__waiting.html", context, request)
    if request.GET.get("groups") != str(meeting.group_count):
        context = {"meeting": meeting, "groups": running.groups(meeting), "may_write": True}
        parts["groups"] = render_to_string("web/meetings/live__groups.html", context, request)
    return parts


def _present(meeting: Any) -> dict[str, str]:
    """Say how many are here: in a sentence, and as a number."""
    others = f" + {meeting.others_here}" if meeting.others_here else ""
    words = ngettext("%(count)s there", "%(count)s there", meeting.here) % {"count": meeting.here}
    return {"words": f", {words}" if meeting.here else "", "number": f"{meeting.here}{others}"}


def _row(request: StaffRequest, one: Said) -> dict[str, Any]:
    row = one.statement
    return {
        "id": str(row.pk),
        "item": str(row.item_id),
        "seq": row.seq,
        "version": row.version,
        "at": row.noted_at.isoformat(),
        "html": card(request, one),
    }


def _refused(errors: dict[str, Any]) -> JsonResponse:
    words = [error["message"] for field in errors.values() for error in field]
    return JsonResponse({"state": "refused", "message": " ".join(words)}, status=422)


def _by_script(request: StaffRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _shown(
    request: StaffRequest, meeting: Meeting, items: list[AgendaItem], group: SmallGroup | None
) -> AgendaItem | None:
    current = (group.item_id if group else None) or meeting.current_item_id
    wanted = request.GET.get("topic") or request.POST.get("item") or str(current or "")
    return next((item for item in items if str(item.pk) == wanted), items[0] if items else None)


def _questions(meeting: Meeting, item: AgendaItem | None, language: str, chosen: str) -> list[Questions]:
    """Give the guiding questions in two languages: the reader's, and one that is spoken, chosen where there are more."""
    if item is None:
        return []
    spoken = [tag for tag in dict.fromkeys(meeting.languages) if tag != language and item.questions.get(tag)]
    second = chosen if chosen in spoken else next(iter(spoken), "")
    wanted = [tag for tag in (language, second) if item.questions.get(tag)]
    return [
        Questions(
            tag,
            lines if isinstance(lines := item.questions[tag], list) else [lines],
            [other for other in spoken if other != second] if tag == second else [],
        )
        for tag in wanted
    ]


def _newest_first(statements: list[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda row: (row.noted_at, row.pk), reverse=True)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
