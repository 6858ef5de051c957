"""Finding a record from any page by keys alone, and taking back what was ticked off by mistake."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import COORDINATION
from tests.journeys.words import say


@pytest.mark.parametrize(("phone", "scheme"), [(False, "light"), (True, "dark")])
def test_record_is_found_by_keys_alone(live, screens, phone, scheme):
    screen = screens(COORDINATION, phone=phone, scheme=scheme, locale="de-DE")
    page = screen.open("/tasks/")
    box = page.get_by_role("combobox", name=say("Search"), exact=True)

    page.keyboard.press("/")
    page.keyboard.type("frau")
    options = page.get_by_role("search").first.get_by_role("option")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    screen.look()

    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    assert options.count() == 0
    assert box.input_value() == "frau"

    page.keyboard.type("e")
    options.first.wait_for()
    page.keyboard.press("ArrowDown")
    wanted = options.first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")

    page.keyboard.press("/")
    page.keyboard.type("frauen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=frauen")
    screen.look()


def test_task_ticked_off_by_mistake_is_open_again(live, screens):
    screen = screens(COORDINATION, phone=True, locale="de-DE")
    page = screen.open("/tasks/")
    task = page.locator("main .row").first
    title = task.locator(".row-title").inner_text()

    task.get_by_role("button", name=say("Done")).click()
    toast = page.get_by_role("status")
    toast.get_by_role("button", name=say("Undo")).wait_for()
    assert page.locator("main .row-title").first.inner_text() != title
    screen.look()

    toast.get_by_role("button", name=say("Undo")).click()
    page.get_by_text(say("The task is open again.")).wait_for()
    assert page.locator("main .row-title").first.inner_text() == title
