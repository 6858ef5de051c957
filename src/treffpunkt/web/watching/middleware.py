"""Around every request: machines are answered at once, the rest is timed and written down by its route."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from treffpunkt.web.watching.figures import REQUESTS
from treffpunkt.web.watching.urls import VIEWS

Handler = Callable[[HttpRequest], HttpResponse]
SLOW = 1.0  # seconds
_log = structlog.get_logger("treffpunkt.requests")


def watched(get_response: Handler) -> Handler:
    """Time requests and log them: the route's name, never the address, which tells who looked at whom."""

    def handle(request: HttpRequest) -> HttpResponse:
        if (view := VIEWS.get(request.path_info.removeprefix("/"))) is not None:
            return view(request)
        begun = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - begun
        match = request.resolver_match
        route = (match.view_name or "unnamed") if match else "none"
        REQUESTS.labels(route, _method(request), str(response.status_code)).observe(seconds)
        if match is None and response.status_code < 400:  # a static file
            return response
        say = _log.warning if response.status_code >= 500 or seconds > SLOW else _log.info
        say("request", route=route, method=_method(request), status=response.status_code, ms=round(seconds * 1000))
        return response

    return handle


def _method(request: HttpRequest) -> str:
    """Name the method; anybody can invent others."""
    return request.method if request.method in {"GET", "POST", "HEAD", "OPTIONS"} else "other"
