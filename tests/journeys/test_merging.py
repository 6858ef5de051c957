"""Merge two: from the number on Today to one record, by the old address to the new one, and back again."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import COORDINATION
from tests.journeys.words import say


@pytest.mark.parametrize(("phone", "scheme"), [(False, "light"), (True, "dark")])
def test_what_was_entered_twice_becomes_one_and_two_again(live, screens, phone, scheme):
    screen = screens(COORDINATION, phone=phone, scheme=scheme, locale="de-DE")
    page = screen.open("/network/duplicates/?kind=organisation")
    pair = page.locator("main .row").first
    assert "Lindenhof" in pair.inner_text()
    screen.look()

    old = pair.locator("a.name").last.get_attribute("href")
    pair.get_by_role("link", name=say("Compare")).click()
    page.wait_for_url("**/merge/?with=*")
    screen.look()
    page.get_by_role("button", name=say("Make one of them")).click()
    toast = page.get_by_role("status").get_by_text(say("The two are one record now."))
    toast.wait_for()
    here = page.url
    screen.look()

    screen.open(old)
    assert page.url == here

    page = screen.open("/network/duplicates/merged/")
    page.get_by_role("link", name=say("Take back")).first.click()
    page.get_by_role("button", name=say("Take the merge back")).wait_for()
    screen.look()
    page.get_by_role("button", name=say("Take the merge back")).click()
    page.get_by_text(say("They are two again.")).wait_for()
    assert page.url.endswith(old)


def test_somebody_who_is_here_already_is_shown_and_asked_about(live, screens):
    screen = screens(COORDINATION, phone=True, locale="de-DE")
    page = screen.open("/network/people/add/")
    page.get_by_label(say("Handle")).press_sequentially("rana.demo")
    page.locator("#similar li").first.wait_for()
    screen.look()

    page.get_by_role("button", name=say("Save")).click()
    page.get_by_role("heading", name=say("Perhaps this is here already")).wait_for()
    screen.look()
    page.get_by_role("button", name=say("This is another one: save")).click()
    page.wait_for_url("**/channels/add/")
