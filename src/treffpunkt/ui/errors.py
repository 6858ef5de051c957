"""Pages for when something went wrong: what happened, why, and what to do, in the reader's language."""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import psycopg
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import language_direction
from treffpunkt.ui.context import Shell

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]


class _Bare(Shell):
    """A frame that knows nobody: it never asks the database."""

    theme = ""

    def __init__(self, request: HttpRequest, language: str) -> None:
        super().__init__(request)
        self.language = language
        self.direction = language_direction(language)


def _answer(request: HttpRequest, status: int, title: str, why: str, todo: str, **more: Any) -> HttpResponse:
    """Render an error page without context processors, so that it needs neither session nor database."""
    shell = _Bare(request, translation.get_language() or settings.LANGUAGE_CODE)
    context = {"shell": shell, "status": status, "title": title, "why": why, "todo": todo, **more}
    response = HttpResponse(get_template("ui/errors/error.html").render(context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def _in_readers_language(handler: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Speak the browser's language where something broke before the reader's own was known."""

    @wraps(handler)
    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if hasattr(request, "LANGUAGE_CODE"):
            return handler(request, *args, **kwargs)
        with translation.override(translation.get_language_from_request(request)):
            return handler(request, *args, **kwargs)

    return handle


@_in_readers_language
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form could not be read."""
    return _answer(
        request, 400, _("We could not read that"),
        _("The address or the form arrived incomplete."),
        _("Please go back and try again."),
    )  # fmt: skip


@_in_readers_language
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed."""
    return _answer(
        request, 403, _("You may not open this"),
        _("It belongs to a community or a role that is not yours."),
        _("If you need it for your work, ask the coordination."),
    )  # fmt: skip


@_in_readers_language
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old or came from elsewhere."""
    return _answer(
        request, 403, _("This form has expired"),
        _("The page was open for too long, or cookies are switched off."),
        _("Please go back, reload the page and send it again. Nothing was saved."),
    )  # fmt: skip


@_in_readers_language
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing that the reader may see."""
    return _answer(
        request, 404, _("There is nothing here"),
        _("The address is mistyped, the record was removed, or it is not visible to you."),
        _("Please check the address or start again from the first page."),
    )  # fmt: skip


@_in_readers_language
def not_processed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """422: understood, but a rule of the field forbids it."""
    message = getattr(exception, "message", None)
    return _answer(
        request, 422, _("That does not work here"),
        str(message) if message else _("What you sent does not fit what is stored."),
        _("Please go back, check what you entered and try again. Nothing was saved."),
    )  # fmt: skip


@_in_readers_language
def too_many(request: HttpRequest, exception: Exception | None = None, *, seconds: int = 60) -> HttpResponse:
    """429: too many attempts in a short time."""
    response = _answer(
        request, 429, _("That was too often"),
        _("There were many attempts in a short time. We pause to protect the accounts."),
        _wait(seconds),
    )  # fmt: skip
    response["Retry-After"] = str(seconds)
    return response


def _wait(seconds: int) -> str:
    minutes = -(-seconds // 60)
    text = ngettext("Please try again in a minute.", "Please try again in %(number)d minutes.", minutes)
    return text % {"number": minutes}


@_in_readers_language
def broken(request: HttpRequest) -> HttpResponse:
    """500: our mistake; or 503 where the database is away or the disk is full."""
    error = sys.exc_info()[1]
    if _is_full(error):
        return full(request)
    if isinstance(error, (OperationalError, InterfaceError)):
        return away(request)
    return _answer(
        request, 500, _("Something broke on our side"),
        _("It is not your fault. The mistake has been written down for the people who run this."),
        _("Please try again in a moment. If it happens again, tell the system administration the time."),
    )  # fmt: skip


@_in_readers_language
def away(request: HttpRequest) -> HttpResponse:
    """503: the database does not answer."""
    response = _answer(
        request, 503, _("We are away for a moment"),
        _("The database does not answer. This happens during updates and backups."),
        _("Please try again in a minute. Nothing you saved is lost."),
    )  # fmt: skip
    response["Retry-After"] = "30"
    return response


@_in_readers_language
def full(request: HttpRequest) -> HttpResponse:
    """503: there is no room left to write."""
    response = _answer(
        request, 503, _("We cannot save just now"),
        _("The disk on which everything is stored is full."),
        _("Please tell the system administration and try again later. Nothing you saved before is lost."),
    )  # fmt: skip
    response["Retry-After"] = "300"
    return response


def _is_full(error: BaseException | None) -> bool:
    return isinstance(error.__cause__ if isinstance(error, OperationalError) else error, psycopg.errors.DiskFull) or (
        isinstance(error, OSError) and error.errno == errno.ENOSPC
    )


def refused(get_response: Handler) -> Handler:
    """Say what a rule of the field forbids (409) where no page says it: a button pressed twice, a page left open."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        return _answer(
            request, 409, _("That is not possible now"),
            str(exception.message),
            _("Please go back and load the page again: something has changed since it was opened."),
        )  # fmt: skip

    setattr(handle, "process_exception", process_exception)  # noqa: B010 - where Django looks for it
    return handle


def database_away(get_response: Handler) -> Handler:
    """Answer 503 in the browser's language when the database cannot be reached.

    What fails in a view or deeper is answered by `broken`; this is for middleware that Django does not wrap.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        try:
            return get_response(request)
        except (OperationalError, InterfaceError) as error:
            # One line: there may be hundreds a minute, and what went wrong stands in the database's own log.
            logger.error("the database does not answer (%s)", type(error.__cause__ or error).__name__)
            return full(request) if _is_full(error) else away(request)

    return handle
