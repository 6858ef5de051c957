"""Finding the ten people to invite next: a filter, a plan, a choice, a meeting's guest list."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import COORDINATION
from tests.journeys.words import say
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.network.models import Actor


@pytest.mark.parametrize(("phone", "scheme"), [(False, "light"), (True, "dark")])
def test_ten_people_to_invite_next(live, screens, phone, scheme):
    screen = screens(COORDINATION, phone=phone, scheme=scheme, locale="de-DE")
    page = screen.open("/network/people/next/")
    page.get_by_role("combobox", name=say("Platform")).select_option("facebook")
    page.wait_for_url("**/next/?platform=facebook*")
    rows = page.locator("main ol.rows > li")
    page.get_by_role("listitem").filter(has_text="Facebook").first.wait_for()
    assert rows.count() == 10
    screen.look()
    page.get_by_text(say("The curve as a table")).click()
    assert page.locator("details table tbody tr").count() == 10

    boxes = page.locator("main [name=actor]")
    chosen = [boxes.nth(place).get_attribute("value") for place in range(10)]
    for place in range(10):
        boxes.nth(place).check()
    meeting = page.locator("[name=meeting]").input_value()
    page.get_by_role("button", name=say("Put on the guest list")).click()
    page.wait_for_url(f"**/meetings/{meeting}/invite/send/")
    screen.look()

    listed = Invitation.objects.filter(meeting=meeting, state="planned", actor__in=chosen)
    assert listed.count() == 10
    assert {
        str(pk) for pk in Actor.objects.filter(pk__in=chosen, standing="unknown").values_list("pk", flat=True)
    } == set(chosen)

    page.get_by_role("button", name=say("Send the invitations")).click()
    page.wait_for_url(f"**/meetings/{meeting}/")
    assert Meeting.objects.get(pk=meeting).state == "inviting"
    page = screen.open("/network/people/next/?platform=facebook")
    shown = set(re.findall(r'name="actor" value="([0-9a-f-]+)"', page.content()))
    asked = Actor.objects.filter(pk__in=chosen, standing="asked").values_list("pk", flat=True)
    assert asked
    assert not shown & {str(pk) for pk in asked}


def test_plan_without_scripts(live, screens):
    screen = screens(COORDINATION, java_script_enabled=False)
    page = screen.page
    page.goto("/network/people/next/")
    page.locator("[name=talks]").select_option("5")
    page.get_by_role("button", name=say("Show")).first.click()
    page.wait_for_url("**talks=5*")
    assert page.locator("main ol.rows > li").count() == 5

    page.locator("main [name=actor]").first.check()
    page.get_by_role("button", name=say("Put on the guest list")).click()
    page.wait_for_url("**/invite/send/")


def test_printed_list_holds_the_list_and_not_the_frame(live, screens):
    screen = screens(COORDINATION, locale="de-DE")
    page = screen.open("/network/people/next/print/?talks=20")
    page.emulate_media(media="print")

    assert page.get_by_role("button", name=say("Print")).count() == 0
    assert not page.locator("aside.side").is_visible()
    assert not page.locator("form.filters").is_visible()
    assert page.locator("table.printed").is_visible()
    assert page.get_by_text(say("A plan, not a promise.")).is_visible()
