"""Before she posts, a counsellor looks whether she may: on her phone, with a connection and without."""

from __future__ import annotations

import re

from django.urls import reverse

from tests.journeys.words import say
from treffpunkt.agreements.models import GrantedRight

HALA = "beratung.arabisch@example.org"
MAY_I = "/access/may-i/"
KEPT = "async () => !!(await caches.match('pocket', {cacheName: 'treffpunkt.may-i'}))"


def until_kept(page, wanted):
    """Wait until the answers are kept on the device, or gone from it."""
    for _ in range(100):
        if page.evaluate(KEPT) is wanted:
            return
        page.wait_for_timeout(100)
    raise AssertionError("not kept" if wanted else "still kept")


def test_counsellor_asks_whether_she_may_post(live, screens):
    right = GrantedRight.objects.select_related("space").get(space__short_name="Frauen Berlin", right_kind="links")
    phone = screens(HALA, phone=True)
    page = phone.open(MAY_I)
    page.get_by_role("link", name=re.compile("Frauen Berlin")).click()
    page.wait_for_url(f"**{reverse('web:access:may_i_here', args=[right.space_id])}")
    phone.look()

    assert page.locator(".verdict-word").inner_text() == say("Yes", context="may I")
    assert page.get_by_text(right.how).is_visible()

    page.get_by_role("button", name=say("Does not work")).click()
    page.get_by_text(say("Noted. It stands on the radar until somebody has settled it.")).wait_for()
    phone.look()
    assert page.locator(".verdict-word").inner_text() == say("Ask first", context="may I")
    right.refresh_from_db()
    assert right.state == "failing"


def test_answer_is_read_without_a_connection_and_gone_after_signing_out(live, screens):
    space = GrantedRight.objects.get(space__short_name="Frauen Berlin", right_kind="links").space
    leader = space.roles.order_by("pk")[0].actor.name
    phone = screens(HALA, phone=True)
    page = phone.open(MAY_I)
    until_kept(page, True)

    with phone.offline():
        page.goto(f"{MAY_I}{space.pk}/")
        page.get_by_text(say("offline")).wait_for()
        here = page.locator(f"details[data-group='{space.pk}']")
        assert here.locator(".verdict-word").is_visible()
        assert re.search(r"\d{1,2}\. \w+, \d\d:\d\d · offline", page.get_by_role("status").first.inner_text())
        assert leader not in page.content()
        phone.look()

    page.goto("/sign-out/")
    page.get_by_role("main").get_by_role("button", name=say("Sign out")).click()
    page.wait_for_url("**/sign-in/**")
    until_kept(page, False)
    with phone.offline():
        failed = False
        try:
            page.goto(MAY_I)
        except Exception:
            failed = True
        assert failed
