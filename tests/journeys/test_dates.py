"""Finding a date: proposed at a desk, answered in Arabic on a phone far away, fixed at the desk."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.journeys.test_inviting import LINK, arabic, open_link, person, plan_meeting
from tests.journeys.words import say
from treffpunkt.core.clock import today
from treffpunkt.meetings.models import PollGuest
from treffpunkt.network.models import Community
from treffpunkt.post.models import Message


@pytest.fixture
def community(live) -> Community:
    return Community.objects.get(language="ar")


def ask(desk, live, meeting, guest, days) -> str:
    """Propose evenings, ask one guest, and give the link of the mail."""
    page = desk.open(f"/meetings/{meeting.pk}/date/")
    page.wait_for_url("**/date/moments/")
    for number, day in enumerate(days):
        page.locator(f"[name=day_{number}]").fill(day.isoformat())
        page.locator(f"[name=time_{number}]").fill("18:00")
    page.locator("[name=until]").fill((today() + timedelta(days=3)).isoformat())
    desk.look()
    page.get_by_role("button", name=say("Go on: choose whom to ask")).click()
    page.wait_for_url("**/date/guests/")
    page.goto(f"/meetings/{meeting.pk}/date/guests/?q={guest.name}")
    page.locator(f"[name=actor][value='{guest.pk}']").check()
    page.get_by_role("button", name=say("Check and send")).click()
    page.wait_for_url("**/date/send/")
    desk.look()
    page.get_by_role("button", name=say("Send the question")).click()
    page.wait_for_url("**/date/")
    live.work()
    return LINK.search(Message.objects.filter(to_id=guest.pk).latest("created_at").shown)[0]


def test_guest_far_away_says_when_it_suits_and_the_date_is_fixed(live, screens, desk, community):
    meeting, guest = plan_meeting(desk, community), person(community, "mail")
    days = [today() + timedelta(days=number) for number in (12, 13, 14)]
    link = ask(desk, live, meeting, guest, days)

    # Damascus is one or two hours ahead, whatever the season.
    phone = open_link(screens, link, phone=True, timezone_id="Asia/Damascus")
    phone.page.wait_for_url(re.compile("zone=Asia"))
    shown = phone.page.content()
    assert guest.name not in shown
    assert "سوريا" in shown
    assert "(بتوقيت ألمانيا)" in shown
    for place, answer in enumerate(("No", "Yes", "If need be")):
        choice = phone.page.locator("fieldset").nth(place)
        choice.get_by_text(arabic(answer, context="a date suits"), exact=True).click()
    phone.look()
    phone.page.get_by_role("button", name=arabic("Save my answer")).click()
    phone.page.locator(".notice.kind-good").wait_for()
    phone.look()
    answers = PollGuest.objects.get(actor=guest, poll__meeting=meeting).answers
    assert sorted(answers.values()) == ["maybe", "no", "yes"]

    stranger = open_link(screens, link, scheme="dark", timezone_id="Europe/Berlin")
    assert stranger.page.locator("input:checked").count() == 0
    assert guest.name not in stranger.page.content()

    page = desk.open(f"/meetings/{meeting.pk}/date/")
    page.get_by_role("link", name=say("Take this one")).first.click()
    page.wait_for_url(re.compile("date/choose/"))
    desk.look()
    page.get_by_role("button", name=say("Fix the date")).click()
    page.wait_for_url("**/invite/send/")
    assert page.get_by_text(guest.name).first.is_visible()
    meeting.refresh_from_db()
    assert (meeting.day, meeting.state) == (days[1], "draft")


def test_guest_without_scripts_chooses_whose_clock(live, screens, desk, community):
    meeting, guest = plan_meeting(desk, community), person(community, "mail")
    link = ask(desk, live, meeting, guest, [today() + timedelta(days=number) for number in (12, 13)])

    plain = screens(locale="ar", phone=True, java_script_enabled=False)
    plain.page.goto(link)
    plain.page.locator("main summary").first.click()
    plain.page.locator("select[name=zone]").select_option("America/Bogota")
    plain.page.get_by_role("button", name=arabic("Show")).click()
    plain.page.locator("fieldset").first.get_by_text(arabic("Yes", context="a date suits"), exact=True).click()
    plain.page.get_by_role("button", name=arabic("Save my answer")).click()
    plain.page.locator(".notice.kind-good").wait_for()

    assert list(PollGuest.objects.get(actor=guest, poll__meeting=meeting).answers.values()) == ["yes"]
