"""The addresses of the pages about access: what we may do where, and whether it works."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.access.views import health, leaving, may_i, promises

app_name = "access"
urlpatterns = [
    path("", health.health, name="health"),
    path("remedy/", health.remedy, name="remedy"),
    path("thresholds/", health.thresholds, name="thresholds"),
    path("leaving/<uuid:pk>/", leaving.shown, name="leaving"),
    path("leaving/<uuid:pk>/step/", leaving.step, name="leaving_step"),
    path("may-i/", may_i.may_i, name="may_i"),
    path("may-i/pocket/", may_i.pocket, name="pocket"),
    path("may-i/worker.js", may_i.worker, name="worker"),
    path("may-i/<uuid:pk>/", may_i.here, name="may_i_here"),
    path("promises/", promises.shown, name="promises"),
    path("promises/<uuid:pk>/kept/", promises.kept, name="kept"),
    path("rights/<uuid:pk>/note/", may_i.note, name="note_right"),
]
