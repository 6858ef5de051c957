"""Signing in with a code by mail, and out."""

from __future__ import annotations

import re

from tests.journeys.conftest import COORDINATION
from tests.journeys.words import say


def ask_for_code(screen):
    page = screen.open("/")
    assert "/sign-in/" in page.url
    page.get_by_label(say("Your mail address")).fill(COORDINATION)
    page.get_by_role("button", name=say("Send the code")).click()
    page.wait_for_url("**/sign-in/code/**")
    screen.look()
    return page


def code_in_outbox(screen, live, address=COORDINATION) -> str:
    live.work()
    outbox = screen.context.new_page()
    outbox.goto("/outbox/demo/")
    text = outbox.locator("article", has_text=address).first.inner_text()
    outbox.close()
    return re.search(r"\n\s*([A-Z0-9-]{6,9})\s*\n", text)[1]


def test_staff_sign_in_with_code_and_out(live, screens):
    phone = screens(phone=True, scheme="dark", locale="de-DE")
    page = ask_for_code(phone)
    page.locator("input[name=code]").fill(code_in_outbox(phone, live))
    page.get_by_role("button", name=say("Sign in")).click()
    page.wait_for_url(live.url + "/")
    phone.look()
    assert page.locator("html").get_attribute("lang") == "de"

    phone.open("/sign-out/").get_by_role("main").get_by_role("button", name=say("Sign out")).click()
    page.wait_for_url("**/sign-in/**")
    page.goto("/tasks/")
    assert "/sign-in/" in page.url


def test_wrong_code_does_not_open(live, screens):
    desk = screens(locale="de-DE")
    page = ask_for_code(desk)
    right = code_in_outbox(desk, live)
    page.locator("input[name=code]").fill("".join("2" if sign != "2" else "3" for sign in right))
    page.get_by_role("button", name=say("Sign in")).click()
    page.locator("[role=alert], .field-error").first.wait_for()
    desk.look()

    page.goto("/")
    assert "/sign-in/" in page.url


def test_unknown_address_learns_nothing(live, screens):
    desk = screens(locale="de-DE")
    page = desk.open("/sign-in/")
    page.get_by_label(say("Your mail address")).fill("nobody@example.org")
    page.get_by_role("button", name=say("Send the code")).click()
    page.wait_for_url("**/sign-in/code/**")
    desk.look()
    live.work()

    outbox = desk.open("/outbox/demo/")
    assert "nobody@example.org" not in outbox.content()
