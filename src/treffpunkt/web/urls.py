"""The addresses of the staff pages: one line a subject."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from treffpunkt.web.today.views import today

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", today, name="today"),
    path("access/", include("treffpunkt.web.access.urls")),
    path("agreements/", include("treffpunkt.web.agreements.urls")),
    path("import/", include("treffpunkt.web.intake.urls")),
    path("meetings/", include("treffpunkt.web.meetings.urls")),
    path("network/", include("treffpunkt.web.network.urls")),
    path("outbox/", include("treffpunkt.web.post.urls")),
    path("tasks/", include("treffpunkt.web.tasks.urls")),
    path("search/", include("treffpunkt.web.search.urls")),
    path("topics/", include("treffpunkt.web.vocabulary.urls")),
    path("settings/", include("treffpunkt.web.settings.urls")),
    path("system/", include("treffpunkt.web.system.urls")),
    path("", include("treffpunkt.web.watching.urls")),
]
