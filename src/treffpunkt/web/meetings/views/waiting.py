"""The notes page without a connection: kept by the browser, it names no meeting and shows what waits on the device."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.ui.workers import worker_script


@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """Give the page that is kept on the device."""
    return page(request, "web/meetings/waiting.html")


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps that page; the browser lets it see the pages of meetings and no others."""
    return worker_script("notes-worker")
