"""Every address, tried as anybody and as each role, against the table of what is open."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories.people import a_coordinator, a_counsellor, a_system_administrator

pytestmark = pytest.mark.django_db

# What somebody without an account may open, and what it answers where it names a record that is not there.
OPEN = {
    "account_login": 302,
    "account_signup": 302,
    "account_request_login_code": 200,
    "account_confirm_login_code": 302,
    "account_inactive": 200,
    "invited": 410,
    "openid_connect_login": 404,
    "openid_connect_callback": 404,
    "mfa_authenticate": 302,
    "mfa_login_webauthn": 302,
    "account_logout": 302,
    "ui:language": 405,
    "web:post:demo": 404,
    "web:health": 200,
    "web:live": 200,
    "web:metrics": 200,  # on this machine, without a proxy: tests/web/watching
}
OPEN_FACES = ("portal:", "public:", "ui:")
VALUES = {"uuid": str(uuid4()), "str": "x", "int": "1", "slug": "x"}


def addresses(resolver=None, prefix="/", namespace="") -> Iterator[tuple[str, str]]:
    """Give the name of every address, with the address filled in."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern).lstrip("/")
        if isinstance(entry, URLResolver):
            space = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, route, space)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{namespace}{entry.name}", filled(route)


def filled(route: str) -> str:
    """Fill the parameters of a route with values that name nothing."""
    import re

    route = re.sub(r"<(\w+):(\w+)>", lambda found: VALUES.get(found.group(1), "x"), route)
    return re.sub(r"<(\w+)>", "x", route).replace("^", "").replace("$", "").replace("\\Z", "")


ALL = sorted(set(addresses()))
STAFF_ONLY = [(name, address) for name, address in ALL if name not in OPEN and not name.startswith(OPEN_FACES)]


def test_there_are_addresses_to_try():
    assert len(ALL) > 60


@pytest.mark.parametrize(("name", "address"), STAFF_ONLY, ids=[name for name, _ in STAFF_ONLY])
def test_stranger_is_asked_to_sign_in(client, name, address):
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 302, name
        assert response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", sorted(OPEN))
def test_open_pages_answer_as_the_table_says(client, settings, name):
    settings.DEMO = False
    for found, address in ALL:
        if found == name:
            assert client.get(address).status_code == OPEN[name]


@pytest.mark.parametrize("somebody", [a_coordinator, a_counsellor, a_system_administrator])
def test_no_address_breaks_for_staff(client, somebody):
    client.force_login(somebody())
    broken = {}
    for name, address in ALL:
        for method in (client.get, client.post):
            status = method(address).status_code
            if status >= 500:
                broken[f"{method.__name__} {name}"] = status
        if name == "account_logout":
            client.force_login(somebody())

    assert broken == {}


def test_pages_are_never_kept_by_caches(client):
    client.force_login(a_counsellor())

    response = client.get("/settings/")

    assert "no-store" in response["Cache-Control"]
    assert response["X-Frame-Options"] == "DENY"
    assert "unsafe" not in response["Content-Security-Policy"]


def test_search_engines_and_previews_change_nothing(client):
    """GET changes nothing: whatever is opened, the journal stays as it is."""
    from treffpunkt.journal.models import Entry

    client.force_login(a_coordinator())
    before = Entry.objects.count()
    for _name, address in ALL:
        client.get(address)

    assert Entry.objects.count() == before
