"""How the installation is, for system administration."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.system import views

app_name = "system"
urlpatterns = [
    path("", views.home, name="home"),
    path("findings/", views.findings, name="findings"),
]
