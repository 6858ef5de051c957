"""Passkeys with a virtual device, an authenticator app computed by the test, recovery codes."""

from __future__ import annotations

import re

import pytest

from tests.journeys.test_signin import code_in_outbox
from tests.journeys.words import say
from tests.support.browser import violations
from tests.support.totp import totp
from treffpunkt.people.models import Staff

HALA = "beratung.arabisch@example.org"


@pytest.fixture
def hala(live, browser):
    """Somebody of the counselling at her phone, on an address with a name, as passkeys need it."""
    from tests.journeys.screen import Screen

    url = live.url.replace("127.0.0.1", "localhost")
    screen = Screen(browser, url, phone=True, locale="de-DE")
    yield screen
    screen.close()


def signed_in(screen, live):
    """Sign in as her without the pages."""
    cookie = live.sign_in(HALA) | {"url": live.url.replace("127.0.0.1", "localhost")}
    screen.context.add_cookies([cookie])


def with_device(screen):
    """Give her phone a place for passkeys that says yes by itself."""
    session = screen.context.new_cdp_session(screen.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return lambda there: session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": there})


def sign_in_by_mail(screen, live):
    """Ask for a code and type it in."""
    page = screen.open("/sign-in/?other")
    page.get_by_label(say("Your mail address")).fill(HALA)
    page.get_by_role("button", name=say("Send the code")).click()
    page.wait_for_url("**/sign-in/code/**")
    page.locator("input[name=code]").fill(code_in_outbox(screen, live, HALA))
    page.get_by_role("button", name=say("Sign in")).click()
    return page


def sign_out(screen):
    """Leave."""
    screen.open("/sign-out/").get_by_role("main").get_by_role("button", name=say("Sign out")).click()
    screen.page.wait_for_url("**/sign-in/**")


def test_passkey_replaces_the_code(live, hala):
    signed_in(hala, live)
    with_device(hala)
    page = hala.open("/settings/access/")
    page.get_by_role("link", name=say("Add a passkey")).click()
    hala.look()
    page.get_by_label(say("Name")).fill("Mein Handy")
    page.get_by_role("button", name=say("Make the passkey")).click()
    page.wait_for_url("**/codes/")
    hala.look()

    assert "Mein Handy" in hala.open("/settings/access/").get_by_role("main").inner_text()
    sign_out(hala)
    page.get_by_role("button", name=say("Sign in with a passkey")).click()
    page.wait_for_url(re.compile(r"localhost:\d+/$"))
    hala.look()


def test_refusing_device_leaves_the_code(live, hala):
    page = hala.open("/sign-in/")
    with_device(hala)(False)
    page.get_by_role("button", name=say("Sign in with a passkey")).click()
    page.get_by_role("alert").wait_for()
    hala.look()

    assert say("Send the code") in page.get_by_role("main").inner_text()


def test_app_is_asked_for_after_the_code(live, hala):
    signed_in(hala, live)
    page = hala.open("/settings/access/")
    page.get_by_role("link", name=say("Set up")).click()
    hala.look()
    secret = page.locator("code").inner_text().strip()
    page.locator("input[name=code]").fill("000000")
    page.get_by_role("button", name=say("Switch on")).click()
    page.locator("#id_code_error").wait_for()
    hala.look()
    page.locator("input[name=code]").fill(totp(secret))
    page.get_by_role("button", name=say("Switch on")).click()
    page.wait_for_url("**/codes/")
    recovery = page.get_by_role("main").locator("li").first.inner_text().strip()
    sign_out(hala)

    sign_in_by_mail(hala, live)
    page.wait_for_url("**/sign-in/second/")
    hala.look()
    page.goto("/tasks/")
    assert "/sign-in/" in page.url
    page.goto("/sign-in/second/")
    shown = totp(secret)
    page.locator("input[name=code]").fill(shown)
    page.get_by_role("button", name=say("Sign in"), exact=True).click()
    page.wait_for_url(re.compile(r"localhost:\d+/$"))
    sign_out(hala)

    sign_in_by_mail(hala, live)
    page.wait_for_url("**/sign-in/second/")
    page.locator("input[name=code]").fill(shown)
    page.get_by_role("button", name=say("Sign in"), exact=True).click()
    page.locator("#id_code_error").wait_for()
    page.locator("input[name=code]").fill(recovery)
    page.get_by_role("button", name=say("Sign in"), exact=True).click()
    page.wait_for_url(re.compile(r"localhost:\d+/$"))


def test_secret_of_the_app_is_encrypted(live, hala):
    from allauth.mfa.models import Authenticator

    signed_in(hala, live)
    page = hala.open("/settings/access/app/")
    secret = page.locator("code").inner_text().strip()
    page.locator("input[name=code]").fill(totp(secret))
    page.get_by_role("button", name=say("Switch on")).click()
    page.wait_for_url("**/codes/")

    kept = Authenticator.objects.filter(user=Staff.objects.get(email=HALA))
    assert kept.count() == 2
    assert secret not in str(list(kept.values_list("data", flat=True)))


def test_a_violation_of_the_policy_would_be_noticed(live, hala):
    """The guard of all journeys is no check that cannot fail."""
    page = hala.open("/sign-in/")
    page.evaluate("document.body.appendChild(document.createElement('script')).textContent = 'window.bad = 1'")
    page.wait_for_timeout(200)

    assert page.evaluate("window.bad") is None
    assert any("script-src" in said for said in violations)
    assert any("policy" in said for said in hala.troubles)
    violations.clear()
