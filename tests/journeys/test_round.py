"""The daily round on a phone: open, tap, take back, go on tomorrow."""

from __future__ import annotations

import re

from django.urls import reverse

from tests.journeys.words import say
from treffpunkt.network.models import Look, Space
from treffpunkt.tasks.models import Task

COUNSELLING = "beratung.arabisch@example.org"


def test_a_counsellor_goes_her_round_on_a_phone(live, screens):
    phone = screens(COUNSELLING, phone=True)
    page = phone.open("/")
    page.get_by_role("navigation", name=say("Quick menu")).get_by_role("link", name=say("Daily round")).click()
    page.wait_for_url("**/network/round/")
    phone.look()
    rows = page.locator("ol.rows > li")
    number = rows.count()
    assert number >= 4
    opened = rows.first.locator("a[target=_blank]")
    assert opened.get_attribute("rel") == "noopener noreferrer"
    assert all(box["height"] >= 44 for box in (one.bounding_box() for one in rows.first.locator("button").all()))

    counted = page.locator("li", has=page.locator("[name=members]")).first
    space = Space.objects.get(pk=(counted.get_attribute("id") or "").removeprefix("look-"))
    counted.locator("[name=members]").fill("4321")
    counted.get_by_role("button", name=say("Nothing new")).click()
    page.get_by_text(f"1 von {number}").wait_for()
    phone.look()
    space.refresh_from_db()
    assert space.members == 4321

    done = page.locator(f"#look-{space.pk}")
    done.get_by_role("button", name=re.compile(say("Undo", context="in one word"))).click()
    page.get_by_text(f"0 von {number}").wait_for()
    space.refresh_from_db()
    assert space.members != 4321
    assert not Look.objects.exists()

    page.locator("ol.rows > li button[value=problem]").first.click()
    page.locator("[name=word]").fill("Mein Beitrag wurde entfernt")
    phone.look()
    page.get_by_role("button", name=say("Add it")).click()
    page.get_by_text(say("Coordination reads it with the task.")).wait_for()
    task = Task.objects.get(pk=Look.objects.get().task_id)
    assert (task.owner.email, task.note) == ("koordination@example.org", "Mein Beitrag wurde entfernt")

    page.locator("ol.rows > li button[value=question]").first.click()
    page.get_by_text(f"2 von {number}").wait_for()
    phone.look()
    page.reload()
    assert page.locator("ol.rows > li").count() == number - 2
    phone.look()
    while page.locator("ol.rows > li button[value=nothing]").count():
        left = page.locator("ol.rows > li button[value=nothing]").count()
        page.locator("ol.rows > li button[value=nothing]").first.click()
        page.wait_for_function(
            "(left) => document.querySelectorAll('ol.rows > li button[value=nothing]').length < left", arg=left
        )
    page.get_by_text(say("Done for today.")).wait_for()
    phone.look()


def test_the_round_works_without_scripts(live, screens):
    plain = screens(COUNSELLING, java_script_enabled=False, phone=True)
    page = plain.page
    page.goto(reverse("web:network:round"))
    number = page.locator("ol.rows > li").count()
    page.locator("ol.rows > li button[value=nothing]").first.click()
    page.wait_for_load_state()
    assert page.locator("ol.rows > li").count() == number - 1

    page.locator("#last-look button").click()
    page.wait_for_load_state()
    assert page.locator("ol.rows > li").count() == number
