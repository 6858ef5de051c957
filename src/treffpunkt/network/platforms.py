"""How the addresses of each platform name a space."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import quote

from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError

_ID_AT_END = re.compile(r"(?:.*-)?(\d{5,})")
_HANDLE = re.compile(r"[\w.-]{1,100}")
_TELEGRAM_WEB = re.compile(r"web[akz]?\.")


@dataclass(frozen=True)
class Recognised:
    """A space's address in its one spelling, the platform it is on, its kind ("" where it does not tell)."""

    platform: str
    kind: str
    address: str


@dataclass(frozen=True)
class Parts:
    """An address taken apart: host in lower case, the steps of its path decoded, the first value of each parameter."""

    host: str
    steps: tuple[str, ...]
    query: dict[str, str]
    fragment: str

    def step(self, number: int) -> str:
        """Give a step of the path, empty where there is none."""
        return self.steps[number] if number < len(self.steps) else ""


Reader = Callable[[Parts], Recognised]


def reader_of(host: str) -> Reader | None:
    """Find who reads the addresses of a host."""
    for pattern, reader in _HOSTS:
        if pattern.fullmatch(host):
            return reader
    return None


def by_handle(text: str, platform: str) -> Recognised | None:
    """Read a bare handle as people write it: r/berlin, or @name where the platform is known."""
    if match := re.fullmatch(r"/?r/(\w{2,40})/?", text, re.IGNORECASE):
        return _subreddit(match.group(1))
    match = re.fullmatch(r"@([\w.-]{2,60})", text)
    if match is None or platform not in _BY_HANDLE:
        return None
    kind, pattern = _BY_HANDLE[platform]
    return Recognised(platform, kind, pattern % _low(match.group(1)))


def _facebook(url: Parts) -> Recognised:
    first, second, third = url.step(0).lower(), url.step(1), url.step(2)
    site = "https://www.facebook.com"
    if first == "groups" and second:
        return Recognised("facebook", "group", f"{site}/groups/{_low(second)}")
    if first == "group.php" and url.query.get("gid", "").isdecimal():
        return Recognised("facebook", "group", f"{site}/groups/{url.query['gid']}")
    if first in ("profile.php", "permalink.php", "story.php") and url.query.get("id", "").isdecimal():
        return Recognised(
            "facebook",
            "profile" if first == "profile.php" else "",
            f"{site}/{url.query['id']}",
        )
    if first == "people" and third.isdecimal():
        return Recognised("facebook", "profile", f"{site}/{third}")
    if first in ("pages", "p", "pg"):
        return Recognised("facebook", "page", f"{site}/{_page_name(url)}")
    if first == "share":
        if second.lower() in ("p", "v", "r", "s", "event"):
            _single_post()
        code = third if second.lower() == "g" else second
        if code:
            # The code hides its target; upper and lower case differ in it.
            is_group = second.lower() == "g"
            return Recognised(
                "facebook",
                "group" if is_group else "",
                f"{site}/share/{'g/' if is_group else ''}{_code(code)}",
            )
    if not first:
        _names_nothing()
    if first in _FACEBOOK_WORDS or first.endswith(".php"):
        _single_post()
    return Recognised("facebook", "", f"{site}/{_low(first)}")


def _page_name(url: Parts) -> str:
    """Find a page's number or name in /pages/Name/1234, /pages/category/Kind/Name-1234/, /p/Name-1234 and /pg/name."""
    steps = list(url.steps[1:])
    if steps and steps[0].lower() == "category":
        steps = steps[2:]
    if not steps:
        _names_nothing()
    for step in steps[:2]:
        if match := _ID_AT_END.fullmatch(step):
            return match.group(1)
    return _low(steps[0])


def _facebook_short(url: Parts) -> Recognised:
    if url.step(0).lower() == "g" and url.step(1):
        return Recognised("facebook", "group", f"https://fb.me/g/{_code(url.step(1))}")
    if len(url.step(0)) == 1:
        _single_post()
    return _facebook(url)


def _instagram(url: Parts) -> Recognised:
    steps = [step for step in url.steps if step.lower() not in ("_u", "_n", "stories", "m")]
    if not steps:
        _names_nothing()
    if steps[0].lower() == "channel" and len(steps) > 1:
        return Recognised(
            "instagram",
            "channel",
            f"https://www.instagram.com/channel/{_code(steps[1])}",
        )
    if steps[0].lower() in (
        "p",
        "reel",
        "reels",
        "tv",
        "explore",
        "accounts",
        "direct",
        "highlights",
        "share",
    ):
        _single_post()
    return Recognised(
        "instagram",
        "profile",
        f"https://www.instagram.com/{_low(steps[0].removeprefix('@'))}",
    )


def _youtube(url: Parts) -> Recognised:
    first, second = url.step(0), url.step(1)
    if not first:
        _names_nothing()
    site = "https://www.youtube.com"
    if first.startswith("@") and len(first) > 1:
        return Recognised("youtube", "channel", f"{site}/@{_low(first[1:])}")
    if first.lower() == "channel" and second:
        return Recognised("youtube", "channel", f"{site}/channel/{_code(second)}")
    if first.lower() in ("c", "user") and second:
        return Recognised("youtube", "channel", f"{site}/{first.lower()}/{_low(second)}")
    if first.lower() in (
        "watch",
        "shorts",
        "live",
        "playlist",
        "embed",
        "v",
        "clip",
        "post",
        "results",
        "feed",
        "hashtag",
    ):
        _single_post()
    return Recognised("youtube", "channel", f"{site}/c/{_low(first)}")


def _telegram(url: Parts) -> Recognised:
    steps = list(url.steps)
    own = re.fullmatch(r"([\w-]{4,})\.t\.me", url.host)
    if own and own.group(1) not in ("www", "web"):
        steps.insert(0, own.group(1))
    if _TELEGRAM_WEB.match(url.host):
        steps = _opened_in_telegram_web(url.fragment)
    preview = bool(steps) and steps[0].lower() == "s" and len(steps) > 1
    if preview:
        steps.pop(0)
    if not steps:
        _names_nothing()
    first, second = steps[0], steps[1] if len(steps) > 1 else ""
    if first.lower() == "joinchat" and second:
        first = f"+{second}"
    if first[0] in "+ " and len(first) > 1:
        code = _code(first[1:].lstrip("+ "))
        if code.isdecimal():
            _phone_number()
        return Recognised("telegram", "", f"https://t.me/+{code}")
    if first.lower() == "c" and second.isdecimal():
        return Recognised("telegram", "", f"https://t.me/c/{second}")
    if (
        first.lower()
        in (
            "share",
            "addlist",
            "addstickers",
            "proxy",
            "iv",
            "login",
            "c",
            "joinchat",
            "s",
        )
        or first == "+"
    ):
        _single_post()
    # Only a channel has a preview in the browser; a handle alone may as well be a group.
    return Recognised(
        "telegram",
        "channel" if preview else "",
        f"https://t.me/{_low(first.removeprefix('@'))}",
    )


def _opened_in_telegram_web(fragment: str) -> list[str]:
    """Give the steps of the address that the web app has open: its path names the version of the app, not a group.

    A short number may be a group, a channel or somebody's own chat, and says so only to whoever is signed in.
    """
    if match := re.fullmatch(r"-100(\d+)(?:_\d+)?", fragment):
        return ["c", match.group(1)]
    match = re.match(r"@?([a-z]\w{3,})", fragment, re.IGNORECASE)
    return [match.group(1)] if match else []


def _whatsapp(url: Parts) -> Recognised:
    host = url.host.removeprefix("www.")
    steps = [step for step in url.steps if step.lower() != "invite"]
    if url.step(0).lower() == "channel" and url.step(1):
        return Recognised(
            "whatsapp",
            "channel",
            f"https://www.whatsapp.com/channel/{_code(url.step(1))}",
        )
    if host.startswith("chat.") and steps:
        return Recognised("whatsapp", "group", f"https://chat.whatsapp.com/{_code(steps[0])}")
    if url.step(0).lower() == "accept" and url.query.get("code"):
        return Recognised("whatsapp", "group", f"https://chat.whatsapp.com/{_code(url.query['code'])}")
    if host.startswith(("wa.me", "api.")) or url.step(0).lower() == "send":
        _phone_number()
    return _names_nothing()


def _tiktok(url: Parts) -> Recognised:
    first, second = url.step(0), url.step(1)
    if re.match(r"v[mt]\.", url.host) and first:
        return Recognised("tiktok", "profile", f"https://vm.tiktok.com/{_code(first)}")
    if first.lower() == "t" and second:
        return Recognised("tiktok", "profile", f"https://vm.tiktok.com/{_code(second)}")
    if first.startswith("@") and len(first) > 1:
        return Recognised("tiktok", "profile", f"https://www.tiktok.com/@{_low(first[1:])}")
    if first:
        _single_post()
    return _names_nothing()


def _reddit(url: Parts) -> Recognised:
    first, second = url.step(0).lower(), url.step(1)
    if first == "r" and second:
        return _subreddit(second)
    if first in ("u", "user") and second:
        return Recognised("reddit", "profile", f"https://www.reddit.com/user/{_low(second)}")
    if first:
        _single_post()
    return _names_nothing()


def _subreddit(name: str) -> Recognised:
    return Recognised("reddit", "forum", f"https://www.reddit.com/r/{_low(name)}")


def _messenger(url: Parts) -> Recognised:
    if url.step(0).lower() == "j":
        return (
            Recognised("facebook", "group", f"https://m.me/j/{_code(url.step(1))}") if url.step(1) else _names_nothing()
        )
    return _facebook(url)


def _low(name: str) -> str:
    """Write a name whose case does not matter; letters of other scripts are encoded as a browser sends them."""
    name = name.strip().lower()
    if not name:
        _names_nothing()
    return quote(name, safe="._-~+")


def _code(code: str) -> str:
    """Write an invitation's code, in which upper and lower case differ."""
    code = code.strip()
    if not code:
        _names_nothing()
    return quote(code, safe="._-~")


def _single_post() -> NoReturn:
    raise DomainError(
        _("This leads to a single post or page. Please copy the address of the group, page or channel itself.")
    )


def _phone_number() -> NoReturn:
    raise DomainError(_("This is somebody's phone number, not a space. Please enter it with the person."))


def _names_nothing() -> NoReturn:
    raise DomainError(
        _("This is only the platform's start page. Please copy the address of the group, page or channel.")
    )


_FACEBOOK_WORDS = frozenset(
    [
        "home",
        "login",
        "watch",
        "reel",
        "reels",
        "events",
        "event",
        "marketplace",
        "photo",
        "photos",
        "gaming",
        "stories",
        "story",
        "hashtag",
        "help",
        "policies",
        "business",
        "messages",
        "notifications",
        "friends",
        "groups",
        "people",
        "pages",
        "share",
        "sharer",
        "search",
        "bookmarks",
        "saved",
        "media",
        "posts",
        "videos",
    ]
)
_HOSTS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"(?:.+\.)?(?:facebook|fb)\.com"), _facebook),
    (re.compile(r"(?:www\.)?fb\.me"), _facebook_short),
    (re.compile(r"(?:www\.)?m\.me"), _messenger),
    (re.compile(r"(?:www\.)?fb\.watch"), lambda url: _single_post()),
    (re.compile(r"(?:.+\.)?(?:instagram\.com|instagr\.am|ig\.me)"), _instagram),
    (re.compile(r"(?:www\.|m\.|music\.|gaming\.)?youtube\.com"), _youtube),
    (re.compile(r"(?:www\.)?youtu\.be"), lambda url: _single_post()),
    (re.compile(r"(?:.+\.)?(?:t\.me|telegram\.(?:me|dog|org))"), _telegram),
    (re.compile(r"(?:.+\.)?(?:whatsapp\.com|wa\.me)"), _whatsapp),
    (re.compile(r"(?:.+\.)?tiktok\.com"), _tiktok),
    (re.compile(r"(?:.+\.)?reddit\.com"), _reddit),
    (re.compile(r"(?:.+\.)?redd\.it"), lambda url: _single_post()),
)
_BY_HANDLE = {
    "telegram": ("", "https://t.me/%s"),
    "instagram": ("profile", "https://www.instagram.com/%s"),
    "tiktok": ("profile", "https://www.tiktok.com/@%s"),
    "youtube": ("channel", "https://www.youtube.com/@%s"),
    "reddit": ("forum", "https://www.reddit.com/r/%s"),
}
