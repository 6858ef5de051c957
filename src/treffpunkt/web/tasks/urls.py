"""Tasks: the list, one task, and its steps."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.tasks import views

app_name = "tasks"
urlpatterns = [
    path("", views.tasks, name="list"),
    path("export/", views.export, name="export"),
    path("add/", views.add, name="add"),
    path("<uuid:pk>/", views.task, name="task"),
    path("<uuid:pk>/done/", views.step, {"name": "done"}, name="close"),
    path("<uuid:pk>/checked/", views.step, {"name": "checked"}, name="check"),
    path("<uuid:pk>/open/", views.step, {"name": "open"}, name="reopen"),
    path("<uuid:pk>/dropped/", views.step, {"name": "dropped"}, name="drop"),
]
