"""Bringing files in, from the upload to undo."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.imports, name="list"),
    path("upload/", views.upload, name="upload"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/columns/", views.columns, name="columns"),
    path("<uuid:pk>/reading/", views.reading, name="reading"),
    path("<uuid:pk>/decide/", views.decide, name="decide"),
    path("<uuid:pk>/apply/", views.apply, name="apply"),
    path("<uuid:pk>/undo/", views.undo, name="undo"),
    path("<uuid:pk>/again/", views.again, name="again"),
    path("<uuid:pk>/discard/", views.discard, name="discard"),
    path("<uuid:pk>/left-out.csv", views.left_out, name="left_out"),
]
