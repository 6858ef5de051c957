"""From an offer to its acceptance in Arabic on a phone, and to its quiet end."""

from __future__ import annotations

import re
from io import BytesIO

from pypdf import PdfReader

from tests.journeys.words import say
from treffpunkt.agreements.models import Agreement, Party
from treffpunkt.network.models import Actor, Space
from treffpunkt.post.models import Message

LINK = re.compile(r"https?://[\d.:]+/l/\S+")


def arabic(text: str, **more: str) -> str:
    return say(text, language="ar", **more)


def link_to(leader: Actor, template: str) -> str:
    """Read the link out of the newest mail to somebody."""
    sent = Message.objects.filter(to_id=leader.pk, template=f"agreements/messages/{template}").latest("created_at")
    return LINK.search(sent.shown)[0]


def prepare(desk, space: Space, leader: Actor) -> Agreement:
    """Prepare an agreement from the group's page, read it and put it before her."""
    page = desk.open(f"/network/spaces/{space.pk}/")
    page.get_by_role("link", name=say("Agree on cooperation")).click()
    page.wait_for_url("**/agreements/add/**")
    desk.look()
    page.locator(f"[name=actors][value='{leader.pk}']").check()
    page.locator("[name=rights][value=pin]").check()
    page.locator("[name=rights][value=links]").check()
    page.get_by_role("button", name=say("Prepare")).click()
    page.wait_for_url(re.compile(r"/agreements/[0-9a-f-]{36}/$"))
    desk.look()
    assert page.locator(".sentences [lang=ar][dir=rtl]").count() >= 6
    page.get_by_role("link", name=say("Offer it")).click()
    desk.look()
    page.get_by_role("button", name=say("Offer it")).click()
    page.wait_for_url(re.compile(r"/agreements/[0-9a-f-]{36}/$"))
    desk.look()
    return Agreement.objects.filter(spaces=space, state="offered").latest("created_at")


def test_offer_is_accepted_in_arabic_on_a_phone_and_ended_with_a_tap(live, screens, desk):
    reached = Actor.objects.filter(channels__channel_kind="mail", roles__space__language="ar")
    leader = reached.exclude(pk__in=Party.objects.values("actor")).exclude(standing="declined").order_by("pk")[0]
    space = Space.objects.filter(roles__actor=leader).order_by("pk")[0]
    agreement = prepare(desk, space, leader)
    live.work()

    phone = screens(locale="ar", phone=True)
    page = phone.open(link_to(leader, "offer"))
    assert (page.locator("html").get_attribute("lang"), page.locator("html").get_attribute("dir")) == ("ar", "rtl")
    assert leader.name not in page.content()
    assert page.locator(".sentences > li").count() >= 6
    agreement.refresh_from_db()
    assert agreement.state == "offered"  # reading changes nothing

    page.get_by_text(arabic("I have a question")).click()
    page.locator("[name=remark]").fill("كم مرة في الأسبوع؟")
    page.get_by_role("button", name=arabic("Send", context="a question")).click()
    page.get_by_text(arabic("Thank you, we will answer you. You hear from us as usual.")).wait_for()
    phone.look()
    answer = desk.open("/")
    answer.locator(".row", has_text=agreement.name).get_by_role("link", name=say("Answer", context="do it")).click()
    desk.look()
    answer.locator("[name=text]").fill("مرة واحدة.")
    answer.get_by_role("button", name=say("Answer", context="do it")).click()
    answer.wait_for_url(re.compile(r"/agreements/[0-9a-f-]{36}/$"))
    page.goto(page.url.split("?")[0])
    page.get_by_text("مرة واحدة.").wait_for()
    phone.look()

    page.locator("[name=name]").fill("قمر")
    page.get_by_role("button", name=arabic("I agree")).click()
    page.get_by_text(arabic("Thank you, you agree.")).wait_for()
    phone.look()
    agreement.refresh_from_db()
    assert agreement.state == "in_force"
    with page.expect_download() as kept:
        page.get_by_role("link", name=arabic("Keep it as a PDF")).click()
    text = PdfReader(BytesIO(kept.value.path().read_bytes()))
    assert len(text.pages) == 1
    assert agreement.current.sha256 in text.pages[0].extract_text()

    live.work()
    stranger = screens(locale="ar", phone=True, scheme="dark")
    shown = stranger.open(link_to(leader, "concluded")).content()
    assert "قمر" not in shown
    here = desk.open(f"/agreements/{agreement.pk}/")
    assert here.get_by_text("قمر").first.is_visible()

    sent = Message.objects.count()
    page.get_by_role("link", name=arabic("End the cooperation")).click()
    phone.look()
    page.get_by_role("button", name=arabic("Yes, end it now")).click()
    page.wait_for_url("**done=ended**")
    phone.look()
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ending) == ("ended", "withdrawn")
    assert Message.objects.count() == sent
    desk.open(f"/agreements/{agreement.pk}/")
