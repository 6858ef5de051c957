"""The addresses of the reference data people edit."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.vocabulary import views

app_name = "vocabulary"
urlpatterns = [
    path("", views.topics, name="topics"),
    path("<uuid:pk>/", views.topic, name="topic"),
]
