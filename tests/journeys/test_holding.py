"""A meeting is held: two people write at once, one loses the connection; then the minutes go out in each language."""

from __future__ import annotations

import re

import pytest

from tests.journeys.words import say
from treffpunkt.meetings.models import Meeting, Minutes, Statement
from treffpunkt.post.models import Message
from treffpunkt.tasks.models import Task

COUNSELLOR = "beratung.arabisch@example.org"
LINK = re.compile(r"https?://[\d.:]+/l/\S+")


@pytest.fixture
def meeting(live) -> Meeting:
    """The Arabic-speaking meeting that guests have answered to."""
    return Meeting.objects.filter(state="inviting", communities__language="ar").get()


def write(screen, text: str) -> None:
    screen.page.locator("#note textarea[name=text]").fill(text)
    screen.page.locator("#note").get_by_role("button", name=say("Note it")).click()


def shown(screen) -> list[str]:
    """List the statements on a screen, the newest first."""
    return [text.strip() for text in screen.page.locator("#statements > li:not(.pending) .original").all_inner_texts()]


def card(screen, text: str):
    return screen.page.locator("#statements > li:not(.pending)", has_text=text)


def start(desk, meeting: Meeting) -> None:
    page = desk.open(f"/meetings/{meeting.pk}/live/")
    page.get_by_role("button", name=say("Start the meeting")).click()
    desk.look()
    page.get_by_role("main").get_by_role("button", name=say("Start now")).click()  # it is days before its time
    page.get_by_role("link", name=say("End the meeting")).wait_for()
    desk.look()


def test_two_write_and_one_loses_the_connection(live, screens, desk, meeting):
    start(desk, meeting)
    hala = screens(COUNSELLOR, scheme="dark")
    hala.open(f"/meetings/{meeting.pk}/live/")

    write(desk, "Telegram wächst am schnellsten.")
    card(hala, "Telegram wächst").wait_for()
    write(hala, "النساء يسألن كثيراً عن رياض الأطفال")
    card(desk, "رياض الأطفال").wait_for()
    assert card(desk, "رياض الأطفال").locator("[dir=rtl].original").count() == 1

    with hala.offline():
        write(hala, "Ohne Netz, das erste.")
        write(hala, "Ohne Netz, das zweite.")
        waiting = hala.page.locator("#statements > li.pending")
        waiting.nth(1).locator("[data-status=waiting]").wait_for()
        assert waiting.count() == 2
        write(desk, "Inzwischen am anderen Tisch.")
        card(desk, "Inzwischen").wait_for()
    for screen in (desk, hala):
        for text in ("Ohne Netz, das erste.", "Ohne Netz, das zweite.", "Inzwischen am anderen Tisch."):
            card(screen, text).wait_for()
    waiting.first.wait_for(state="detached")

    written = [
        "Telegram wächst am schnellsten.",
        "النساء يسألن كثيراً عن رياض الأطفال",
        "Ohne Netz, das erste.",
        "Ohne Netz, das zweite.",
        "Inzwischen am anderen Tisch.",
    ]
    assert shown(desk) == shown(hala) == written[::-1]
    assert (
        list(Statement.objects.filter(meeting=meeting).order_by("noted_at").values_list("text", flat=True)) == written
    )
    desk.look()
    hala.look()


def test_statement_becomes_task_and_names_are_asked_about(live, screens, desk, meeting):
    start(desk, meeting)
    write(desk, "Wir schicken eine Liste der Kurse.")
    card(desk, "Liste der Kurse").get_by_role("link", name=say("Task")).click()
    desk.page.locator("form.form [name=title]").fill("Liste der Kurse schicken")
    desk.look()
    desk.page.locator("form.form .btn-primary").click()
    card(desk, "Liste der Kurse").locator(".came-of-it").wait_for()
    desk.look()
    assert Task.objects.filter(title="Liste der Kurse schicken").count() == 1

    write(desk, "Frau Haddad ist unter +49 30 23125 011 zu erreichen.")
    asked = desk.page.locator("#statements > li.pending")
    asked.get_by_role("button", name=say("Take it out")).wait_for()
    assert asked.locator("mark").all_inner_texts() == ["Haddad", "+49 30 23125 011"]
    assert not Statement.objects.filter(text__contains="Haddad").exists()
    desk.look()
    asked.get_by_role("button", name=say("Take it out")).click()
    card(desk, "Frau […] ist unter […] zu erreichen.").wait_for()

    write(desk, "هناك حاجة إلى دورات مسائية")
    one = card(desk, "دورات مسائية")
    one.locator("summary").first.click()
    one.locator("textarea[name=gist]").fill("Es braucht Kurse am Abend.")
    one.get_by_role("button", name=say("Save")).click()
    one.locator("summary", has_text="Es braucht Kurse am Abend.").wait_for()
    desk.look()
    assert Statement.objects.get(text__contains="مسائية").gist == "Es braucht Kurse am Abend."


def test_minutes_go_out_in_each_language(live, screens, desk, meeting):
    start(desk, meeting)
    for text in ("هناك حاجة إلى دورات مسائية", "نحتاج إلى معلومات عن رياض الأطفال", "Wir treffen uns im März wieder."):
        write(desk, text)
        card(desk, text).wait_for()
    page = desk.open(f"/meetings/{meeting.pk}/end/")
    page.get_by_role("main").get_by_role("button", name=say("End the meeting")).click()
    page.wait_for_url("**/attendance/")
    desk.look()
    page.get_by_role("button", name=say("Save")).click()
    page.wait_for_url(f"**/meetings/{meeting.pk}/")

    page = desk.open(f"/meetings/{meeting.pk}/close/")
    missing = page.locator("[name^=gist_]")
    assert missing.count() == 2
    missing.first.fill("Es braucht Kurse am Abend.")
    page.locator("[name=summary]").fill("Abendkurse und Kinderbetreuung zählen am meisten.")
    page.get_by_role("button", name=say("Send the minutes")).click()
    page.wait_for_url(f"**/meetings/{meeting.pk}/")
    desk.look()
    live.work()

    assert set(Minutes.objects.filter(meeting=meeting).values_list("language", flat=True)) == {"ar", "de"}
    link = LINK.search(minutes_mail(meeting).shown)[0]
    guest = screens(phone=True, locale="ar", scheme="dark")
    read = guest.open(link)
    assert (read.locator("html").get_attribute("lang"), read.locator("html").get_attribute("dir")) == ("ar", "rtl")
    assert read.get_by_text("نحتاج إلى معلومات عن رياض الأطفال").is_visible()
    assert read.get_by_text(say("Not translated into German yet.", language="ar")).count() == 1
    pdf = guest.context.request.get(
        read.get_by_role("link", name=say("Download as PDF", language="ar")).get_attribute("href")
    )
    assert (pdf.status, pdf.body()[:4]) == (200, b"%PDF")
    for language in ("ar", "de"):
        preview = desk.context.request.get(f"/meetings/{meeting.pk}/minutes/{language}.pdf")
        assert (preview.status, preview.body()[:4]) == (200, b"%PDF")
    page = desk.open("/outbox/")
    assert page.get_by_text(say("The minutes", language="ar")).first.is_visible()


def minutes_mail(meeting: Meeting) -> Message:
    """Give a mail with the minutes to somebody who came."""
    guests = meeting.invitations.filter(attendance="attended").values("actor")
    found = Message.objects.filter(to_id__in=guests, channel="mail", template__contains="minutes").latest("created_at")
    assert found.language == "ar"
    return found
