"""A link in many hands: forwarded, expired, on a lost phone; in Arabic, on a phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.journeys.words import say
from treffpunkt.core.clock import now
from treffpunkt.links.models import Link
from treffpunkt.links.services import issue
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.post.models import Message

FRESH = "meetings/messages/fresh_link"
ON_ITS_WAY = "If we know a safe way to you, a fresh link comes by it soon. For your safety it is not shown here."


def arabic(text: str) -> str:
    return say(text, language="ar")


@pytest.fixture
def invitation(live) -> Invitation:
    """Give an Arabic-speaking guest's invitation that has no answer yet; mail leads to her, and seats are free."""
    waiting = Invitation.objects.filter(state="sent", meeting__state="inviting", language="ar")
    found = waiting.filter(actor__channels__channel_kind="mail", actor__channels__safe=True).order_by("pk")[0]
    Meeting.objects.filter(pk=found.meeting_id).update(seats=40)
    return found


@pytest.fixture
def link(invitation) -> str:
    """Give the address of her link."""
    return issue("invitation", subject_kind=invitation.kind, subject_id=invitation.pk, holder_id=invitation.actor_id)


def on_a_phone(screens):
    return screens(phone=True, locale="ar")


def fresh_link() -> str:
    """Give the link that came by mail."""
    from treffpunkt.post.rendering import render

    return re.search(r"https?://\S+/l/\S+", render(Message.objects.filter(template=FRESH).latest("pk")).body)[0]


def test_guest_sees_her_answer_on_a_second_phone_only_by_a_fresh_link(live, screens, desk, invitation, link):
    first = on_a_phone(screens)
    page = first.open(link)
    page.get_by_role("button", name=arabic("Yes, I am coming")).click()
    page.get_by_role("heading", name=arabic("Thank you, you are coming.")).wait_for()
    first.look()

    second = on_a_phone(screens)
    page = second.open(link)
    assert arabic("Thank you, you are coming.") not in page.content()
    page.get_by_role("heading", name=arabic("This link was first used on another device")).wait_for()
    page.get_by_role("button", name=arabic("Send me a fresh link")).click()
    page.get_by_text(arabic(ON_ITS_WAY)).wait_for()
    second.look()
    live.work()
    outbox = desk.open("/outbox/demo/")
    assert outbox.locator("article", has_text=arabic("Your fresh link")).count() == 1

    page = second.open(fresh_link())
    assert arabic("Thank you, you are coming.") not in page.content()
    page.get_by_role("button", name=arabic("Yes, show it here")).click()
    page.get_by_role("heading", name=arabic("Thank you, you are coming.")).wait_for()
    second.look()
    assert invitation.actor.name not in page.title()


def test_expired_link_leads_to_a_fresh_one(live, screens, invitation, link):
    Link.objects.filter(subject_id=invitation.pk).update(expires_at=now() - timedelta(days=1), language="ar")
    phone = screens(phone=True, locale="de-DE")
    page = phone.page
    assert page.goto(link).status == 410
    phone.troubles.clear()
    assert page.locator("html").get_attribute("dir") == "rtl"
    phone.look()
    page.get_by_role("button", name=arabic("Send me a fresh link")).click()
    page.get_by_text(arabic(ON_ITS_WAY)).wait_for()
    phone.troubles.clear()

    assert page.goto(fresh_link()).status == 200
    phone.look()


def test_lost_phone_opens_nothing_any_more(screens, desk, invitation, link):
    phone = on_a_phone(screens)
    phone.open(link)
    page = desk.open(f"/network/people/{invitation.actor_id}/")
    page.locator(".page-head-actions details summary").first.click()
    page.get_by_role("link", name=say("Phone lost")).click()
    page.wait_for_url("**/phone-lost/")
    desk.look()
    page.get_by_role("button", name=say("Close all links")).click()
    page.wait_for_url(f"**/people/{invitation.actor_id}/")

    assert phone.page.goto(link).status == 410


def test_no_link_lands_in_the_servers_log(live, screens, invitation, link):
    """Whatever happens below a link: opened, refused, missing, broken."""
    token = link.rstrip("/").rpartition("/")[2]
    phone = on_a_phone(screens)
    page = phone.open(link)
    request = phone.context.request
    for path in ("", "about-us/", "about-you/", "calendar.ics", "minutes.pdf", "answer/", "nothing/", "%00/"):
        request.get(f"{link}{path}")
        request.post(f"{link}{path}", form={"answer": "accepted"})  # without the form's token: refused
    request.get(f"{link}?lang=%ff", headers={"Host": "evil.example"})
    page.get_by_role("button", name=arabic("Yes, I am coming")).click()
    page.get_by_role("heading", name=arabic("Thank you, you are coming.")).wait_for()

    said = (live.home / "web.log").read_text() + "".join(
        path.read_text(errors="replace") for path in live.home.rglob("*.log") if path.is_file()
    )
    assert '"route": "portal:answer"' in said  # refused forms are written down, by their route alone
    assert token not in said
    assert token not in page.title()
    assert token not in str(
        page.evaluate("[document.referrer, JSON.stringify(localStorage), JSON.stringify(sessionStorage)]")
    )


def test_browser_tells_no_page_where_it_comes_from(screens, link):
    phone = on_a_phone(screens)
    page = phone.open(link)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.all_headers().get("referer", "")))
    page.get_by_role("link", name=arabic("Are we real?")).click()
    page.get_by_role("link", name=arabic("Our public page")).click()
    page.wait_for_load_state()

    assert len(sent) > 1
    assert not any("/l/" in one for one in sent)
