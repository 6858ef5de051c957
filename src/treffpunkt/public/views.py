"""What everybody may read: what this is, when meetings are, whom to ask, what is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from email.utils import parseaddr
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from treffpunkt.core.dates import digits_for, spoken_languages, spoken_when
from treffpunkt.core.text import localized
from treffpunkt.meetings import outside
from treffpunkt.meetings.feeds import feed
from treffpunkt.meetings.models import Meeting
from treffpunkt.ui.context import language_name
from treffpunkt.ui.pages import page

Page = Callable[..., HttpResponse]


def in_language(view: Page) -> Page:
    """Speak the language of the address, to anybody."""

    @login_not_required
    @wraps(view)
    def handle(request: HttpRequest, language: str) -> HttpResponse:
        with translation.override(language):
            response = view(request, language)
        response["Content-Language"] = language
        return response

    return handle


@require_safe
@in_language
def home(request: HttpRequest, language: str) -> HttpResponse:
    """Say what the programme is, when meetings are, and whom to ask."""
    context = {
        "title": settings.NETWORK_NAME,
        "seasons": _seasons(language, digits_for(request.headers.get("Accept-Language", ""))),
        "mail": parseaddr(settings.MAIL_FROM)[1],
    }
    return page(request, "public/home.html", context | language_links("public:home"))


@require_safe
@in_language
def calendar(request: HttpRequest, language: str) -> HttpResponse:
    """Give the dates to come as a calendar to subscribe to, with neutral titles."""
    text = feed(outside.public_meetings(), language)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@require_safe
@in_language
def privacy(request: HttpRequest, language: str) -> HttpResponse:
    """Say what is kept about whom, for how long, and how to have it erased."""
    context = {"title": _("Privacy"), "mail": parseaddr(settings.MAIL_FROM)[1], "language": language}
    return page(request, "public/privacy.html", context | language_links("public:privacy"))


def language_links(name: str) -> dict[str, Any]:
    """Give the addresses of a page in every language for outsiders."""
    codes = settings.OUTSIDE_LANGUAGES
    return {
        "language_links": [
            {"code": code, "name": language_name(code), "url": reverse(name, args=[code])} for code in codes
        ]
    }


def _seasons(language: str, digits: str) -> list[dict[str, Any]]:
    """List the series with a public title and the dates to come: of a meeting only when, and in what language."""
    dates: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    for meeting in outside.public_timetable():
        dates[meeting.series_id].append(_date(meeting, language, digits))  # type: ignore[index]
    return [
        {
            "title": localized(series.title, language),
            "contact": series.contact,
            "dates": dates[series.pk],
        }
        for series in outside.public_series()
    ]


def _date(meeting: Meeting, language: str, digits: str) -> dict[str, str]:
    return {
        "when": spoken_when(meeting.starts, meeting.zone, language, digits),
        "languages": spoken_languages(list(meeting.languages), language),
        "planned": (meeting.state == Meeting.State.DRAFT and "yes") or "",
        "online": (meeting.form != Meeting.Form.ON_SITE and "yes") or "",
    }
