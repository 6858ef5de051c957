"""From the guest list to the answers: by mail and by chat, answered in Arabic on a phone without an account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.journeys.words import say
from treffpunkt.core.clock import today
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.network.models import Actor, Channel, Community
from treffpunkt.post.models import Message

LINK = re.compile(r"https?://[\d.:]+/l/\S+")


@pytest.fixture
def arabs(live) -> Community:
    return Community.objects.get(language="ar")


def person(arabs: Community, channel_kind: str, **more: str) -> Actor:
    """Give somebody of the community who is reached in one way only."""
    others = Channel.objects.exclude(channel_kind=channel_kind).values("actor")
    return (
        Actor.objects.filter(channels__channel_kind=channel_kind, roles__space__communities=arabs, **more)
        .exclude(pk__in=others)
        .exclude(standing="declined")
        .distinct()
        .order_by("pk")[0]
    )


def plan_meeting(desk, arabs: Community) -> Meeting:
    page = desk.open("/meetings/add/")
    page.locator("[name=name]").fill("Treffen im Winter")
    page.locator(f"[name=communities][value='{arabs.pk}']").check()
    page.locator("[name=day]").fill((today() + timedelta(days=12)).isoformat())
    page.locator("[name=time]").fill("18:30")
    page.locator("[name=room]").fill("https://meet.example.org/winter")
    page.locator("form.form .btn-primary").click()
    page.wait_for_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    desk.look()
    return Meeting.objects.get(name="Treffen im Winter")


def invite(desk, live, meeting: Meeting, guests: list[Actor]) -> None:
    page = desk.open(f"/meetings/{meeting.pk}/invite/")
    for guest in guests:
        page.goto(f"/meetings/{meeting.pk}/invite/?q={guest.name or guest.handle}")
        page.locator(f"[name=actor][value='{guest.pk}']").check()
        page.get_by_role("button", name=say("Put on the list, choose more")).click()
        page.wait_for_load_state()
    desk.open(f"/meetings/{meeting.pk}/invite/send/")
    assert page.locator("[lang=ar][dir=rtl]").first.is_visible()
    page.get_by_role("button", name=say("Send the invitations")).click()
    page.wait_for_url(f"**/meetings/{meeting.pk}/")
    desk.look()
    live.work()


def open_link(screens, link: str, **options):
    screen = screens(locale="ar", **options)
    page = screen.open(link)
    assert (page.locator("html").get_attribute("lang"), page.locator("html").get_attribute("dir")) == ("ar", "rtl")
    return screen


def arabic(text: str, **more: str) -> str:
    return say(text, language="ar", **more)


def test_guest_answers_in_arabic_on_a_phone(live, screens, desk, arabs):
    meeting = plan_meeting(desk, arabs)
    guest = person(arabs, "mail")
    invite(desk, live, meeting, [guest])
    address = guest.channels.get().value

    outbox = desk.open("/outbox/demo/")
    mail = outbox.locator("article", has_text=address).first
    link = mail.locator("a[href*='/l/']").get_attribute("href")
    invitation = Invitation.objects.get(meeting=meeting, actor=guest)
    assert mail.locator("[dir=rtl]").count() == 1

    phone = open_link(screens, link, phone=True)
    assert guest.name not in phone.page.content()
    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_at) == ("sent", None)  # opening changes nothing

    phone.page.get_by_role("button", name=arabic("Yes, I am coming")).click()
    phone.page.get_by_role("heading", name=arabic("Thank you, you are coming.")).wait_for()
    phone.look()
    invitation.refresh_from_db()
    assert invitation.state == "accepted"

    phone.page.get_by_role("link", name=arabic("Change my answer")).click()
    phone.page.get_by_role("button", name=arabic("Maybe")).click()
    phone.page.get_by_role("heading", name=arabic("Thank you, maybe you are coming.")).wait_for()
    phone.look()
    invitation.refresh_from_db()
    assert invitation.state == "tentative"

    stranger = open_link(screens, link, scheme="dark")
    shown = stranger.page.content()
    assert guest.name not in shown
    assert arabic("Thank you, maybe you are coming.") not in shown
    invitation.refresh_from_db()
    assert invitation.state == "tentative"

    page = desk.open(f"/meetings/{meeting.pk}/")
    assert page.get_by_role("link", name=guest.name).first.is_visible()
    page = desk.open("/")
    assert page.get_by_text(guest.name).first.is_visible()


def test_guest_known_by_handle_is_written_to_by_hand(live, screens, desk, arabs):
    meeting = plan_meeting(desk, arabs)
    guest = person(arabs, "telegram", owner__email="beratung.arabisch@example.org")
    invite(desk, live, meeting, [guest])
    invitation = Invitation.objects.get(meeting=meeting, actor=guest)
    message = Message.objects.get(to_id=guest.pk, state=Message.State.BY_HAND)

    page = screens("beratung.arabisch@example.org").open("/outbox/by-hand/")  # she looks after this guest
    entry = page.locator(f"#m{message.pk}")
    entry.get_by_role("button", name=say("Copy the text")).click()
    page.locator("#toasts").get_by_text(say("Copied")).wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert entry.get_by_role("link", name=say("Open the chat")).get_attribute("href").startswith("https://")
    entry.get_by_role("button", name=say("Sent", context="a text was sent by hand")).click()
    entry.wait_for(state="detached")
    message.refresh_from_db()
    assert message.state == "sent"

    phone = open_link(screens, LINK.search(text)[0], phone=True, scheme="dark")
    phone.page.get_by_role("button", name=arabic("I cannot come")).click()
    phone.page.get_by_role("heading", name=arabic("Thank you for telling us. You are not coming.")).wait_for()
    phone.look()
    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_via) == ("declined", "link")


def test_guest_without_scripts_answers(live, screens, desk, arabs):
    meeting = plan_meeting(desk, arabs)
    guest = person(arabs, "mail")
    invite(desk, live, meeting, [guest])
    link = LINK.search(Message.objects.filter(to_id=guest.pk).latest("created_at").shown)[0]

    plain = screens(locale="ar", phone=True, java_script_enabled=False)
    plain.page.goto(link)
    plain.page.get_by_role("button", name=arabic("Yes, I am coming")).click()
    plain.page.get_by_role("heading", name=arabic("Thank you, you are coming.")).wait_for()

    assert Invitation.objects.get(meeting=meeting, actor=guest).state == "accepted"


def test_guest_brings_somebody_and_says_what_she_needs(live, screens, desk, arabs):
    meeting = plan_meeting(desk, arabs)
    page = desk.open(f"/meetings/{meeting.pk}/edit/")
    page.locator("[name=companions_welcome]").check()
    page.locator("[name=form][value=on_site]").check()
    page.locator("[name=venue]").fill("Rathaus, Köln")
    page.locator("form.form .btn-primary").click()
    page.wait_for_url(f"**/meetings/{meeting.pk}/")
    guest = person(arabs, "mail")
    invite(desk, live, meeting, [guest])
    link = LINK.search(Message.objects.filter(to_id=guest.pk).latest("created_at").shown)[0]

    phone = open_link(screens, link, phone=True)
    phone.page.locator("[name=companions]").check()
    phone.page.get_by_text(arabic("I need something to be able to come")).click()
    phone.page.locator("[name=interpreting]").select_option("fa")
    phone.page.locator("[name=children]").select_option("2")
    phone.page.locator("[name=step_free]").check()
    phone.look()
    phone.page.get_by_role("button", name=arabic("Yes, I am coming")).click()
    phone.page.get_by_text(arabic("You bring one person.")).wait_for()
    phone.look()
    invitation = Invitation.objects.get(meeting=meeting, actor=guest)
    assert (invitation.state, invitation.companions) == ("accepted", 1)

    page = desk.open(f"/meetings/{meeting.pk}/")
    assert page.get_by_text("Kinderbetreuung: 2 Kinder").is_visible()
    desk.look()
    page.locator(f"a[href$='{invitation.pk}/needs/']").evaluate("link => link.click()")
    page.wait_for_url("**/needs/")
    assert page.locator("[name=children]").input_value() == "2"
    desk.look()
