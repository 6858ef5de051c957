"""What machines ask: are you alive, are you ready, how are you."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST

from treffpunkt.web.watching import figures

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")


@login_not_required
def live(request: HttpRequest) -> HttpResponse:
    """Say that this process answers, whatever the database does: who restarts processes asks this."""
    return _plain("alive")


@login_not_required
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether pages can be served now: who spreads requests asks this."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except (OperationalError, InterfaceError):
        connection.close()
        return _plain("the database is away", status=503)
    return _plain("ready")


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the figures to who may have them; to everybody else there is nothing here."""
    if not _may_measure(request):
        return _plain("", status=404)
    response = HttpResponse(figures.text(), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response


def _may_measure(request: HttpRequest) -> bool:
    """With TREFFPUNKT_METRICS_TOKEN its holder; without, this machine, unless a proxy stands in between."""
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    if settings.SECURE_PROXY_SSL_HEADER or any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _plain(text: str, *, status: int = 200) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    response["Cache-Control"] = "no-store"
    return response
