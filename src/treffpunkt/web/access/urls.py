"""The addresses of the pages about access: what we may do where, and whether it works."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.access.views import did, health, languages, leaving, may_i, promises, rights, women

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
    path("rights/", rights.shown, name="rights"),
    path("rights/export/", rights.export, name="export_rights"),
    path("rights/<uuid:pk>/note/", may_i.note, name="note_right"),
    path("women/", women.shown, name="women"),
    path("women/<uuid:pk>/", women.topic, name="women_topic"),
    path("women/<uuid:pk>/note/", women.note, name="note_measure"),
    path("languages/", languages.shown, name="languages"),
    path("languages/<uuid:pk>/", languages.one, name="language"),
    path("languages/<uuid:pk>/hand-over/", languages.hand_over, name="hand_over_language"),
    path("did/<uuid:pk>/", did.shown, name="did"),
    path("did/<uuid:pk>/send/", did.send, name="send_did"),
]
