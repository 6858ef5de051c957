"""Bringing files in: upload, columns, dry run, decisions, apply, undo."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import as_uuid
from treffpunkt.intake import queries, rules, services
from treffpunkt.intake.models import Import, Row
from treffpunkt.intake.reading import Reading
from treffpunkt.intake.targets import all_targets, get_target
from treffpunkt.ui.pages import StaffRequest, page, wanted_part
from treffpunkt.web.intake.forms import ColumnsForm, ReadingForm, UploadForm
from treffpunkt.web.intake.showing import Shown, choose_verdict, lines, stayed, steps

PAGE = 50
SHOWN = ("verdict", "after")
NOBODY = UUID(int=0)
BUSY = frozenset({Import.State.CHECKING, Import.State.APPLYING, Import.State.UNDOING})


def imports(request: StaffRequest) -> HttpResponse:
    """List the imports, the newest first."""
    require(rules.may_import(request.user))
    rows = queries.imports(rules.viewable(request.user))
    before = request.GET.get("before", "")
    if before:
        rows = rows.filter(pk__lt=as_uuid(before) or NOBODY)
    found = list(rows[: PAGE + 1])
    more = found[PAGE - 1].pk if len(found) > PAGE else None
    return page(request, "web/intake/list.html", {"imports": [Shown(one) for one in found[:PAGE]], "more": more})


def upload(request: StaffRequest) -> HttpResponse:
    """Take a file and find out how it is read."""
    require(rules.may_import(request.user))
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = services.upload(
                by=request.user, name=file.name, pieces=file.chunks(2**20), target=form.cleaned_data["target"]
            )
        except DomainError as error:
            form.add_error("file", str(error.message))
        else:
            return redirect("web:intake:columns", pk=found.pk)
    return page(request, "web/intake/upload.html", {"form": form, "targets": all_targets(), "steps": steps("uploaded")})


def columns(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say which column is which, and begin the dry run."""
    found = _found(request, pk)
    if found.state in BUSY or found.state == Import.State.APPLIED:
        return redirect("web:intake:detail", pk=pk)
    target = get_target(found.target)
    try:
        samples = services.head(found)
    except DomainError as error:
        messages.error(request, str(error.message))
        samples = []
    form = ColumnsForm(request.POST or None, found=found, target=target, samples=samples)
    if form.is_valid():
        try:
            services.choose_mapping(by=request.user, found=found, mapping=form.mapping, fixed=form.fixed)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            return redirect("web:intake:detail", pk=pk)
    context = {
        "import": found,
        "form": form,
        "target": target,
        "reading": Reading.of(found.reading),
        "reading_form": ReadingForm(None, found=found),
        "preview": [[cell[:80] for cell in row[: len(found.columns)]] for row in samples[:5]],
        "steps": steps("columns"),
    }
    return page(request, "web/intake/columns.html", context)


@require_POST
def reading(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Read the file in another way."""
    found = _found(request, pk)
    form = ReadingForm(request.POST, found=found)
    if form.is_valid():
        _try(request, lambda: services.change_reading(by=request.user, found=found, **form.cleaned_data))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("web:intake:columns", pk=pk)


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show where an import stands: progress, what it would do, what it did."""
    found = _found(request, pk)
    if found.state == Import.State.UPLOADED:
        return redirect("web:intake:columns", pk=pk)
    shown = Shown(found)
    if found.state in BUSY:
        return page(request, "web/intake/progress.html", {"import": found, "shown": shown, "steps": steps(found.state)})
    if wanted_part(request) == "progress":
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    verdict = choose_verdict(found, request.GET.get("verdict", ""))
    after = request.GET.get("after", "")
    rows = queries.rows(found, verdict, after=int(after) if after.isdecimal() and len(after) < 10 else 0, most=PAGE + 1)
    context = {
        "import": found,
        "shown": shown,
        "verdict": verdict,
        "lines": lines(request.user, rows[:PAGE], get_target(found.target)),
        "more": rows[PAGE - 1].number if len(rows) > PAGE else None,
        "undecided": queries.undecided(found) if found.state == Import.State.CHECKED else 0,
        "deciding": found.state == Import.State.CHECKED and verdict == Row.Verdict.DOUBTFUL,
        "decisions": Row.Decision.choices,
        "stayed": stayed(request.user, found),
        "steps": steps(found.state),
    }
    return page(request, "web/intake/detail.html", context)


@require_POST
def decide(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say of doubtful rows what they are."""
    found = _found(request, pk)
    every = request.POST.get("every", "")
    chosen = {
        int(name[1:]): str(value)
        for name, value in request.POST.items()
        if name.startswith("d") and name[1:].isdecimal() and len(name) < 10 and value
    }
    if every:
        _try(request, lambda: services.decide_all(by=request.user, found=found, decision=every))
    else:
        _try(request, lambda: services.decide(by=request.user, found=found, decisions=chosen))
    query = urlencode({name: text for name, text in parse_qsl(request.POST.get("query", "")) if name in SHOWN})
    answer = redirect("web:intake:detail", pk=pk)
    answer["Location"] += f"?{query}" if query.startswith("verdict=") else "?verdict=doubtful"
    return answer


@require_POST
def apply(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Begin to write."""
    found = _found(request, pk)
    _try(request, lambda: services.apply_import(by=request.user, found=found))
    return redirect("web:intake:detail", pk=pk)


@require_POST
def undo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Begin to take back."""
    found = _found(request, pk)
    _try(request, lambda: services.undo_import(by=request.user, found=found))
    return redirect("web:intake:detail", pk=pk)


@require_POST
def again(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Go on where something failed."""
    found = _found(request, pk)
    _try(request, lambda: services.try_again(by=request.user, found=found))
    return redirect("web:intake:detail", pk=pk)


@require_POST
def discard(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Throw an import away that wrote nothing."""
    found = _found(request, pk)
    if not _try(request, lambda: services.discard(by=request.user, found=found)):
        return redirect("web:intake:detail", pk=pk)
    messages.success(request, _("The file and its rows are removed."))
    return redirect("web:intake:list")


def left_out(request: StaffRequest, pk: UUID) -> StreamingHttpResponse:
    """Hand out the rows that were not brought in, with their reasons."""
    found = _found(request, pk)
    rows = queries.error_lines(found, get_target(found.target), (_("Row"), _("Reason")))
    writer = csv.writer(_Echo())

    def content() -> Iterator[str]:
        yield "\ufeff"  # so that spreadsheet programs read it as UTF-8
        for row in rows:
            yield writer.writerow(row)

    answer = StreamingHttpResponse(content(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="left-out.csv"'
    return answer


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def _found(request: StaffRequest, pk: UUID) -> Import:
    require(rules.may_import(request.user))
    return get_object_or_404(rules.viewable(request.user).select_related("by"), pk=pk)


def _try(request: StaffRequest, act: Callable[[], Any]) -> bool:
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error.message))
        return False
    return True
