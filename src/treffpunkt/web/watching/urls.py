"""What machines ask; `watched` answers these before sessions, hosts and languages are looked at."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.watching import views

VIEWS = {"health/": views.ready, "health/live/": views.live, "metrics": views.metrics}
NAMES = {"health/": "health", "health/live/": "live", "metrics": "metrics"}

urlpatterns = [path(address, view, name=NAMES[address]) for address, view in VIEWS.items()]
