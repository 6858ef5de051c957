"""Fetching a file from the public internet, and from nowhere else: whatever an address, a name or a redirect leads to.

A name is looked up once, every address it has must be a public one, and the connection goes to the very address that
was looked at; so a name that changes between two look-ups changes nothing. After a redirect all of it begins anew.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import sys
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import idna

REDIRECTS = 5
_SCHEMES = {"http": 80, "https": 443}
_PERMANENT, _ELSEWHERE = frozenset({301, 308}), frozenset({301, 302, 303, 307, 308})
_PIECE = 64 * 1024
_LONGEST = 2000
_NAME = "Treffpunkt (reads feeds)"
# Of IPv6 these carry an IPv4 address, or a tunnel to one.
_CARRIES = tuple(map(ipaddress.IPv6Network, ("::ffff:0:0/96", "::/96", "64:ff9b::/96", "::ffff:0:0:0/96")))
_NEVER = tuple(
    map(
        ipaddress.ip_network,
        ("64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10", "5f00::/16", "3fff::/20", "100::/64", "100:0:0:1::/64",
         "192.88.99.0/24", "192.0.0.0/24"),
    )
)  # fmt: skip
# Ports of this machine that a test has opened.
_opened: set[int] = set()


class Refused(Exception):
    """A file could not be fetched; `why` is one of away, slow, private, refused, gone, busy, large, around, unreadable."""

    def __init__(self, why: str, wait: int = 0) -> None:
        super().__init__(why)
        self.why = why
        # Seconds after which the server wants to be asked again.
        self.wait = wait


@dataclass(frozen=True)
class Fetched:
    """What a server answered; without content where nothing is new."""

    content: bytes
    kind: str
    etag: str
    last_modified: str
    address: str
    # Where the file has moved for good, else the address asked for.
    lasting: str
    is_new: bool = True


def fetch(address: str, *, etag: str = "", last_modified: str = "", most: int, seconds: float) -> Fetched:
    """Fetch a file of at most so many bytes within so many seconds; raises Refused."""
    ends, at, lasting, for_good = time.monotonic() + seconds, address, address, True
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    for _turn in range(REDIRECTS + 1):
        with _answer(at, {name: value for name, value in asked.items() if value}, ends) as answer:
            if answer.status in _ELSEWHERE and (target := answer.getheader("Location")):
                for_good = for_good and answer.status in _PERMANENT
                at = urljoin(at, target.strip())
                lasting = at if for_good else lasting
                continue
            _look_at(answer)
            return Fetched(
                content=b"" if answer.status == 304 else _content(answer, most, ends),
                kind=(answer.getheader("Content-Type") or "")[:200],
                etag=_kept(answer.getheader("ETag"), 300),
                last_modified=_kept(answer.getheader("Last-Modified"), 100),
                address=at,
                lasting=lasting,
                is_new=answer.status != 304,
            )
    raise Refused("around")


def is_public(text: str) -> bool:
    """Say whether an IP address is one of the public internet, also where it carries another one."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        if any(address in network for network in _CARRIES):
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    if any(address.version == network.version and address in network for network in _NEVER):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_usual(port: int | None) -> bool:
    """Say whether files are fetched from a port: one on which the web is served."""
    return port in (None, *_SCHEMES.values()) or port in _opened


@contextmanager
def loopback_opened(port: int) -> Iterator[None]:
    """Let a test fetch from a server of its own on this machine; nothing else ever may, and no setting changes that."""
    if "pytest" not in sys.modules:
        raise RuntimeError("Only a test may fetch from its own machine.")
    _opened.add(port)
    try:
        yield
    finally:
        _opened.discard(port)


@contextmanager
def _answer(address: str, asked: Mapping[str, str], ends: float) -> Iterator[http.client.HTTPResponse]:
    parts = _taken_apart(address)
    host, port = parts.hostname or "", parts.port or _SCHEMES[parts.scheme]
    connection = _connected(parts.scheme, host, port, ends)
    timer = Timer(max(ends - time.monotonic(), 0), _cut, [connection])
    timer.start()
    try:
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        headers = {
            "User-Agent": _NAME,
            "Accept": "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5",
        }
        connection.request("GET", target, headers=headers | {"Accept-Encoding": "gzip"} | dict(asked))
        with connection.getresponse() as answer:
            yield answer
    except Refused:
        raise
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        raise Refused("slow" if time.monotonic() >= ends else "away") from error
    finally:
        timer.cancel()
        connection.close()


def _taken_apart(address: str) -> SplitResult:
    """Take an address apart: http or https, without a password, on the usual ports, in plain letters."""
    if len(address) > _LONGEST:
        raise Refused("unreadable")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        if not host.isascii():
            host = idna.encode(host, uts46=True).decode()
    except (ValueError, UnicodeError):
        raise Refused("unreadable") from None
    if parts.scheme not in _SCHEMES or not host or "@" in parts.netloc:
        raise Refused("unreadable")
    if not is_usual(port):
        raise Refused("private")
    netloc = f"[{host}]" if ":" in host else host
    path, query = (quote(part, safe="/%:=&?~#+!$,;'@()*[]") for part in (parts.path, parts.query))
    return SplitResult(parts.scheme, f"{netloc}:{port}" if port else netloc, path, query, "")


def _connected(scheme: str, host: str, port: int, ends: float) -> http.client.HTTPConnection:
    """Connect to an address of the host that was looked at and found public; all of its addresses must be."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused("away") from None
    numbers = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not numbers or (not all(map(is_public, numbers)) and not _is_opened(numbers, port)):
        raise Refused("private")
    for number in numbers[:4]:
        left = ends - time.monotonic()
        if left <= 0:
            raise Refused("slow")
        connection = _To(scheme, host, port, number, min(left, 10))
        try:
            connection.connect()
        except OSError:
            connection.close()
            continue
        if connection.sock:
            connection.sock.settimeout(max(ends - time.monotonic(), 0.1))
        return connection
    raise Refused("slow" if time.monotonic() >= ends else "away")


def _is_opened(numbers: list[str], port: int) -> bool:
    return port in _opened and all(ipaddress.ip_address(number).is_loopback for number in numbers)


class _To(http.client.HTTPConnection):
    """A connection to one IP address; names and certificates are those of the host that was asked for."""

    def __init__(self, scheme: str, host: str, port: int, number: str, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._secure, self._number = scheme == "https", number
        self.default_port = _SCHEMES[scheme]  # type: ignore[misc]

    def connect(self) -> None:
        plain = socket.create_connection((self._number, self.port), self.timeout)
        if not self._secure:
            self.sock = plain
            return
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def _cut(connection: http.client.HTTPConnection) -> None:
    """End a connection whose time is up, however slowly the other side speaks."""
    if connection.sock:
        try:
            # Of a plain socket, since that of a secure one would touch what another thread is reading with.
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
        except OSError:
            return


def _look_at(answer: http.client.HTTPResponse) -> None:
    """Raise Refused unless there is something to read, or nothing new."""
    status = answer.status
    if status in (200, 203, 206, 304):
        return
    if status == 410:
        raise Refused("gone")
    if status in (429, 503):
        wait = answer.getheader("Retry-After") or ""
        raise Refused("busy", int(wait) if wait.isascii() and wait.isdigit() and len(wait) < 8 else 0)
    raise Refused("away" if status >= 500 else "refused")


def _content(answer: http.client.HTTPResponse, most: int, ends: float) -> bytes:
    """Read the content, unpacked, as long as it is neither too large nor too slow."""
    coding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        raise Refused("unreadable")
    unpack: Any = zlib.decompressobj(31) if coding != "identity" else None
    content = bytearray()
    while piece := answer.read1(_PIECE):
        content += unpack.decompress(piece, most + 1 - len(content)) if unpack else piece
        if len(content) > most:
            raise Refused("large")
        if time.monotonic() >= ends:
            raise Refused("slow")
    if time.monotonic() >= ends:
        raise Refused("slow")
    if answer.length:  # the server promised more than it sent
        raise Refused("away")
    return bytes(content)


def _kept(header: str | None, most: int) -> str:
    """Keep what the server wants back, unless it is unreasonable."""
    text = header or ""
    return text if len(text) <= most and text.isprintable() and text.isascii() else ""
