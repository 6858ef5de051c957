"""Tasks: the list, one task, entering, changing, and its steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST
from uuid_utils.compat import uuid7

from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, Stale
from treffpunkt.tasks import queries, rules, services
from treffpunkt.tasks.models import Task
from treffpunkt.ui.exports import csv_response
from treffpunkt.ui.lists import chosen_rows, listing
from treffpunkt.ui.pages import StaffRequest, own_address, page
from treffpunkt.web.journal import thread
from treffpunkt.web.records import RESOLVERS, labels
from treffpunkt.web.tasks.forms import SORTS, TaskFilters, TaskForm

STEPS = {
    "done": (services.close_task, gettext_noop("Done.")),
    "checked": (services.check_task, gettext_noop("Checked.")),
    "open": (services.reopen_task, gettext_noop("The task is open again.")),
    "dropped": (services.drop_task, gettext_noop("The task is dropped.")),
}
# What a tap too many did is taken back by one more.
UNDONE = frozenset({"done", "dropped"})


def tasks(request: StaffRequest) -> HttpResponse:
    """List tasks, by default the open ones, the most urgent first."""
    filters = TaskFilters(request.GET, by=request.user)
    found = listing(request, queries.tasks(request.user), filters=filters, sorts=SORTS)
    pairs = [
        pair
        for task in found.rows
        for pair in ((task.promised_by_kind, task.promised_by_id), (task.about_kind, task.about_id))
    ]
    named = labels(request.user, [(kind, key) for kind, key in pairs if key])
    return page(request, "web/tasks/tasks.html", {"list": found, "named": named, "today": today()})


def export(request: StaffRequest) -> StreamingHttpResponse:
    """Hand out exactly the tasks the list shows, as CSV."""
    filters = TaskFilters(request.GET, by=request.user)
    rows = chosen_rows(request, queries.tasks(request.user), filters=filters, sorts=SORTS)
    cells = (
        (task.title, task.owner.name if task.owner else "", task.due, task.get_state_display())
        for task in rows.iterator(chunk_size=500)
    )
    return csv_response("tasks", [_("what"), _("who"), _("due"), _("state")], cells)


def task(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a task and change it."""
    found = get_object_or_404(queries.tasks(request.user), pk=pk)
    form = TaskForm.of(found, request.POST or None)
    stale: Any = None
    if form.is_valid():
        try:
            services.change_task(by=request.user, task=found, **form.cleaned_data)
        except Stale as error:
            stale = error.current
            form.data = {**form.data.dict(), "version": str(stale.version)}  # type: ignore[attr-defined]
            form.add_error(None, str(error.message))
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("The task is changed."))
            return redirect("web:tasks:task", pk=pk)
    named = [(found.about_kind, found.about_id), (found.promised_by_kind, found.promised_by_id)]
    known = labels(request.user, [(kind, key) for kind, key in named if key])
    return page(
        request,
        "web/tasks/task.html",
        {
            "task": found,
            "form": form,
            "stale": stale,
            "about": known.get(found.about_id) if found.about_id else None,
            "promised_by": known.get(found.promised_by_id) if found.promised_by_id else None,
            "thread": thread(request, pk),
            "may_change": rules.may_change(request.user, found),
            "may_check": rules.may_check(request.user, found),
            "late": found.state == Task.State.OPEN and found.due is not None and found.due < today(),
        },
    )


def add(request: StaffRequest) -> HttpResponse:
    """Note a task, about the record the address names if it names one."""
    about = _about(request)
    initial = {"title": request.GET.get("title", "")[:300], "owner": request.user.pk, "id": uuid7()}
    form = TaskForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("title", "owner", "due", "note", "id")}
        try:
            made = services.create_task(by=request.user, about=about, **values)
        except DomainError as error:
            form.add_error("title", str(error.message))
        else:
            messages.success(request, _("The task is noted."))
            return redirect("web:tasks:task", pk=made.pk)
    label = labels(request.user, [(about.kind, about.pk)]).get(about.pk) if about else None
    return page(request, "web/tasks/add.html", {"form": form, "about": label})


@require_POST
def step(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Move a task on; asked twice, it moves once."""
    found = get_object_or_404(rules.viewable(request.user), pk=pk)
    service, said = STEPS[name]
    try:
        service(by=request.user, task=found)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        undo = f"undo:{reverse('web:tasks:reopen', args=[pk])}" if name in UNDONE else ""
        messages.success(request, _(said), extra_tags=undo)
    return redirect(_next(request) or reverse("web:tasks:task", args=[pk]))


def _about(request: StaffRequest) -> services.Reference | None:
    kind, key = request.GET.get("about_kind", ""), request.GET.get("about_id", "")
    if not key:
        return None
    try:
        reference = services.Reference(kind, UUID(key))
    except ValueError as error:
        raise Http404 from error
    if kind not in RESOLVERS or not labels(request.user, [(kind, reference.pk)]):
        raise Http404
    return reference


def _next(request: HttpRequest) -> str:
    return own_address(request.POST.get("next", ""))
