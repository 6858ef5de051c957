"""An administrator stops: she is asked first, and others are spoken to only after her yes."""

from __future__ import annotations

import re

from django.utils import timezone

from tests.journeys.words import say
from treffpunkt.agreements.models import Succession
from treffpunkt.network.models import Actor, Role, Space
from treffpunkt.post.models import Message

LINK = re.compile(r"https?://[\d.:]+/l/\S+")
WORDS = "اسألي منى، فهي تعرف الجميع"


def of_two_leaders() -> tuple[Actor, Actor, Space]:
    """Find somebody with mail who leads an Arabic group with somebody else."""
    roles = Role.objects.present(timezone.localdate()).filter(role="administrator", space__language="ar")
    reached = roles.filter(actor__channels__channel_kind="mail").exclude(actor__in=Succession.objects.values("actor"))
    for role in reached.select_related("actor", "space").order_by("pk"):
        others = Role.objects.present(timezone.localdate()).filter(space=role.space).exclude(actor=role.actor)
        other = others.filter(role__in=("administrator", "moderator")).select_related("actor").order_by("pk").first()
        if other:
            return role.actor, other.actor, role.space
    raise AssertionError("nobody leads a group with somebody else")


def test_who_stops_is_asked_first_and_others_only_after_her_yes(live, screens, desk):
    leader, other, space = of_two_leaders()
    page = desk.open(f"/network/people/{leader.pk}/")
    page.goto(f"/access/leaving/{leader.pk}/")
    desk.look()
    # Nobody else is offered before she was asked: a question to a moderator would give her away.
    assert page.get_by_role("checkbox", name=re.compile(re.escape(other.name))).count() == 0

    page.get_by_role("button", name=say("Make the task")).click()
    page.get_by_text(say("A prepared message in their language")).wait_for()
    desk.look()
    page.get_by_role("button", name=say("Send it with a link, by mail")).click()
    page.get_by_text(say("They were asked")).wait_for()
    live.work()

    sent = Message.objects.filter(to_id=leader.pk, template="agreements/messages/succession").latest("created_at")
    assert space.name not in sent.shown
    assert other.name not in sent.shown
    phone = screens(locale="ar", phone=True)
    theirs = phone.open(LINK.search(sent.shown)[0])
    assert (theirs.locator("html").get_attribute("dir"), other.name in theirs.content()) == ("rtl", False)
    phone.look()
    theirs.locator("[name=words]").fill(WORDS)
    theirs.get_by_role("button", name=say("Yes, you may", language="ar")).click()
    theirs.get_by_text(say("We may speak to others. You can still change that.", language="ar")).wait_for()
    phone.look()

    page.reload()
    page.get_by_text(WORDS).first.wait_for()
    desk.look()
    page.get_by_role("checkbox", name=re.compile(re.escape(other.name))).first.check()
    page.get_by_role("button", name=say("Save"), exact=True).click()
    page.get_by_role("link", name=re.compile(re.escape(other.name))).wait_for()
    desk.look()

    page.get_by_role("button", name=say("It is settled")).click()
    page.get_by_text(say("This is settled.")).wait_for()
    assert Succession.objects.get(actor=leader).state == "closed"
    theirs.reload()
    assert say("This is settled. Thank you; you need not do anything.", language="ar") in theirs.content()
