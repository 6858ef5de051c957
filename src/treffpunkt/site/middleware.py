"""What surrounds every request: the reader's language, the database's subject, what may be cached."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone, translation

from treffpunkt.core.subject import NOBODY, acting_as, subject_of
from treffpunkt.people import sessions
from treffpunkt.post.holding import may_be_held

Handler = Callable[[HttpRequest], HttpResponse]


def readable(get_response: Handler) -> Handler:
    """Refuse addresses, cookies and headers with a NUL (400): no text of ours holds one, and PostgreSQL refuses it.

    What people send in forms is refused beside the field, or cleaned, where it is read.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        given = (text for name, texts in request.GET.lists() for text in (name, *texts))
        headers = (value for name, value in request.META.items() if name.startswith("HTTP_"))
        if any("\0" in text for text in (request.path_info, *given, *request.COOKIES.values(), *headers)):
            raise BadRequest
        return get_response(request)

    return handle


def no_store(get_response: Handler) -> Handler:
    """Keep every page that does not say otherwise out of shared and disk caches."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return handle


# What is in the address opens a door: a link of ours, or the way in of a colleague who was invited.
_SECRET = ("/l/", "/sign-in/invited/")


def secret_addresses(get_response: Handler) -> Handler:
    """Keep whatever is answered behind a link, errors too, out of caches, search engines and referrers."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(_SECRET):
            response["Cache-Control"] = "no-store"
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return handle


def permissions_policy(get_response: Handler) -> Handler:
    """Ask the browser for nothing that no page needs; only passkeys may be asked for, by our own pages."""
    unused = (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
        "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
    )  # fmt: skip
    said = ", ".join([*(f"{name}=()" for name in unused), "publickey-credentials-get=(self)"])

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", said)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return handle


def last_seen(get_response: Handler) -> Handler:
    """Note every few minutes that somebody is here, and with which browser."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and sessions.is_due(request.session):
            request.session[sessions.DEVICE] = sessions.device(request.headers.get("User-Agent", ""))
        return get_response(request)

    return handle


def reader_language(get_response: Handler) -> Handler:
    """Speak the reader's language: the account's, else the chosen one, else the browser's."""

    def handle(request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            language, zone = user.language, user.time_zone
        else:
            language, zone = translation.get_language_from_request(request), settings.TIME_ZONE
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response

    return handle


def database_subject(get_response: Handler) -> Handler:
    """Tell the database for whom this transaction reads, for row-level security.

    The setting is local to the transaction: a session-level one would leak through a pooler. Staff pages say whether
    messages are held back.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        with acting_as(subject_of(request.user) if request.user.is_authenticated else NOBODY):
            if request.user.is_authenticated:
                request.messages_held = may_be_held()  # type: ignore[attr-defined]
            return get_response(request)

    return handle


class Csrf(CsrfViewMiddleware):
    """Ask every form for its token, also on pages that tell nobody where a visitor comes from.

    The pages behind a link say "no-referrer", since their address is a secret; browsers then send `Origin: null` and
    no referrer with their forms. There the token in the form and its cookie prove enough: a foreign page knows
    neither, nor the address. An origin that is named must be ours everywhere.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        hidden = request.META.get("HTTP_ORIGIN") == "null" and _behind_link(request)
        return hidden or super()._origin_verified(request)  # type: ignore[misc,no-any-return]

    def _check_referer(self, request: HttpRequest) -> None:
        if request.META.get("HTTP_REFERER") or not _behind_link(request):
            super()._check_referer(request)  # type: ignore[misc]


def _behind_link(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and (match.namespace == "portal" or match.url_name == "invited"))
