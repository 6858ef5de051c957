"""How somebody likes to read, and, for coordination, who works here."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.settings import retention, views

app_name = "settings"
urlpatterns = [
    path("", views.home, name="home"),
    path("retention/", retention.retention, name="retention"),
    path("staff/", views.staff, name="staff"),
    path("staff/add/", views.add_staff, name="add_staff"),
    path("staff/<uuid:pk>/close/", views.close_staff, name="close_staff"),
]
