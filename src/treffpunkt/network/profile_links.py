"""Professional profiles in whatever people paste: every spelling of one leads to the same canonical address.

Beyond what names a space (`addresses`), a profile may be a phone number, a member seen inside a group, an account on
a platform without spaces of ours, or a link in the middle of a sentence. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlsplit

import phonenumbers

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import tidy
from treffpunkt.network.addresses import recognise

_FACEBOOK = "https://www.facebook.com"
# In a sentence: an address with or without its scheme, else a handle, else a phone number.
_LINK = re.compile(
    r"(?:(?:https?|tg|whatsapp|fb|sgnl|intent|view-source):\S+|(?<![@\w.])(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/\S*)?)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w./])@([\w.-]{2,60})")
_NUMBER = re.compile(r"(?:\+|00|0)[\d\s()/.\-\u2010-\u2015]{6,24}\d")
_AROUND = "<>()[]{}\"'„“”«»‚‘’.,;:!?؟، "
# Where a bare handle may belong: on these the name is the whole address.
_BY_NAME = ("instagram", "tiktok", "telegram", "youtube")
# Short links and links made for sharing tell nothing of where they lead.
_SHORT = frozenset(
    [
        "bit.ly", "t.co", "tinyurl.com", "goo.gl", "ow.ly", "is.gd", "v.gd", "lnkd.in", "buff.ly", "rb.gy", "cutt.ly",
        "t.ly", "shorturl.at", "rebrand.ly", "linktr.ee", "l.ead.me", "s.id", "vm.tiktok.com", "vt.tiktok.com",
        "wa.link", "on.fb.me", "youtu.be", "redd.it", "fb.watch",
    ]
)  # fmt: skip
_SHARED = re.compile(rf"{re.escape(_FACEBOOK)}/share/.+|https://vm\.tiktok\.com/.+|https://t\.me/\+.+")
_SHOWN_IN = (
    re.compile(r"groups/[^/]+/user/([\w.]{3,80})"),
    re.compile(r"(?:messages/)?(?:e2ee/)?t/([\w.]{3,80})"),
)
# What stands in a profile's own place but is a page of the platform.
_NOT_A_NAME = frozenset(["home", "i", "search", "explore", "settings", "login", "intent", "share", "hashtag", "feed"])


@dataclass(frozen=True)
class Pasted:
    """What a pasted text says: the canonical addresses it may mean, and whether it hides where it leads."""

    addresses: tuple[str, ...] = ()
    hidden: bool = False
    # Only a name or a number: it does not say on which platform.
    bare: bool = False


def read(text: str) -> Pasted:
    """Read a pasted text: a link in any spelling, a handle, a phone number; empty where none is in it."""
    text = tidy(text)
    if match := _LINK.search(text):
        found = _of_link(match.group().strip(_AROUND))
        if re.search(r"[:/]", match.group()):
            return found
        # A name with a full stop in it, "hala.beratung", looks like a host and may be either.
        return Pasted((*found.addresses, *_of_handle(match.group().strip(_AROUND))), bare=True)
    if match := _HANDLE.search(text):
        return Pasted(tuple(_of_handle(match.group(1).rstrip("."))), bare=True)
    if match := _NUMBER.search(text):
        return Pasted(tuple(_of_number(match.group())), bare=True)
    word = text.strip(_AROUND)
    if re.fullmatch(r"[\w.-]{2,60}", word):
        return Pasted(tuple(_of_handle(word)), bare=True)
    return Pasted()


def canonical(text: str, platform: str = "") -> str:
    """Give the one address under which a profile is kept; empty where the text does not tell which profile it is.

    `platform` says where a bare handle or a phone number belongs.
    """
    text = tidy(text)
    if platform and (name := re.fullmatch(r"@?([\w.-]{2,60})", text)) and not _looks_like_a_link(text):
        return next(iter(_of_handle(name.group(1), platform)), "")
    if platform in ("whatsapp", "telegram", "other") and _NUMBER.fullmatch(text):
        return next(iter(_of_number(text, platform)), "")
    found = read(text)
    return "" if found.hidden or found.bare or len(found.addresses) != 1 else found.addresses[0]


def _looks_like_a_link(text: str) -> bool:
    return "/" in text or (_LINK.fullmatch(text) is not None and text.rpartition(".")[2] in ("com", "me", "net", "org"))


def _of_link(text: str) -> Pasted:
    try:
        url = urlsplit(text if re.match(r"[a-z-]+:", text, re.IGNORECASE) else f"https://{text}")
        whole = (url.hostname or "").lower()
    except ValueError:
        return Pasted()
    host = re.sub(r"^(?:www|m|mobile|touch|web|[a-z]{2})\.(?=.+\.)", "", whole)
    steps = [tidy(unquote(step)) for step in url.path.split("/") if step]
    if _SHORT & {host, whole} or (host == "wa.me" and steps[:1] in (["qr"], ["message"])):
        return Pasted(hidden=True)
    own = _number_in(host, steps, url.query, url.fragment) or _in_chat(host, steps) or _elsewhere(host, steps)
    if own:
        return Pasted((own,))
    try:
        found = recognise(text)
    except DomainError:
        return Pasted()
    if found is None:
        return Pasted()
    if _SHARED.fullmatch(found.address):
        return Pasted(hidden=True)
    return Pasted((found.address,))


def _number_in(host: str, steps: list[str], query: str, fragment: str) -> str:
    """Read the phone number of a chat link."""
    given = parse_qs(query)
    number = ""
    if host == "wa.me" and steps and steps[0].lstrip("+").isdecimal():
        number = steps[0]
    elif host in ("api.whatsapp.com", "whatsapp.com", "send", ""):
        number = given.get("phone", [""])[0]
    elif host == "signal.me" and fragment.startswith("p/"):
        return next(iter(_of_number(fragment[2:], "other")), "")
    elif host == "t.me" and steps and re.fullmatch(r"\+\d{7,15}", steps[0]):
        return next(iter(_of_number(steps[0], "telegram")), "")
    digits = re.sub(r"\D", "", number)
    return f"https://wa.me/{digits}" if 7 <= len(digits) <= 15 else ""


def _in_chat(host: str, steps: list[str]) -> str:
    """Read whose profile is shown inside a Facebook group or a Messenger chat."""
    if host in ("facebook.com", "fb.com", "messenger.com"):
        for pattern in _SHOWN_IN:
            if match := pattern.match("/".join(steps).lower()):
                return f"{_FACEBOOK}/{match.group(1)}"
    return ""


def _elsewhere(host: str, steps: list[str]) -> str:
    """Read an account on a platform where no spaces of ours are."""
    first, second = [*(step.lower() for step in steps[:2]), "", ""][:2]
    name = ""
    if host == "linkedin.com" and first in ("in", "company") and second:
        name = f"https://www.linkedin.com/{first}/{quote(second)}"
    elif host in ("x.com", "twitter.com") and re.fullmatch(r"@?\w{1,15}", first) and first not in _NOT_A_NAME:
        name = f"https://x.com/{first.removeprefix('@')}"
    elif host in ("threads.net", "threads.com") and first.startswith("@") and first[1:]:
        name = f"https://www.threads.net/{quote(first, safe='@._-')}"
    elif host == "bsky.app" and first == "profile" and second:
        name = f"https://bsky.app/profile/{quote(second)}"
    elif host == "snapchat.com" and first in ("add", "t") and second:
        name = f"https://www.snapchat.com/add/{quote(second)}"
    elif host in ("vk.com", "vk.ru") and re.fullmatch(r"[\w.]{2,60}", first) and first not in _NOT_A_NAME:
        name = f"https://vk.com/{quote(first)}"
    return name


def _of_handle(handle: str, platform: str = "") -> Iterator[str]:
    """Give the addresses a handle has, on one platform or on all of them."""
    for key in (platform,) if platform else _BY_NAME:
        try:
            found = recognise(f"@{handle}", platform=key)
        except DomainError:
            found = None
        if found:
            yield found.address
    low = quote(handle.lower(), safe="._-")
    if platform in ("", "facebook"):
        yield f"{_FACEBOOK}/{low}"
    if platform == "":
        yield from (f"https://x.com/{low}", f"https://www.threads.net/@{low}")


def _of_number(text: str, platform: str = "") -> Iterator[str]:
    """Give the addresses of the chats a phone number has; numbers without a country's code are German."""
    try:
        number = phonenumbers.parse(text, "DE")
    except phonenumbers.NumberParseException:
        return
    if not phonenumbers.is_possible_number(number):
        return
    whole = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if platform in ("", "whatsapp"):
        yield f"https://wa.me/{whole[1:]}"
    if platform in ("", "other"):
        yield f"https://signal.me/#p/{whole}"
    if platform in ("", "telegram"):
        yield f"https://t.me/{whole}"
