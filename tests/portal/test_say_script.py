"""The script of the page on a phone, in a browser: what is written is kept until it is stored, or handed back."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.factories.meetings import a_coordinator, a_meeting
from tests.support.browser import BUILT, need
from treffpunkt.meetings.models import Contribution
from treffpunkt.meetings.services.groups import close_groups, split
from treffpunkt.meetings.services.meetings import start_meeting
from treffpunkt.meetings.services.phones import close_phones, open_phones

ROW = "#mine [data-id]:has-text('{text}') [data-status={status}]:visible"
SECONDS = 15_000
EVERY = 8000  # how often the page asks for news

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def host():
    """Give the host of the meeting."""
    return a_coordinator(name="Katrin Oster")


@pytest.fixture
def running(host):
    """Give a meeting that is held just now."""
    return start_meeting(by=host, meeting=a_meeting(host))


@pytest.fixture
def take_out_phone(browser, live_server):
    """Open the page behind an address on a phone."""
    need(BUILT / "say.js")
    contexts = []

    def open_page(address: str, language: str = "de"):
        context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844})
        context.set_default_timeout(SECONDS)
        page = context.new_page()
        page.clock.install()
        page.goto(f"{urlsplit(address).path}?lang={language}")
        contexts.append(context)
        return page

    yield open_page
    for context in contexts:
        context.close()


def write(page, text: str) -> None:
    page.fill("#id_text", text)
    page.click("#say button.btn-primary")


def shown(page, text: str, status: str):
    return page.wait_for_selector(ROW.format(text=text, status=status))


def test_answer_that_breaks_off_holds_up_nothing(take_out_phone, broken_line, running, host):
    page = take_out_phone(open_phones(by=host, meeting=running))
    with broken_line(page, "**/say/**"):
        write(page, "Die Antwort kam nur halb.")
        shown(page, "Die Antwort kam nur halb.", "waiting")

    write(page, "Das kam danach.")

    shown(page, "Das kam danach.", "sent")
    shown(page, "Die Antwort kam nur halb.", "sent")
    assert Contribution.objects.count() == 2


def test_news_go_on_after_an_answer_that_broke_off(take_out_phone, broken_line, running, host):
    page = take_out_phone(open_phones(by=host, meeting=running))
    with broken_line(page, "**/say/**"), page.expect_event("requestfailed"):
        page.clock.run_for(EVERY)

    with page.expect_response("**/say/**") as asked:
        page.clock.run_for(EVERY)

    assert asked.value.ok


def test_what_is_written_after_the_groups_came_together_is_handed_back(take_out_phone, running, host):
    group = split(by=host, meeting=running, count=2)[0]
    page = take_out_phone(open_phones(by=host, meeting=running, group=group), "ar")
    close_groups(by=host, meeting=running)

    write(page, "نحتاج إلى دورات مسائية.")
    row = shown(page, "نحتاج إلى دورات مسائية.", "refused")
    assert page.locator("[data-closed]").is_visible()
    assert page.locator("[data-waiting]").is_hidden()
    row.query_selector("[data-back]").click()

    assert page.input_value("#id_text") == "نحتاج إلى دورات مسائية."
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert not Contribution.objects.exists()


def test_what_waited_when_the_link_closed_is_handed_back(take_out_phone, running, host):
    page = take_out_phone(open_phones(by=host, meeting=running))
    page.context.set_offline(True)
    for text in ("Ohne Netz, das erste.", "Ohne Netz, das zweite."):
        write(page, text)
    shown(page, "Ohne Netz, das erste.", "waiting")
    close_phones(by=host, meeting=running)

    page.context.set_offline(False)

    for text in ("Ohne Netz, das erste.", "Ohne Netz, das zweite."):
        shown(page, text, "refused")


def test_closed_link_is_asked_no_more(take_out_phone, running, host):
    page = take_out_phone(open_phones(by=host, meeting=running))
    close_phones(by=host, meeting=running)
    with page.expect_response("**/say/**"):
        page.clock.run_for(EVERY)
    page.wait_for_selector("[data-closed]:visible")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.clock.run_for(4 * EVERY)
    write(page, "Das geht nirgends mehr hin.")
    shown(page, "Das geht nirgends mehr hin.", "refused")

    assert asked == []


def test_page_that_waits_for_the_beginning_says_that_its_link_is_closed(take_out_phone, host):
    ahead = a_meeting(host)
    page = take_out_phone(open_phones(by=host, meeting=ahead))
    close_phones(by=host, meeting=ahead)

    page.clock.run_for(EVERY)

    page.wait_for_selector("h1:has-text('öffnet sich nicht mehr')")
