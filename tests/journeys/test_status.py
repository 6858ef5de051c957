"""Where we stand with people: two taps after a talk, one back, and a first message that is copied."""

from __future__ import annotations

from django.urls import reverse

from tests.journeys.words import say
from treffpunkt.core.clock import today
from treffpunkt.network.models import Actor, Contact

COUNSELLING = "beratung.arabisch@example.org"


def test_two_taps_on_a_phone_and_one_back(live, screens):
    someone = Actor.objects.filter(owner__email=COUNSELLING, standing="asked").order_by("pk")[0]
    Actor.objects.filter(pk=someone.pk).update(next_touch=today())
    before = Contact.objects.count()
    phone = screens(COUNSELLING, phone=True)
    page = phone.open("/")
    row = page.locator("li.row", has_text=say("Get in touch again:")).filter(has_text=someone.name)
    row.locator("[data-dialog=sheet]").click()
    sheet = page.locator("#sheet")
    sheet.locator("[name=outcome]").first.wait_for()
    phone.look()
    assert sheet.get_by_role("heading", name=someone.name).count() == 1

    sheet.locator("button[name=outcome][value=declined]").click()
    page.get_by_text(say("The contact is logged.")).wait_for()
    phone.look()
    someone.refresh_from_db()
    assert (someone.standing, Contact.objects.count()) == ("declined", before + 1)

    page.locator("#toasts").get_by_role("button", name=say("Undo")).click()
    page.get_by_text(say("Taken back.")).wait_for()
    someone.refresh_from_db()
    assert (someone.standing, someone.next_touch, Contact.objects.count()) == ("asked", today(), before)

    page.locator("li.row", has_text=someone.name).locator("[data-dialog=sheet]").click()
    sheet.locator("button[name=outcome][value=talked]").click()
    page.get_by_text(say("The contact is logged.")).wait_for()
    assert page.locator("li.row", has_text=someone.name).count() == 0


def test_first_message_is_copied_and_noted_as_asked(live, screens):
    someone = (
        Actor.objects.filter(languages=["ar"], standing="unknown").exclude(name="").order_by("-potential_reach")[0]
    )
    desk = screens(COUNSELLING)
    page = desk.open(reverse("web:network:actor_board"))
    page.get_by_role("link", name=someone.name, exact=True).click()
    page.wait_for_url(f"**/people/{someone.pk}/")
    page.locator(".page-head .menu-box summary").click()
    page.get_by_role("link", name=say("Write a first message")).click()
    page.wait_for_url("**/message/")
    desk.look()

    page.get_by_role("button", name=say("Copy the message")).click()
    asking = page.locator("#sent")
    asking.get_by_role("button", name=say("Sent: note as asked")).wait_for()
    desk.look()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert someone.name in copied
    assert "/ar/profile/" in copied

    asking.get_by_role("button", name=say("Sent: note as asked")).click()
    page.wait_for_url(f"**/people/{someone.pk}/")
    page.get_by_text(say("The contact is logged.")).wait_for()
    desk.look()
    someone.refresh_from_db()
    assert someone.standing == "asked"
    assert Contact.objects.filter(actor=someone).latest("created_at").outcome == "asked"


def test_without_scripts_the_two_taps_have_a_page(live, screens):
    someone = Actor.objects.filter(owner__email=COUNSELLING, standing="asked").order_by("pk")[0]
    plain = screens(COUNSELLING, java_script_enabled=False, phone=True)
    page = plain.page
    page.goto(reverse("web:network:actor", args=[someone.pk]))
    page.locator(".page-head [data-dialog=sheet]").click()
    page.wait_for_url("**/contacts/add/**")
    page.locator("button[name=outcome][value=talked]").click()
    page.wait_for_url(f"**/people/{someone.pk}/")
    assert Contact.objects.latest("created_at").actor_id == someone.pk
