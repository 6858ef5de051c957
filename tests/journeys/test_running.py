"""A meeting from its start to its end, with phones in two scripts that write along."""

from __future__ import annotations

import pytest

from tests.journeys.words import say
from treffpunkt.meetings.models import Contribution, Meeting, Statement

KEPT = "async () => !!(await caches.match('pocket', {cacheName: 'treffpunkt.notes'}))"


@pytest.fixture
def meeting(live) -> Meeting:
    """The Arabic-speaking meeting that guests have answered to, and an organisation has a slot in."""
    return Meeting.objects.filter(state="inviting", communities__language="ar").get()


def begin(desk, meeting: Meeting) -> None:
    page = desk.open(f"/meetings/{meeting.pk}/live/")
    page.get_by_role("button", name=say("Start the meeting")).click()
    page.get_by_role("main").get_by_role("button", name=say("Start now")).click()  # it is days before its time
    page.get_by_role("link", name=say("End the meeting")).wait_for()


def test_facilitator_runs_a_meeting_from_start_to_end(live, screens, desk, meeting):
    begin(desk, meeting)
    page = desk.page
    page.locator("#note textarea[name=text]").fill("Telegram wächst am schnellsten.")
    page.keyboard.press("Control+Enter")
    page.locator("#statements > li:not(.pending)", has_text="Telegram wächst").wait_for()

    # The next topic with one tap; the clock of the first stops.
    page.locator(".live-next button").click()
    page.locator(".agenda-line[aria-current=step]", has_text="2").wait_for()
    desk.look()

    # Who is here is tapped beside the notes.
    fold = page.locator("[data-fold=here]")
    fold.locator("summary").click()
    guest = fold.locator(".here-guest").first
    guest.click()
    fold.locator(".here-guest[aria-pressed=true]").first.wait_for()

    # The slot of an organisation: its entry stands beside the notes, what it wants changed waits for us.
    page.goto(f"/meetings/{meeting.pk}/agenda/")
    desk.look()
    page.get_by_role("link", name=say("Look at it")).first.click()
    desk.look()
    page.get_by_role("button", name=say("Take it over")).click()
    page.get_by_role("link", name=say("End the meeting")).wait_for()
    item = meeting.agenda.get(organisation__isnull=False)
    page.locator(f"form button[name=item][value='{item.pk}']").first.click(force=True)
    page.locator(".slot .original", has_text="anonym").wait_for()
    desk.look()

    # Everybody in the room reads it in the languages of the meeting.
    wall = screens("koordination@example.org")
    wall.open(f"/meetings/{meeting.pk}/screen/")
    wall.page.locator(".screen-slot [dir=rtl]", has_text="الانفصال").wait_for()
    assert wall.page.locator(".screen-topic h1").count() == 1
    assert wall.page.get_by_text("Rana Haddad").count() == 0
    wall.look()

    page.get_by_role("link", name=say("End the meeting")).click()
    page.get_by_role("main").get_by_role("button", name=say("End the meeting")).click()
    page.wait_for_url("**/attendance/")
    desk.look()
    assert Meeting.objects.get(pk=meeting.pk).state == "held"
    assert meeting.invitations.filter(attendance="attended").count() == 1


def test_phones_in_arabic_and_serbian_wait_for_release(live, screens, desk, meeting):
    begin(desk, meeting)
    page = desk.page
    page.locator("[data-fold=phones] summary").click()
    page.locator("[data-fold=phones]").get_by_role("button", name=say("Invite phones")).click()
    desk.look()
    way_in = page.locator(".phones-address a").get_attribute("href")

    for language, direction, text in (
        ("ar", "rtl", "نريد موعدًا في المساء"),
        ("sr", "ltr", "Питамо се када почиње курс."),
    ):
        phone = screens(phone=True, scheme="dark" if language == "ar" else "light")
        phone.page.goto(f"{way_in}?lang={language}")
        phone.look()
        assert phone.page.locator("html").get_attribute("dir") == direction
        with phone.offline():
            phone.page.locator("#say textarea[name=text]").fill(text)
            phone.page.locator("#say button.btn-primary").click()
            phone.page.locator("#mine [data-id]").first.wait_for()
        phone.page.locator("#mine [data-status=sent]:not([hidden])").wait_for()
        phone.look()

    assert Contribution.objects.filter(meeting=meeting, state="waiting").count() == 2
    assert not Statement.objects.filter(meeting=meeting).exists()
    wall = screens("koordination@example.org")
    wall.open(f"/meetings/{meeting.pk}/screen/")
    assert wall.page.get_by_text("نريد موعدًا").count() == 0

    page.goto(f"/meetings/{meeting.pk}/live/")
    for text in ("نريد موعدًا في المساء", "Питамо се када почиње курс."):
        row = page.locator(".waiting-row", has_text=text)
        row.get_by_role("button", name=say("Release")).click()
        page.locator("#statements > li", has_text=text).wait_for()
    desk.look()
    wall.page.locator(".screen-said [dir=rtl]", has_text="نريد موعدًا").wait_for()
    assert Statement.objects.filter(meeting=meeting, by_phone=True).count() == 2


def test_notes_page_opened_anew_without_a_connection_keeps_and_sends_every_note_once(live, desk, meeting):
    begin(desk, meeting)
    page = desk.page
    page.wait_for_function(KEPT)
    page.reload()

    with desk.offline():
        page.locator("#note textarea[name=text]").fill("Vor dem Neuladen geschrieben.")
        page.locator("#note").get_by_role("button", name=say("Note it")).click()
        page.locator("#notes-waiting:not([hidden]) [data-number]", has_text="1").wait_for()
        desk.look()

        page.reload()
        page.locator("[data-waiting-notes]").wait_for()
        assert page.locator("[data-number]").inner_text() == "1"
        page.get_by_text("Vor dem Neuladen geschrieben.").wait_for()
        page.locator("form textarea[name=text]").fill("Danach geschrieben.")
        page.get_by_role("button", name=say("Keep it here")).click()
        page.locator("[data-number]", has_text="2").wait_for()
        desk.look()
        page.reload()
        page.locator("[data-number]", has_text="2").wait_for()

    page.locator("#statements > li:not(.pending)", has_text="Danach geschrieben.").wait_for(timeout=20_000)
    page.locator("#statements > li:not(.pending)", has_text="Vor dem Neuladen geschrieben.").wait_for()
    page.locator("#notes-waiting").wait_for(state="hidden")
    desk.look()
    texts = list(Statement.objects.filter(meeting=meeting).order_by("noted_at").values_list("text", flat=True))
    assert texts == ["Vor dem Neuladen geschrieben.", "Danach geschrieben."]
