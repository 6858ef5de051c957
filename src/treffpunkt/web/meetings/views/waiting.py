"""The notes page without a connection: kept by the browser, it names no meeting and shows what waits on the device."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from treffpunkt.ui.pages import StaffRequest, page

SCRIPT = "ui/built/notes-worker.js"


@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """Give the page that is kept on the device."""
    return page(request, "web/meetings/waiting.html")


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps that page; the browser lets it see the pages of meetings and no others."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _script() -> str:
    found = finders.find(SCRIPT)
    if not found:
        raise Http404
    return Path(str(found)).read_text()
