"""Messages out: the Outbox, and the texts that staff send by hand."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.post import holding, views

app_name = "post"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("by-hand/", views.by_hand, name="by_hand"),
    path("held/", holding.held, name="held"),
    path("held/go/", holding.go, name="go"),
    path("demo/", views.demo, name="demo"),
    path("<uuid:pk>/", views.message, name="message"),
    path("<uuid:pk>/sent/", views.sent, name="sent"),
    path("<uuid:pk>/back/", views.back, name="back"),
    path("<uuid:pk>/again/", views.again, name="again"),
]
