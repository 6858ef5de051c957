"""The addresses of the pages about access: what we may do where, and whether it works."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.access.views import may_i

app_name = "access"
urlpatterns = [
    path("may-i/", may_i.may_i, name="may_i"),
    path("may-i/pocket/", may_i.pocket, name="pocket"),
    path("may-i/worker.js", may_i.worker, name="worker"),
    path("may-i/<uuid:pk>/", may_i.here, name="may_i_here"),
    path("rights/<uuid:pk>/note/", may_i.note, name="note_right"),
]
