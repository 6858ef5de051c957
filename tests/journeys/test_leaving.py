"""A colleague leaves: what she looked after goes to two others, her profiles are no longer ours, her account closes."""

from __future__ import annotations

import re

from django.urls import reverse

from tests.journeys.words import say
from treffpunkt.network.models import Actor, Community, Profile
from treffpunkt.people.models import Staff

LEAVER, HEIR, OTHER = (f"beratung.{name}@example.org" for name in ("franzoesisch", "englisch", "spanisch"))


def test_a_colleague_leaves(live, desk, screens):
    leaver, heir, other = (Staff.objects.get(email=one) for one in (LEAVER, HEIR, OTHER))
    known = Actor.objects.filter(owner=leaver, erased_at=None)
    first, whole = known.order_by("pk")[0], known.count()
    assert whole > 2
    page = desk.open(reverse("web:settings:member", args=[leaver.pk]))
    page.get_by_role("link", name=say("Look at it and hand it over")).click()
    page.wait_for_url("**/hand-over/")
    desk.look()

    page.get_by_role("button", name=say("Hand over what is ticked")).last.click()
    page.locator(".error-summary").wait_for()
    desk.look()

    people = page.get_by_role("region", name=re.compile(f"^{say('People')}"))
    people.get_by_role("checkbox", name=first.name).check()
    page.locator("[name=to]").select_option(str(other.pk))
    page.get_by_role("button", name=say("Hand over what is ticked")).last.click()
    page.locator("#toasts").get_by_text(other.name).wait_for()
    desk.look()
    first.refresh_from_db()
    assert first.owner == other
    assert known.count() == whole - 1

    page.locator("[name=to]").select_option(str(heir.pk))
    page.get_by_role("button", name=say("Hand over everything")).click()
    page.get_by_text(say("Nothing is left")).wait_for()
    desk.look()
    assert not known.exists()
    assert not Community.objects.filter(counsellors=leaver).exists()
    assert Community.objects.filter(counsellors=heir).count() == 2
    assert set(Profile.objects.filter(staff=leaver).values_list("state", flat=True)) == {"retired"}

    page.get_by_role("main").get_by_role("button", name=say("Close the account")).click()
    page.wait_for_url(f"**/staff/{leaver.pk}/")
    leaver.refresh_from_db()
    assert not leaver.is_active

    phone = screens(phone=True, locale="fr")
    phone.open("/fr/profile/")
    phone.page.locator("[name=link]").fill("https://m.facebook.com/nathalie.treffpunkt.demo")
    phone.page.locator("main form button").click()
    phone.page.get_by_role(
        "heading", name=say("Careful: this profile was ours, but we no longer use it.", language="fr")
    ).wait_for()
    phone.look()


def test_handing_over_fits_a_phone(live, screens):
    phone = screens("koordination@example.org", phone=True, scheme="dark")
    phone.open(reverse("web:settings:hand_over", args=[Staff.objects.get(email=LEAVER).pk]))
