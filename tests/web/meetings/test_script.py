"""The notes' script in a browser: two write at once, one loses the connection, nothing is lost or doubled."""

from __future__ import annotations

import pytest
from django.conf import settings as configured
from django.urls import reverse

from tests.factories.meetings import a_colleague, a_community, a_coordinator, a_meeting
from tests.support.browser import BUILT, need
from tests.web.meetings.conftest import browser_of
from treffpunkt.meetings.models import Meeting, Statement
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.meetings.services.minutes import close_meeting

STORED = "#statements li[data-id]:has-text('{text}')"
NOTES = "(key) => key.startsWith('treffpunkt.notes.')"
SECONDS = 8000

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def writers(browser, live_server):
    """Open the notes of one running meeting for two writers."""
    need(BUILT / "notes.js")
    host, colleague = a_coordinator(name="Katrin Oster"), a_colleague(name="Basma Alami")
    meeting = start_meeting(by=host, meeting=a_meeting(host, communities=[a_community("ar", colleague)]))
    contexts = []

    def sit_down(staff):
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1360, "height": 900})
        context.set_default_timeout(SECONDS)
        key = browser_of(staff).cookies[configured.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        page = context.new_page()
        page.goto(reverse("web:meetings:live", args=[meeting.pk]))
        contexts.append(context)
        return page

    yield sit_down(host), sit_down(colleague)
    for context in contexts:
        context.close()


def note(page, text: str) -> None:
    page.fill("#id_text", text)
    page.keyboard.press("Control+Enter")


def stored(page, text: str):
    return page.wait_for_selector(STORED.format(text=text))


def test_two_write_at_once_and_read_each_other(writers):
    one, other = writers

    note(one, "Das sagt die eine.")
    note(other, "Das sagt die andere.")

    for page in writers:
        stored(page, "Das sagt die eine.")
        stored(page, "Das sagt die andere.")
        assert page.locator("[data-pending]").count() == 0
    assert Statement.objects.count() == 2


def test_lost_connection_loses_and_doubles_nothing(writers):
    one, other = writers
    other.context.set_offline(True)

    note(other, "Ohne Verbindung notiert.")
    other.wait_for_selector(".pending [data-status=waiting]:visible")
    note(one, "Mit Verbindung notiert.")
    stored(one, "Mit Verbindung notiert.")
    other.context.set_offline(False)

    stored(other, "Ohne Verbindung notiert.")
    stored(one, "Ohne Verbindung notiert.")
    stored(other, "Mit Verbindung notiert.")
    assert Statement.objects.count() == 2
    assert other.evaluate("Object.keys(localStorage).length") == 0


def test_what_waits_survives_a_reload(writers):
    one, _other = writers
    one.route("**/live/note/", lambda route: route.abort())
    note(one, "Wartet auf dem Gerät.")
    one.wait_for_selector(".pending [data-status=waiting]:visible")
    one.fill("#id_text", "Noch nicht notiert")

    one.unroute("**/live/note/")
    one.reload()

    stored(one, "Wartet auf dem Gerät.")
    assert one.input_value("#id_text") == "Noch nicht notiert"
    assert Statement.objects.count() == 1


def test_line_that_breaks_within_an_answer_is_asked_again(writers, broken_line):
    one, other = writers
    with broken_line(one, "**/live/since/**"), one.expect_event("requestfailed"):
        note(other, "Während die Leitung abriss.")

    stored(one, "Während die Leitung abriss.")


def test_note_whose_answer_broke_off_waits_and_is_stored_once(writers, broken_line):
    one, _other = writers
    with broken_line(one, "**/live/note/"):
        note(one, "Die Antwort kam nur halb.")
        one.wait_for_selector(".pending [data-status=waiting]:visible")

    stored(one, "Die Antwort kam nur halb.")
    assert Statement.objects.count() == 1


def test_note_for_a_meeting_that_opens_no_more_is_handed_back(writers):
    _one, other = writers
    other.context.set_offline(True)
    note(other, "Geht nicht mehr hinein.")
    other.wait_for_selector(".pending [data-status=waiting]:visible")
    Meeting.objects.get().communities.clear()

    other.context.set_offline(False)
    other.wait_for_selector(".pending [data-status=refused]:visible [data-reason]:not(:empty)")
    other.click(".pending [data-back]")

    assert other.input_value("#id_text") == "Geht nicht mehr hinein."
    assert other.evaluate("Object.keys(localStorage).length") == 0


def test_signed_out_writer_keeps_her_notes(writers):
    one, _other = writers
    cookies = one.context.cookies()
    one.context.clear_cookies(name=configured.SESSION_COOKIE_NAME)

    note(one, "Abgemeldet notiert.")
    one.wait_for_selector(".pending [data-status=signed-out]:visible")
    one.context.add_cookies(cookies)
    one.reload()

    stored(one, "Abgemeldet notiert.")
    assert Statement.objects.count() == 1


def test_notes_that_still_wait_when_the_minutes_are_out_are_shown_until_they_are_thrown_away(writers):
    one, other = writers
    other.context.grant_permissions(["clipboard-read", "clipboard-write"])
    other.route("**/live/note/", lambda route: route.abort())
    for text in ("Kam nie an, das erste.", "Kam nie an, das zweite."):
        note(other, text)
    other.fill("#id_text", "Noch nicht notiert")
    meeting = Meeting.objects.get()
    host = meeting.hosts.get()
    close_meeting(by=host, meeting=end_meeting(by=host, meeting=meeting), summary="Alles gesagt.")

    other.reload()
    other.wait_for_selector("#stranded-notes:visible")
    left = ["Kam nie an, das erste.", "Kam nie an, das zweite.", "Noch nicht notiert"]
    assert other.locator("#stranded-notes .original").all_inner_texts() == left
    other.click("#stranded-notes [data-copy]")
    other.wait_for_selector(".toast-item")
    assert other.evaluate("navigator.clipboard.readText()") == "\n\n".join(left)
    other.click("#stranded-notes [data-discard]")

    for page in writers:
        page.reload()
        page.wait_for_selector("html.js")
        assert page.locator("#stranded-notes").is_hidden()
        assert page.evaluate(f"Object.keys({{...localStorage, ...sessionStorage}}).filter({NOTES})") == []


def test_personal_data_waits_for_a_decision(writers):
    one, _other = writers

    note(one, "Bitte Frau Sabine Keller anrufen.")
    one.wait_for_selector(".pending mark:has-text('Sabine Keller')")
    assert Statement.objects.count() == 0
    one.click(".pending [data-decide=take_out]")

    stored(one, "Bitte Frau […] anrufen.")


def test_gist_of_two_shows_both_texts(writers):
    one, other = writers
    note(one, "كل شيء واضح الآن.")
    card = STORED.format(text="واضح")
    for page, text in ((one, "Die erste Fassung"), (other, "Die zweite Fassung")):
        stored(page, "واضح")
        page.click(f"{card} .gist-fold summary")
        page.fill(f"{card} textarea", text)

    other.click(f"{card} .gist-form button")
    other.wait_for_selector(f"{card} summary:has-text('Die zweite Fassung')")
    one.click(f"{card} .gist-form button")
    one.wait_for_selector(f"{card} .notice:has-text('Die zweite Fassung')")
    assert one.input_value(f"{card} textarea") == "Die erste Fassung"
    one.click(f"{card} .gist-form button")

    one.wait_for_selector(f"{card} summary:has-text('Die erste Fassung')")
    assert Statement.objects.get().gist == "Die erste Fassung"
