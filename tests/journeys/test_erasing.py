"""Somebody asks to be forgotten: what is stored is shown, handed out and erased, and nobody finds them any more."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.journeys.words import say
from treffpunkt.network.models import Actor, Channel
from treffpunkt.network.services.contacts import log_contact
from treffpunkt.people.models import Staff


@pytest.mark.parametrize(("phone", "scheme"), [(False, "light"), (True, "dark")])
def test_a_person_is_erased(live, screens, phone, scheme):
    actor = Actor.objects.filter(channels__isnull=False, roles__space__isnull=False, erased_at=None).order_by("pk")[0]
    name, space = actor.name, actor.roles.filter(space__isnull=False)[0].space
    by = Staff.objects.get(email="koordination@example.org")
    log_contact(
        by=by, actor=actor, outcome="talked", note=f"{name} möchte vergessen werden.", keep_findings=True,
    )  # fmt: skip
    screen = screens(by.email, phone=phone, scheme=scheme)

    page = screen.open(reverse("web:network:stored", args=[actor.pk]))
    page.get_by_role("heading", level=1).wait_for()
    assert page.get_by_text(name).count()
    screen.look()
    page.locator("main a[href$='/erase/']").click()
    page.wait_for_url("**/erase/")
    screen.look()
    page.get_by_role("button", name=say("Erase for good")).click()
    page.locator(".error-summary").wait_for()  # not without a word
    screen.look()
    page.locator("form [type=checkbox][name=sure]").check()
    page.get_by_role("button", name=say("Erase for good")).click()
    page.wait_for_url(lambda url: not url.endswith("/erase/"))
    live.work()
    screen.look()

    actor.refresh_from_db()
    assert actor.erased_at is not None
    assert not Channel.objects.filter(actor=actor).exists()
    screen.open(f"{reverse('web:search:results')}?q={name}")
    assert page.get_by_role("main").get_by_role("link", name=name).count() == 0
    screen.look()
    screen.open(reverse("web:network:space", args=[space.pk]))
    assert page.get_by_text(name).count() == 0
    screen.look()
