"""The door of the pages behind a link: who may pass, in which language, seen by whom."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from typing import Any, Concatenate
from urllib.parse import urlencode
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.dates import digits_for
from treffpunkt.core.subject import acting_as, subject_of
from treffpunkt.links.models import Link
from treffpunkt.links.queries import acted_through
from treffpunkt.links.services import LinkClosed, LinkExpired, find, holder, is_own_browser, take
from treffpunkt.ui.context import language_name
from treffpunkt.ui.pages import page

COOKIE = "treffpunkt_link"
COOKIE_AGE = 180 * 24 * 3600
# Purposes for which whoever holds a link may have a fresh one sent to them.
RENEWED = ("invitation", "minutes", "agreement", "poll")


@dataclass(frozen=True)
class LanguageLink:
    """A language the page can be read in, with the address that shows it."""

    code: str
    name: str
    url: str


@dataclass
class Guest:
    """Somebody who came through a link: what it is for, the browser it is read in, the language chosen."""

    request: HttpRequest
    token: str
    link: Link

    @cached_property
    def by(self) -> LinkHolder:
        """Give the agent with exactly the link's right."""
        return holder(self.link)

    @cached_property
    def is_known(self) -> bool:
        """Say whether this is the browser that answered first; only there names and answers are shown.

        A link that nobody acted through yet asks the others of the same person: her own browser knows one of them.
        """
        asked = [self.link] if self.link.browser_hash else [one for one in self._acted if one.revoked_at is None]
        key = self.request.COOKIES.get(COOKIE, "")
        return any(is_own_browser(link, _browser(key, link)) for link in asked)

    @cached_property
    def is_first(self) -> bool:
        """Say whether no browser has acted yet through any link of this person."""
        return not self.link.browser_hash and not self._acted

    @property
    def may_renew(self) -> bool:
        """Say whether a fresh link may be asked for through this one."""
        return self.link.purpose in RENEWED

    @property
    def is_elsewhere(self) -> bool:
        """Say whether another browser acted first, through this link or another of the same person."""
        return not (self.is_known or self.is_first or self.may_show)

    @property
    def may_show(self) -> bool:
        """Say whether this browser may become the one in which names and answers are shown: by a fresh link only."""
        return self.link.fresh and not self.link.browser_hash

    @property
    def asked(self) -> str:
        """Tell what became of the wish for a fresh link: "sent", "enough" for today, or nothing."""
        told = self.request.GET.get("fresh", "")
        return told if told in ("sent", "enough") else ""

    def remember(self, response: HttpResponse) -> None:
        """Bind the link to this browser, where no other was first, by a cookie that only these pages read."""
        key = self.request.COOKIES.get(COOKIE, "") or secrets.token_urlsafe(24)
        take(self.link, _browser(key, self.link))
        response.set_cookie(
            COOKIE, key, max_age=COOKIE_AGE, path="/l/", httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip

    def remember_answer(self, response: HttpResponse) -> None:
        """Bind the link to the browser that gave an answer, but not to one that is neither the first nor known."""
        if self.is_first or self.is_known:
            self.remember(response)

    def url(self, name: str = "link", **more: str) -> str:
        """Give the address of a page behind this link, in the language chosen."""
        query = {key: value for key, value in {**self.chosen, **more}.items() if value}
        address = reverse(f"portal:{name}", args=[self.token])
        return f"{address}?{urlencode(query)}" if query else address

    @cached_property
    def chosen(self) -> dict[str, str]:
        """Give what the reader chose by hand: language, whose clock and, in Arabic, the digits."""
        given = self.request.GET
        chosen = {"lang": given.get("lang", ""), "digits": given.get("digits", "")}
        zone = given.get("zone", "")
        return {
            "lang": chosen["lang"] if chosen["lang"] in settings.OUTSIDE_LANGUAGES else "",
            "digits": chosen["digits"] if chosen["digits"] in ("arab", "latn") else "",
            "zone": zone if "/" in zone and zone in known_zones() else "",
        }

    @cached_property
    def digits(self) -> str:
        """Name the digits an Arabic page is written with."""
        return self.chosen["digits"] or digits_for(self.request.headers.get("Accept-Language", ""))

    def language_links(self, name: str = "link", codes: tuple[str, ...] | None = None) -> list[LanguageLink]:
        """List the languages this page can be read in; Arabic once with each kind of digits."""
        links = []
        for code in codes or settings.OUTSIDE_LANGUAGES:
            url = self.url(name, lang=code, digits="")
            links.append(LanguageLink(code, language_name(code), url))
            if code == "ar" and translation.get_language() == "ar":
                other, label = ("arab", "العربية (١٢٣)") if self.digits == "latn" else ("latn", "العربية (123)")
                links.append(LanguageLink("ar", label, self.url(name, lang=code, digits=other)))
        return links

    @cached_property
    def _acted(self) -> list[Link]:
        """Give the other links of this person through which a browser acted; asked only where this one knows none."""
        holder_id = self.link.holder_id
        return acted_through(holder_id) if holder_id and not self.link.browser_hash else []


def _browser(key: str, link: Link) -> str:
    # Hashed with the link's id, so that two links opened in one browser cannot be joined.
    return f"{key}:{link.pk}" if key else ""


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Name every time zone there is."""
    return frozenset(available_timezones())


View = Callable[Concatenate[Guest, ...], HttpResponse]


def behind_link(*purposes: str, expired: bool = False) -> Callable[[View], Callable[..., HttpResponse]]:
    """Open a page only through a link of one of these purposes.

    With `expired` a link whose time is over opens it as well.
    """

    def wrap(view: View) -> Callable[..., HttpResponse]:
        @login_not_required
        @wraps(view)
        def handle(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                guest = Guest(request, token, _found(token, *purposes, expired=expired))
            except LinkExpired as error:
                response = over(Guest(request, token, error.link))
            except LinkClosed:
                response = closed(request)
            else:
                with acting_as(subject_of(guest.by)):
                    response = view(guest, *args, **kwargs)
            return response

        return handle

    return wrap


def _found(token: str, *purposes: str, expired: bool) -> Link:
    try:
        return find(token, *purposes)
    except LinkExpired as error:
        if not expired:
            raise
        return error.link


def speak(language: str) -> translation.override:
    """Speak a guest's language for the length of a block; one we have no texts in becomes English."""
    offered = settings.OUTSIDE_LANGUAGES
    base = language.lower().split("-")[0]
    return translation.override(next((code for code in (language.lower(), base) if code in offered), "en"))


def render(guest: Guest, template: str, context: dict[str, Any], *, status: int | None = None) -> HttpResponse:
    """Render a page for a guest in the language spoken at the moment."""
    given = {"guest": guest, "language_links": guest.language_links(), "digits": guest.digits}
    response = page(guest.request, template, given | context, status=status)
    response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    return response


def over(guest: Guest) -> HttpResponse:
    """Say in the holder's language that a link's time is over, and offer to send a fresh one (410)."""
    language = guest.chosen["lang"] or guest.link.language
    if guest.link.purpose not in RENEWED:
        return closed(guest.request, language)
    with speak(language or translation.get_language() or "en"):
        return render(guest, "portal/over.html", {"title": _("This link does not open any more")}, status=410)


def closed(request: HttpRequest, language: str = "") -> HttpResponse:
    """Say that a link does not open any more (410); why is not told, nor for whom or what it was."""
    asked = request.GET.get("lang", "")
    language = asked if asked in settings.OUTSIDE_LANGUAGES else language or translation.get_language() or "en"
    with speak(language):
        links = [LanguageLink(code, language_name(code), f"?lang={code}") for code in settings.OUTSIDE_LANGUAGES]
        response = page(
            request,
            "portal/closed.html",
            {"title": _("This link does not open any more"), "language_links": links},
            status=410,
        )
        response["Content-Language"] = translation.get_language() or language
    return response
