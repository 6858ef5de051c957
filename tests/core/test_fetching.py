"""Files are fetched from the public internet and from nowhere else, within bounds of size, time and redirects."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time

import pytest

from tests.support.feeds import Server, serving
from treffpunkt.core.fetching import REDIRECTS, Refused, fetch, is_public, loopback_opened

PRIVATE = [
    "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "192.88.99.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1",
    "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "::ffff:0:127.0.0.1", "100::1", "5f00::1", "3fff::1", "", "x", "127.1",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"]
# The same machine in the spellings that resolvers understand.
SPELLINGS = [
    "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0177.0.0.1/", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
    "http://127.0.0.1./", "http://①②⑦.⓪.⓪.①/", "https://localhost/", "http://[fe80::1]/", "http://0.0.0.0/", "http://[::]/",
]  # fmt: skip


def refused(address, **how):
    with pytest.raises(Refused) as error:
        fetch(address, **({"most": 10_000, "seconds": 5} | how))
    return error.value.why


@pytest.fixture
def server():
    with serving() as running:
        yield running


def fetched(server: Server, path="/", **how):
    return fetch(server.url + path, **({"most": 10_000, "seconds": 5} | how))


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_told(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_told(address):
    assert is_public(address)


@pytest.mark.parametrize("address", SPELLINGS)
def test_no_spelling_of_this_machine_is_fetched(address):
    assert refused(address) in ("private", "away", "unreadable")


def test_a_server_on_this_machine_is_never_asked():
    with serving(opened=False) as server:
        port = server.url.rpartition(":")[2]
        for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"):
            assert refused(f"http://{host}:{port}/") == "private"
        assert server.asked == []


def test_opening_this_machine_is_for_tests_alone():
    code = "from treffpunkt.core.fetching import loopback_opened\nwith loopback_opened(80): pass"
    tried = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert tried.returncode != 0
    assert "Only a test" in tried.stderr


def test_of_an_opened_port_only_this_machine_is_open():
    with loopback_opened(8099):
        assert refused("http://10.255.255.1:8099/", seconds=1) == "private"


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "http://", "http://[", "x", "", "http://a:b@example.org/",
     "http://example.org:22/", "http://example.org:99999/", "javascript:alert(1)", "http://ex ample.org/", "http://" + "x" * 3000],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(address):
    assert refused(address) in ("unreadable", "private", "away")


def test_a_file_is_fetched_and_the_second_time_only_if_it_is_new(server):
    server.pages["/"] = {"body": b"<rss/>", "etag": '"v1"'}
    first = fetched(server)
    second = fetched(server, etag=first.etag, last_modified=first.last_modified)

    assert (first.content, first.is_new, first.etag) == (b"<rss/>", True, '"v1"')
    assert (second.content, second.is_new) == (b"", False)
    assert server.asked[1]["If-None-Match"] == '"v1"'
    assert "Cookie" not in server.asked[0]


def test_a_redirect_to_this_machine_is_not_followed(server):
    with serving(opened=False) as inner:
        server.pages["/"] = {"to": inner.url + "/secret"}
        assert refused(server.url + "/") == "private"
        server.pages["/"] = {"to": "http://169.254.169.254/latest/meta-data/"}
        assert refused(server.url + "/") == "private"
        server.pages["/"] = {"to": "file:///etc/passwd"}
        assert refused(server.url + "/") == "unreadable"
        assert inner.asked == []


def test_redirects_are_followed_but_not_for_ever(server):
    server.pages["/a"] = {"to": "/b", "status": 301}
    server.pages["/b"] = {"to": "/c", "status": 308}
    server.pages["/c"] = {"body": b"here"}
    server.pages["/round"] = {"to": "/round"}
    server.pages["/now"] = {"to": "/a", "status": 302}

    lasting = fetched(server, "/a")
    assert (lasting.content, lasting.lasting) == (b"here", server.url + "/c")
    assert fetched(server, "/now").lasting == server.url + "/now"
    assert refused(server.url + "/round") == "around"
    assert len([one for one in server.asked if one["path"] == "/round"]) == REDIRECTS + 1


def test_what_is_too_large_is_left(server):
    server.pages["/"] = {"body": b"x" * 20_000}
    server.pages["/endless"] = {"body": b"x" * 20_000, "chunked": True}
    server.pages["/bomb"] = {"body": gzip.compress(b"x" * 50_000_000), "headers": {"Content-Encoding": "gzip"}}
    server.pages["/packed"] = {"body": gzip.compress(b"small"), "headers": {"Content-Encoding": "gzip"}}

    for path in ("/", "/endless", "/bomb"):
        assert refused(server.url + path, most=15_000) == "large"
    assert fetched(server, "/packed").content == b"small"


def test_what_is_too_slow_is_left_in_time(server):
    server.pages["/silent"] = {"body": b"x", "wait": 20}
    server.pages["/dripping"] = {"body": b"x" * 100, "drip": 0.3}
    server.pages["/head"] = {"body": b"x", "drip_head": 0.3}
    for path in ("/silent", "/dripping", "/head"):
        begun = time.monotonic()
        assert refused(server.url + path, seconds=1.5) == "slow"
        assert time.monotonic() - begun < 5


def test_what_a_server_says_is_understood(server):
    for status, why in ((404, "refused"), (403, "refused"), (410, "gone"), (429, "busy"), (503, "busy"), (500, "away")):
        server.pages["/"] = {"status": status, "headers": {"Retry-After": "120"}}
        assert refused(server.url + "/") == why
    server.pages["/"] = {"status": 429, "headers": {"Retry-After": "120"}}
    with pytest.raises(Refused) as error:
        fetched(server)
    assert error.value.wait == 120


def test_nonsense_is_no_answer(server):
    server.pages["/"] = {"raw": b"\x00\xff nonsense\r\n\r\n"}
    assert refused(server.url + "/") == "away"
    server.pages["/"] = {"raw": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"}
    assert refused(server.url + "/") == "away"
    server.pages["/"] = {"raw": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot packed"}
    assert refused(server.url + "/") in ("away", "unreadable")
    server.pages["/"] = {"raw": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\nbody"}
    assert refused(server.url + "/") == "away"
    assert refused("http://127.0.0.1:1/") == "private"
