"""Addresses of spaces: every spelling of one is reduced to the same canonical address.

A pasted address may be that of the app or of the browser, with tracking parameters, inside a redirect, shortened.
Nothing is fetched: a share link that hides its target stays a share link.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import replace
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

import idna
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import tidy
from treffpunkt.network.platforms import Parts, Recognised, by_handle, reader_of

__all__ = ["Recognised", "recognise"]

_LONGEST = 500
_WRAPPERS = 5
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d+(?:/|$))", re.IGNORECASE)
_OPENING, _CLOSING = "<([{\"'„“«»‚‘", ">)]}\"'“”»«‘’"
_BARE = re.compile(r"[\w.-]{2,60}")
_PRIVATE = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "test",
    "invalid",
    "onion",
    "arpa",
)
_TRACKING = re.compile(
    r"utm_\w*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igsh|igshid|mc_[ce]id|_ga|_gl|mibextid|ref|"
    r"ref_src|ref_url|referrer|source|share|share_id|shared|si|feature|hc_\w+|__\w+|_rdr|_rdc|paipv|eav|rdid|sfnsn|spm|"
    r"wt_\w*|pk_\w*|mtm_\w*|vero_\w*|oly_\w*|_hs\w*|hsctatracking|cmpid|campaign_id|lang|locale|hl|amp",
    re.IGNORECASE,
)
_TELEGRAM_WEB = re.compile(r"web[akz]?\.telegram\.org")
# Pages that only lead on: host, path, the parameter with the true address.
_REDIRECTS = (
    (
        re.compile(r"(?:.+\.)?facebook\.com"),
        re.compile(r"/(?:l\.php|sharer(?:/sharer)?\.php|sharer|share\.php)"),
        ("u",),
    ),
    (
        re.compile(r"(?:.+\.)?facebook\.com"),
        re.compile(r"/(?:login(?:\.php|/.*)?|checkpoint/.*)"),
        ("next",),
    ),
    (re.compile(r"l\.(?:instagram|threads)\.com"), re.compile(r"/.*"), ("u",)),
    (
        re.compile(r"(?:www\.|m\.)?instagram\.com"),
        re.compile(r"/accounts/login"),
        ("next",),
    ),
    (re.compile(r"(?:www\.)?google\.[a-z.]+"), re.compile(r"/url"), ("q", "url")),
    (re.compile(r"(?:www\.|m\.)?youtube\.com"), re.compile(r"/redirect"), ("q",)),
    (re.compile(r"out\.reddit\.com"), re.compile(r"/.*"), ("url",)),
    (re.compile(r"(?:t|telegram)\.me"), re.compile(r"/share(?:/url)?"), ("url",)),
    (_TELEGRAM_WEB, re.compile(r"/.*"), ("tgaddr",)),
    (re.compile(r"(?:www\.)?tiktok\.com"), re.compile(r"/link/v2"), ("target",)),
)


def recognise(text: str, *, platform: str = "") -> Recognised | None:
    """Reduce a pasted address or handle to its platform, kind and canonical address.

    `platform` helps with a bare handle ("@frauen_berlin"). None where this is no address at all; DomainError where it
    is one that cannot be a space's: a script, a single post, a phone number, a private host.
    """
    text = _pasted(text)
    if not text or " " in text:
        return None
    found = by_handle(text, platform)
    if found is None and _BARE.fullmatch(text) and reader_of(text.lower()) is None:
        found = by_handle(f"@{text}", platform)
    if found is None:
        url = _open(text)
        if url is None:
            return None
        found = (reader_of(url.host) or _page)(url)
    # A full stop at the end belongs to the sentence around an address; one that is meant is encoded.
    address = re.sub(r"[.,;]+$", lambda match: "".join(f"%{ord(sign):02X}" for sign in match.group()), found.address)
    if len(address) > _LONGEST:
        raise DomainError(_("This address is too long."))
    return replace(found, address=address)


def _pasted(text: str) -> str:
    """Take off what surrounds an address in a sentence: brackets, quotation marks, a full stop."""
    text = tidy(text).rstrip(".,; ")
    while len(text) > 1 and text[0] in _OPENING:
        text = text[1:].rstrip(_CLOSING + ".,; ")
    return text


def _open(text: str, depth: int = 0) -> Parts | None:
    """Take an address apart, going through redirects that carry their target."""
    parts = _take_apart(text)
    if parts is None or depth == _WRAPPERS:
        return parts
    path = "/" + "/".join(parts.steps)
    for host, where, names in _REDIRECTS:
        if host.fullmatch(parts.host) and where.fullmatch(path):
            target = next((parts.query[name] for name in names if parts.query.get(name)), "")
            if "." in target or target.startswith("tg:"):
                return _open(target, depth + 1)
    return parts


def _take_apart(text: str) -> Parts | None:
    text = _of_app(text)
    scheme = _SCHEME.match(text)
    if scheme and scheme.group(1).lower() not in ("http", "https") and "." not in scheme.group(1):
        raise DomainError(_("Only addresses that begin with https:// can be entered."))
    if scheme is None or "." in scheme.group(1):
        if "." not in re.split(r"[/?#]", text, maxsplit=1)[0] or text.startswith(("/", "@", ".")):
            return None
        text = f"https://{text}"
    try:
        url = urlsplit(text)
        host = _host(url)
    except (ValueError, idna.IDNAError) as error:
        raise DomainError(
            _("This is not an address we can read. Please copy it from the browser or the app.")
        ) from error
    path = unicodedata.normalize("NFC", unquote(url.path))
    fragment = unquote(url.fragment)
    if fragment.startswith("!/"):
        path, fragment = fragment[1:].split("?")[0], ""
    steps = tuple(step for step in (tidy(step) for step in path.split("/")) if step not in ("", ".", ".."))
    query: dict[str, str] = {}
    for name, value in parse_qsl(url.query) + _behind_hash(host, url.fragment):
        query.setdefault(tidy(name), tidy(value))
    return Parts(host, steps, query, fragment)


def _behind_hash(host: str, fragment: str) -> list[tuple[str, str]]:
    """Read the parameters that Telegram in the browser writes behind the # of its own address."""
    return parse_qsl(fragment[1:]) if fragment.startswith("?") and _TELEGRAM_WEB.fullmatch(host) else []


def _of_app(text: str) -> str:
    """Translate the addresses that apps use among themselves."""
    for pattern, address in (
        (r"tg:(?://)?resolve\?domain=(\w+).*", r"https://t.me/\1"),
        (r"tg:(?://)?privatepost\?channel=(\d+).*", r"https://t.me/c/\1"),
        (r"tg:(?://)?join\?invite=([\w-]+).*", r"https://t.me/+\1"),
        (r"whatsapp:(?://)?chat/?\?code=(\w+).*", r"https://chat.whatsapp.com/\1"),
        (r"fb:(?://)?group/(\d+).*", r"https://www.facebook.com/groups/\1"),
        (r"fb:(?://)?(?:page|profile)/(\d+).*", r"https://www.facebook.com/\1"),
        (r"(?:view-source:|intent:)(?://)?(.+)", r"\1"),
    ):
        if match := re.fullmatch(pattern, text, re.IGNORECASE):
            return match.expand(address)
    return text


def _host(url: SplitResult) -> str:
    if url.username is not None or url.password is not None:
        raise ValueError("an address with a name before the host leads elsewhere than it seems to")
    name = unquote(url.hostname or "").rstrip(".")
    # Plain hosts may hold what IDNA forbids, as frauen_berlin.t.me does.
    plain = _is_ip(name) or re.fullmatch(r"[a-z0-9._-]+", name)
    host = name if plain else idna.encode(name, uts46=True).decode().lower()
    last = host.rsplit(".", 1)[-1]
    # What browsers take for an IP address in disguise (2130706433, 0x7f.1) never names a space either.
    if _is_ip(host) or "." not in host or last in _PRIVATE or re.fullmatch(r"\d+|0x[0-9a-f]*", last):
        raise DomainError(_("This address leads into a private network, not to a page that others can open."))
    if url.port not in (None, 80, 443):
        return f"{host}:{url.port}"
    return host


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _page(url: Parts) -> Recognised:
    """Read any other page of the net as a blog: host and path, and of the parameters those that choose the page."""
    host = url.host
    while host.startswith("www.") and host.count(".") > 1:
        host = host.removeprefix("www.")
    steps = url.steps
    if steps and re.fullmatch(r"(?:index|default)\.(?:html?|php|aspx?)", steps[-1], re.IGNORECASE):
        steps = steps[:-1]
    path = "".join("/" + quote(step, safe="~!$&'()*+,;=:@") for step in steps)
    chosen = sorted((name, value) for name, value in url.query.items() if name and not _TRACKING.fullmatch(name))
    query = f"?{urlencode(chosen)}" if chosen else ""
    return Recognised("blog", "blog", f"https://{host}{path}{query}")
