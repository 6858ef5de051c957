"""The addresses of the public pages: one of each in every language for outsiders."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, path, register_converter

from treffpunkt.public import profiles, views


class OutsideLanguage:
    """A language outsiders read; any other address is not ours."""

    regex = "|".join(settings.OUTSIDE_LANGUAGES)

    def to_python(self, value: str) -> str:
        """Take the tag as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Write the tag; a language we have no texts in becomes English."""
        return value if value in settings.OUTSIDE_LANGUAGES else "en"


register_converter(OutsideLanguage, "outside")

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<outside:language>/", views.home, name="home"),
    path("<outside:language>/meetings.ics", views.calendar, name="calendar"),
    path("<outside:language>/privacy/", views.privacy, name="privacy"),
    path("<outside:language>/profile/", profiles.profile, name="profile"),
]
