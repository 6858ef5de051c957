"""Is this profile real? Somebody checks on her phone, in Arabic."""

from __future__ import annotations

import re

import pytest

from tests.journeys.words import say


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_profile_is_checked_on_a_phone_in_arabic(live, screens, scheme):
    phone = screens(phone=True, scheme=scheme, locale="ar")
    page = phone.open("/ar/")
    page.get_by_role("link", name=say("Is this profile real?", language="ar")).click()
    page.wait_for_url("**/ar/profile/")
    phone.look()

    page.locator("[name=link]").fill("هل هذا حقيقي؟ https://m.facebook.com/Hala.treffpunkt.demo?mibextid=ZbWKwL")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=say("Yes, this profile is ours.", language="ar")).wait_for()
    phone.look()
    assert page.url.endswith("/ar/profile/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.get_by_text("هالة – استشارة").count() == 1
    assert "Hala Aziz" not in page.content()
    assert page.locator("[name=link]").input_value() == ""

    page.locator("[name=link]").fill("https://www.facebook.com/groups/1234/user/100000000000666/")
    page.locator("main form button").click()
    page.get_by_role("heading", name=say("No, this profile is not ours.", language="ar")).wait_for()
    phone.look()
    assert page.get_by_role("main").locator("a[href^='mailto:']").count() == 1

    page.locator("[name=link]").fill("bit.ly/3abc")
    page.locator("main form button").click()
    page.get_by_role("heading", name=say("This short link does not say where it leads.", language="ar")).wait_for()
    phone.look()


def test_it_works_without_scripts(live, screens):
    plain = screens(java_script_enabled=False, phone=True, locale="de-DE")
    page = plain.page
    page.goto("/de/profile/")
    page.locator("[name=link]").fill("@treffpunkt.demo.2021")
    page.locator("main form button").click()
    page.get_by_role("heading", name=re.compile("Vorsicht")).wait_for()
