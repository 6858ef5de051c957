"""Signing in through the organisation, with a real OpenID provider in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest

from tests.journeys.conftest import COORDINATION
from tests.journeys.screen import Screen
from tests.journeys.words import say
from tests.support.live import serving_beside
from tests.support.mail import free_port


@pytest.fixture(scope="module")
def provider():
    """Run the provider; whoever types a subject is that person."""
    port = free_port()
    claims = [
        {"sub": "miriam", "email": COORDINATION, "email_verified": True, "name": "Miriam"},
        {"sub": "doubtful", "email": COORDINATION, "email_verified": False, "name": "Doubtful"},
        {"sub": "unknown", "email": "niemand@example.org", "email_verified": True, "name": "Unknown"},
    ]
    given = [part for one in claims for part in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *given]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONWARNINGS": "ignore"})
    url = f"http://localhost:{port}"
    for _ in range(200):
        try:
            urlopen(f"{url}/.well-known/openid-configuration", timeout=2).close()
            break
        except OSError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(10)


@pytest.fixture
def door(live, provider):
    """Run a second web server of the installation that knows the organisation."""
    settings = {
        "TREFFPUNKT_OIDC_URL": provider,
        "TREFFPUNKT_OIDC_CLIENT": "treffpunkt",
        "TREFFPUNKT_OIDC_SECRET": "secret",
        "TREFFPUNKT_OIDC_NAME": "Trägerverein",
    }
    with serving_beside(live, **settings) as url:
        yield url


def come_as(screen, subject):
    """Go through the organisation's page as somebody."""
    page = screen.open("/sign-in/")
    page.get_by_role("button", name=say("Sign in with %(name)s") % {"name": "Trägerverein"}).click()
    page.wait_for_url("**/oauth2/authorize**")
    page.get_by_role("button", name=subject).first.click()
    return page


@pytest.fixture
def screen(browser, door):
    screen = Screen(browser, door, locale="de-DE")
    yield screen
    screen.close()


def test_known_colleague_comes_in(door, screen):
    page = come_as(screen, "miriam")
    page.wait_for_url(door + "/")
    screen.troubles.clear()  # what the provider's own page complained about
    page.reload()
    screen.look()

    assert "Miriam Brandt" in page.locator("body").inner_text()


@pytest.mark.parametrize("subject", ["unknown", "doubtful"])
def test_nobody_is_made_by_coming(door, screen, subject):
    from treffpunkt.people.models import Staff

    before = Staff.objects.count()
    page = come_as(screen, subject)
    page.get_by_text(say("There is no account for you yet")).first.wait_for()

    assert Staff.objects.count() == before
    page.goto("/tasks/")
    assert "/sign-in/" in page.url
