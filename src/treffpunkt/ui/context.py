"""What the frame around every page needs: language, direction, theme, menu, counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.text import language_direction

Count = Callable[[HttpRequest], int]


@dataclass(frozen=True)
class Place:
    """A line of a menu; it shows only where its address exists and `may` allows it."""

    icon: str
    label: str | Promise
    url_name: str
    under: Sequence[Place] = ()
    may: Callable[[HttpRequest], bool] | None = None


@dataclass(frozen=True)
class Link:
    """A line of a menu as the page shows it, in the reader's language."""

    icon: str
    label: str
    url: str
    current: bool
    count: int = 0
    under: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Notice:
    """Something that staff must know on every page, with the way to what they can do about it."""

    text: str
    url: str
    action: str
    kind: str = "attention"
    icon: str = "circle-alert"


def _coordinates(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_coordinator", False))


def _counsels(request: HttpRequest) -> bool:
    return bool({"coordinator", "counsellor"} & set(getattr(request.user, "roles", ())))


def _looks_after(request: HttpRequest) -> bool:
    return "system_administrator" in getattr(request.user, "roles", ())


# The house's menu. New modules add their line here; it appears as soon as the address exists.
MENU = (
    Place(icon="sun", label=_("Today"), url_name="web:today"),
    Place(
        icon="waypoints",
        label=_("Network"),
        url_name="web:network:home",
        under=(
            Place(icon="footprints", label=_("Daily round"), url_name="web:network:round", may=_counsels),
            Place(icon="messages-square", label=_("Groups and channels"), url_name="web:network:spaces"),
            Place(icon="map", label=_("Map"), url_name="web:network:map"),
            Place(icon="user-round", label=_("People"), url_name="web:network:actors"),
            Place(icon="building-2", label=_("Organisations"), url_name="web:network:organisations"),
            Place(icon="languages", label=_("Communities"), url_name="web:network:communities"),
            Place(icon="id-card", label=_("Profiles"), url_name="web:network:profiles", may=_counsels),
        ),
    ),
    Place(icon="users-round", label=_("Meetings"), url_name="web:meetings:list"),
    Place(
        icon="handshake",
        label=_("Agreements"),
        url_name="web:agreements:list",
        under=(
            Place(icon="circle-check", label=_("May I?"), url_name="web:access:may_i", may=_counsels),
            Place(icon="radar", label=_("Access health"), url_name="web:access:health", may=_counsels),
            Place(icon="key-round", label=_("Granted rights"), url_name="web:access:rights", may=_counsels),
            Place(icon="handshake", label=_("Promises"), url_name="web:access:promises", may=_counsels),
            Place(icon="venus", label=_("Women's needs"), url_name="web:access:women", may=_counsels),
            Place(icon="arrow-right-left", label=_("Handing over"), url_name="web:access:languages", may=_counsels),
        ),
    ),
    Place(icon="message-circle-question-mark", label=_("Questions"), url_name="web:questions:list"),
    Place(icon="book-open-text", label=_("Knowledge"), url_name="web:knowledge:list"),
    Place(icon="signpost", label=_("Referrals"), url_name="web:referrals:list"),
    Place(icon="sprout", label=_("Needs and incidents"), url_name="web:needs:list"),
    Place(icon="chart-column", label=_("Reports"), url_name="web:reports:list"),
    Place(icon="list-checks", label=_("Tasks"), url_name="web:tasks:list"),
)
SIDE = (
    Place(icon="mail", label=_("Outbox"), url_name="web:post:outbox"),
    Place(icon="server", label=_("System"), url_name="web:system:home", may=_looks_after),
    Place(icon="settings", label=_("Settings"), url_name="web:settings:home"),
)
ADD = (
    Place(icon="phone", label=_("Log a contact"), url_name="web:network:log_contact"),
    Place(icon="message-circle-question-mark", label=_("Log a question"), url_name="web:questions:add"),
    Place(icon="messages-square", label=_("Group or channel"), url_name="web:network:add_space"),
    Place(icon="user-round-plus", label=_("Person"), url_name="web:network:add_actor"),
    Place(icon="building-2", label=_("Organisation"), url_name="web:network:add_organisation"),
    Place(icon="calendar-plus", label=_("Meeting"), url_name="web:meetings:add"),
    Place(icon="handshake", label=_("Agreement"), url_name="web:agreements:add"),
    Place(icon="list-plus", label=_("Task"), url_name="web:tasks:add"),
    Place(icon="upload", label=_("Import a file"), url_name="web:intake:upload", may=_coordinates),
)
DOCK = ("web:today", "web:network:home", "web:meetings:list")
# Whoever counsels is on her round more often than anywhere else.
DOCK_OF_COUNSELLING = ("web:today", "web:network:round", "web:meetings:list")
COUNT_SECONDS = 60

_counts: dict[str, Count] = {}
_notices: list[Callable[[HttpRequest], Notice | None]] = []


def register_count(url_name: str, count: Count) -> None:
    """Show a number beside a line of the menu; it is asked for once a minute for each reader."""
    _counts[url_name] = count


def register_notice(notice: Callable[[HttpRequest], Notice | None]) -> None:
    """Show a notice on every staff page for as long as it gives one; it is asked for with each page."""
    _notices.append(notice)


@lru_cache(maxsize=256)
def address(url_name: str, urlconf: str) -> str | None:
    """Give the address of a page without parameters, or nothing while it does not exist."""
    try:
        return reverse(url_name, urlconf=urlconf)
    except NoReverseMatch:
        return None


@dataclass(frozen=True)
class Language:
    """A language the reader may choose, named in itself."""

    code: str
    name: str
    current: bool


class Shell:
    """The frame of one request; every part is worked out only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def language(self) -> str:
        """Name the page's language."""
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def direction(self) -> str:
        """Name the page's direction."""
        return language_direction(self.language)

    @cached_property
    def theme(self) -> str:
        """Name the theme staff chose; empty where the device decides. Never asks the database anew."""
        user = getattr(self.request, "user", None)
        return getattr(user, "theme", "") or ""

    @property
    def network_name(self) -> str:
        """Name the network this installation serves."""
        return str(getattr(settings, "NETWORK_NAME", ""))

    @property
    def search_url(self) -> str | None:
        """Give the address of the search."""
        return self.address("web:search:results")

    @property
    def suggest_url(self) -> str | None:
        """Give the address that suggests records while somebody types."""
        return self.address("web:search:suggest")

    @property
    def language_url(self) -> str | None:
        """Give the address that takes the choice of a language."""
        return self.address("ui:language")

    @property
    def sign_in_url(self) -> str:
        """Give the address where people sign in."""
        return self.address(settings.LOGIN_URL) or ""

    @property
    def sign_out_url(self) -> str | None:
        """Give the address that signs the reader out."""
        return self.address("account_logout")

    @property
    def profile_url(self) -> str | None:
        """Give the address of the reader's own settings."""
        return self.address("web:settings:profile") or self.address("web:settings:home")

    @cached_property
    def languages(self) -> list[Language]:
        """List the languages this reader may choose."""
        user = getattr(self.request, "user", None)
        codes = settings.STAFF_LANGUAGES if user and user.is_authenticated else settings.OUTSIDE_LANGUAGES
        return [Language(code, language_name(code), code == self.language) for code in codes]

    @cached_property
    def language_name(self) -> str:
        """Name the page's language in itself."""
        return language_name(self.language)

    @cached_property
    def menu(self) -> tuple[Link, ...]:
        """List the places of the main menu."""
        return tuple(self._links(MENU))

    @cached_property
    def side(self) -> tuple[Link, ...]:
        """List the places below the main menu."""
        return tuple(self._links(SIDE))

    @cached_property
    def add(self) -> tuple[Link, ...]:
        """List what can be entered from anywhere."""
        return tuple(self._links(ADD))

    @cached_property
    def dock(self) -> tuple[Link, ...]:
        """List the three places at the thumb."""
        names = DOCK if _coordinates(self.request) or not _counsels(self.request) else DOCK_OF_COUNSELLING
        wanted = [self.address(name) for name in names]
        places = [link for place in self.menu for link in (place, *place.under)]
        return tuple(replace(link, under=(), count=0) for link in places if link.url in wanted)

    @cached_property
    def notices(self) -> list[Notice]:
        """List what staff must know wherever they are."""
        return [found for notice in _notices if (found := notice(self.request)) is not None]

    @property
    def dock_start(self) -> tuple[Link, ...]:
        """List the places before "add"."""
        return self.dock[:2]

    @property
    def dock_end(self) -> tuple[Link, ...]:
        """List the places after "add"."""
        return self.dock[2:]

    def address(self, url_name: str) -> str | None:
        """Give the address of a page without parameters, or nothing while it does not exist."""
        return address(url_name, getattr(self.request, "urlconf", None) or settings.ROOT_URLCONF)

    def _links(self, places: Sequence[Place]) -> Iterator[Link]:
        shown = [
            (place, tuple(self._links(place.under)), self.address(place.url_name))
            for place in places
            if place.may is None or place.may(self.request)
        ]
        # Of places whose addresses begin alike only the nearest is where the reader is.
        here = max((url for _, _, url in shown if url and self._is_current(url)), key=len, default=None)
        for place, under, own in shown:
            if url := own or (under[0].url if under else None):
                current = url == here or any(link.current for link in under)
                yield Link(place.icon, str(place.label), url, current, self._count(place.url_name), under)

    def _is_current(self, url: str) -> bool:
        path = self.request.path
        return path == url or (url != "/" and path.startswith(url if url.endswith("/") else f"{url}/"))

    def _count(self, url_name: str) -> int:
        count = _counts.get(url_name)
        user = getattr(self.request, "user", None)
        if count is None or user is None or not user.is_authenticated:
            return 0
        return int(cache.get_or_set(f"ui.count.{url_name}.{user.pk}", lambda: count(self.request), COUNT_SECONDS) or 0)


@lru_cache(maxsize=64)
def language_name(code: str) -> str:
    """Name a language in itself."""
    try:
        name = str(get_language_info(code)["name_local"])
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Hand the frame to every template; costs nothing until it is used."""
    return {"shell": Shell(request)}
