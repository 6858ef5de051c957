"""One statement: its gist, what it is, what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from uuid_utils.compat import uuid7

from treffpunkt.core.errors import DomainError, Stale
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.journal.queries import results_of
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Statement
from treffpunkt.meetings.services.notes import (
    change_statement,
    remove_statement,
    restore_statement,
    turn_into_promise,
    turn_into_task,
)
from treffpunkt.ui.pages import StaffRequest, own_address, page
from treffpunkt.web.meetings.becoming import steps
from treffpunkt.web.meetings.forms.notes import GistForm, PromiseForm, StatementForm, TaskForm
from treffpunkt.web.meetings.notes import card, marked, said
from treffpunkt.web.stale import take_version


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change everything about a statement; a stale form shows both texts."""
    statement = _seen(request, pk)
    names = ("version", "text", "language", "gist", "statement_kind", "women_specific", "confidential")
    initial = {name: getattr(statement, name) for name in names}
    initial |= {"item": statement.item_id, "said_by": statement.said_by_id}
    form = StatementForm(request.POST or None, statement=statement, initial=initial)
    context: dict[str, Any] = {"statement": statement, "form": form, "steps": steps(request.user, statement)}
    if form.is_valid():
        changes = dict(form.cleaned_data)
        try:
            change_statement(
                by=request.user,
                statement=statement,
                version=changes.pop("version"),
                keep_findings="keep" in request.POST,
                **changes,
            )
        except PersonalDataFound as error:
            context["findings"] = marked(form.cleaned_data["text"], error.findings)
            form.add_error(None, _("This may tell who somebody is. Please take it out, or keep it knowingly."))
        except Stale as error:
            context["theirs"] = error.current
            take_version(form, getattr(error.current, "version", ""))
            form.add_error(None, str(error.message))
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Saved."))
            return redirect(_back(request, statement))
    return page(request, "web/meetings/statement.html", context)


@require_POST
def gist(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Keep the gist; where somebody else was quicker, show both texts."""
    statement = _seen(request, pk)
    form = GistForm(request.POST)
    if not form.is_valid():
        return _answer(request, statement, status=422)
    mine = form.cleaned_data["gist"]
    try:
        statement = change_statement(
            by=request.user,
            statement=statement,
            version=form.cleaned_data["version"],
            gist=mine,
            keep_findings="keep" in request.POST,
        )
    except Stale as error:
        theirs = error.current
        return _answer(request, _seen(request, pk), status=409, mine=mine, theirs=getattr(theirs, "gist", ""))
    except PersonalDataFound as error:
        return _answer(request, statement, status=422, mine=mine, marked_gist=marked(mine, error.findings))
    except DomainError as error:
        return _answer(request, statement, status=422, mine=mine, problem=str(error.message))
    return _answer(request, statement)


def task(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Make a statement a task of ours."""
    statement = _seen(request, pk)
    form = TaskForm(
        request.POST or None, initial={"id": uuid7(), "title": _first_line(statement), "owner": request.user.pk}
    )
    if form.is_valid():
        try:
            turn_into_task(by=request.user, statement=statement, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            return _answer(request, _seen(request, pk))
    return _grow_page(request, statement, form, _("Make it a task"))


def promise(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Make a statement a promise of a guest."""
    statement = _seen(request, pk)
    first = {
        "id": uuid7(),
        "title": _first_line(statement),
        "owner": request.user.pk,
        "promised_by": statement.said_by_id,
    }
    form = PromiseForm(request.POST or None, meeting=statement.meeting, initial=first)
    if form.is_valid():
        try:
            turn_into_promise(by=request.user, statement=statement, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            return _answer(request, _seen(request, pk))
    return _grow_page(request, statement, form, _("Make it a promise"))


@require_POST
def mark(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Decide in one tap whether a statement concerns women especially, or whether it stands on the shared screen."""
    statement = _seen(request, pk)
    marks = {
        "women": {"women_specific": request.POST.get("women") == "yes", "women_decided": True},
        "screen": {"on_screen": request.POST.get("screen") == "on"},
    }
    changes = next((marks[name] for name in marks if name in request.POST), {})
    try:
        statement = change_statement(by=request.user, statement=statement, version=statement.version, **changes)
    except DomainError as error:
        messages.error(request, str(error.message))
    return _answer(request, _seen(request, pk))


@require_POST
def remove(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a statement back; it can be brought back."""
    statement = _seen(request, pk)
    try:
        remove_statement(by=request.user, statement=statement)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        if "application/json" in request.headers.get("Accept", ""):
            gone = render_to_string("web/meetings/_taken_back.html", {"row": statement}, request)
            return JsonResponse(_json(statement, gone))
        messages.success(request, _("Taken back. Until the minutes are out, you can bring it back."))
    return redirect(reverse("web:meetings:live", args=[statement.meeting_id]) + f"?removed={statement.pk}")


@require_POST
def restore(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Bring back a statement that was taken back."""
    meetings = rules.viewable(request.user)
    statement = get_object_or_404(Statement.objects.select_related("meeting", "item"), pk=pk, meeting__in=meetings)
    restore_statement(by=request.user, statement=statement)
    if "application/json" in request.headers.get("Accept", ""):
        return _answer(request, _seen(request, pk))
    return redirect(_back(request, statement))


def _seen(request: StaffRequest, pk: UUID) -> Statement:
    rows = rules.viewable_statements(request.user).select_related("meeting", "item", "noted_by", "said_by", "group")
    return get_object_or_404(rows, pk=pk)


def _grow_page(request: StaffRequest, statement: Statement, form: TaskForm, title: str) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", "") and form.is_bound:
        words = [error["message"] for field in form.errors.get_json_data().values() for error in field]
        return JsonResponse({"state": "refused", "message": " ".join(words)}, status=422)
    context = {"statement": statement, "form": form, "heading": title, "back": _back(request, statement)}
    return page(request, "web/meetings/grow.html", context)


def _answer(request: StaffRequest, statement: Statement, *, status: int = 200, **shown: Any) -> HttpResponse:
    """Give the statement's card to the script; send everybody else back to the notes, or to its own page."""
    if "application/json" not in request.headers.get("Accept", ""):
        if status == 200:
            return redirect(_back(request, statement))
        form = StatementForm(
            statement=statement,
            initial={
                "version": statement.version,
                "text": statement.text,
                "language": statement.language,
                "gist": shown.get("mine", statement.gist),
                "statement_kind": statement.statement_kind,
                "women_specific": statement.women_specific,
                "confidential": statement.confidential,
                "item": statement.item_id,
                "said_by": statement.said_by_id,
            },
        )
        theirs = statement if "theirs" in shown else None
        context = {
            "statement": statement,
            "form": form,
            "theirs": theirs,
            "findings": shown.get("marked_gist"),
            "steps": steps(request.user, statement),
        }
        return page(request, "web/meetings/statement.html", context, status=status)
    statement.results = list(results_of([statement.pk]))  # type: ignore[attr-defined]
    one = said(request.user, [statement])[0]
    return JsonResponse(_json(statement, card(request, one, **shown)), status=status)


def _json(statement: Statement, html: str) -> dict[str, Any]:
    return {
        "id": str(statement.pk),
        "item": str(statement.item_id),
        "seq": statement.seq,
        "version": statement.version,
        "at": statement.noted_at.isoformat(),
        "html": html,
    }


def _back(request: StaffRequest, statement: Statement) -> str:
    if wanted := own_address(request.POST.get("next", "") or request.GET.get("next", "")):
        return wanted
    live = reverse("web:meetings:live", args=[statement.meeting_id])
    return f"{live}?topic={statement.item_id}#s-{statement.pk}"


def _first_line(statement: Statement) -> str:
    """Propose a title; what was said in confidence proposes none, since a task is read by more people."""
    return "" if statement.confidential else (statement.gist or statement.text).split("\n")[0][:300]
