"""An ordinary day: what is due, finding somebody by name, logging a contact, another language."""

from __future__ import annotations

import re

from django.urls import reverse

from tests.journeys.words import say
from treffpunkt.network.models import Actor, Contact
from treffpunkt.tasks.models import Task


def test_what_is_due_is_done_from_today(live, desk):
    task = Task.objects.get(title="Raum für das Treffen im Januar anfragen")
    page = desk.open("/")
    row = page.locator("li.row", has_text=task.title)
    row.get_by_role("button").click()
    row.wait_for(state="detached")
    desk.look()

    task.refresh_from_db()
    assert task.state == "done"


def test_somebody_is_found_by_keyboard_alone(live, desk):
    someone = Actor.objects.filter(languages__contains=["ar"]).exclude(name="").order_by("pk")[0]
    page = desk.open("/")
    page.keyboard.press("/")
    page.keyboard.type(someone.name)
    assert page.locator("#search").input_value() == someone.name
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/|/people/"))
    desk.look()
    if "/search/" in page.url:
        page.get_by_role("main").get_by_role("link", name=someone.name).first.click()
    page.wait_for_url(f"**{reverse('web:network:actor', args=[someone.pk])}")
    desk.look()


def test_contact_is_logged_on_a_phone_and_names_are_asked_about(live, screens):
    phone = screens("beratung.arabisch@example.org", phone=True)
    someone = Actor.objects.filter(owner__email="beratung.arabisch@example.org").order_by("pk")[0]
    before = Contact.objects.count()
    page = phone.open(f"{reverse('web:network:log_contact')}?actor={someone.pk}")
    page.locator("[name=note]").fill("Frau Haddad (030 23125 011) möchte mitmachen.")
    page.locator("button[name=outcome][value=interested]").click()
    page.locator("mark").first.wait_for()
    phone.look()
    assert Contact.objects.count() == before

    page.get_by_role("button", name=say("Take it out and save")).click()
    page.wait_for_url(re.compile(f"/people/{someone.pk}"))
    phone.look()
    contact = Contact.objects.latest("created_at")
    assert Contact.objects.count() == before + 1
    assert (contact.outcome, contact.actor_id) == ("interested", someone.pk)
    assert "Haddad" not in contact.note
    assert "23125" not in contact.note


def test_reader_chooses_english(live, desk):
    page = desk.open("/")
    page.locator("header .menu-box summary").first.click()
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Meetings").click()
    page.wait_for_url("**/meetings/")
    desk.look()

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("heading", level=1).inner_text() == say("Meetings", language="en")


def test_pages_work_without_scripts(live, screens):
    plain = screens("koordination@example.org", java_script_enabled=False, phone=True)
    page = plain.page
    page.goto(reverse("web:network:spaces"))
    page.locator("form.filters input[name=q]").fill("xxxxxx")
    page.locator("form.filters button.js-hidden").click()
    page.wait_for_url("**q=xxxxxx**")
    assert page.locator("main table").count() == 0

    page.goto(reverse("web:tasks:add"))
    page.locator("[name=title]").fill("Ohne Skript")
    page.get_by_role("main").locator("form .btn-primary").first.click()
    page.wait_for_load_state()
    assert Task.objects.filter(title="Ohne Skript").count() == 1


def test_a_field_that_is_wrong_and_a_box_that_is_ticked_are_seen(live, desk):
    page = desk.open("/meetings/add/")
    edge = "one => getComputedStyle(one).borderTopColor"
    name, box = page.locator("#id_name"), page.locator("#id_communities_0")
    plain, empty = name.evaluate(edge), box.evaluate(edge)
    box.check()
    page.get_by_role("button", name=say("Save")).click()
    page.locator(".error-summary").wait_for()
    page.wait_for_function("document.getAnimations().every((one) => one.playState !== 'running')")
    assert page.locator(".error-summary").get_by_text(say("This field is required.")).first.is_visible()
    assert name.evaluate(edge) != plain
    assert box.is_checked()
    assert box.evaluate(edge) != empty
