"""A list from a spreadsheet is brought in: read, mapped, looked at, applied, brought in again, taken back."""

from __future__ import annotations

import io
import re

import pytest
from django.urls import reverse
from openpyxl import Workbook

from tests.journeys.words import say
from treffpunkt.intake.models import Import
from treffpunkt.network.models import Actor, Space

COLUMNS = ("Gruppenname", "Link", "Mitglieder", "Sprache", "Plattform")
GROUPS = (
    (
        "Französische Mütter in Köln",
        "https://www.facebook.com/groups/meres.koeln.demo",
        1240,
        "Französisch",
        "Facebook",
    ),
    ("Española en Düsseldorf", "https://www.facebook.com/groups/espanola.demo", 860, "Spanisch", "Facebook"),
    ("Neu in München", "https://t.me/neu_in_muenchen_demo", 3100, "Deutsch", "Telegram"),
)


def as_csv(rows, encoding: str) -> bytes:
    lines = [";".join(map(str, row)) for row in (COLUMNS, *rows)]
    return "\r\n".join(lines).encode(encoding)


def as_xlsx(columns, rows) -> bytes:
    book = Workbook()
    for row in (columns, *rows):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def upload(desk, name: str, content: bytes) -> None:
    """Give a file in and look at how it was read."""
    page = desk.open(reverse("web:intake:upload"))
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.locator("form.form .btn-primary").click()
    page.wait_for_url("**/columns/")
    desk.look()


def check(desk, live) -> Import:
    """Have the file checked, and wait until the page shows what each row would do."""
    page = desk.page
    page.get_by_role("button", name=say("Check the file")).click()
    page.wait_for_url(re.compile(r"[0-9a-f-]{36}/$"))
    page.locator("#progress").wait_for()
    desk.look()
    live.work()
    page.locator("#rows").wait_for()
    desk.look()
    return Import.objects.latest("created_at")


def bring_in(desk, live) -> None:
    desk.page.get_by_role("button", name=say("Bring in")).click()
    live.work()
    desk.page.get_by_text(say("Brought in.")).wait_for()
    desk.look()


def take_back(desk, live) -> None:
    desk.page.locator("summary", has_text=say("Take this import back")).click()
    desk.page.get_by_role("button", name=say("Take back")).click()
    live.work()
    desk.page.get_by_text(say("Taken back.")).wait_for()
    desk.look()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_list_of_groups_comes_in_once_and_goes(live, desk, encoding):
    before = Space.objects.count()
    content = as_csv(GROUPS, encoding)

    upload(desk, "gruppen.csv", content)
    reading = desk.page.locator("aside dl, aside .facts").first.inner_text()
    assert encoding in reading
    assert ";" in reading
    assert desk.page.get_by_role("cell", name="Französische Mütter in Köln").is_visible()

    found = check(desk, live)
    assert (found.counts["new"], found.rows) == (3, 3)
    assert Space.objects.count() == before  # nothing is written before she says so

    bring_in(desk, live)
    assert Space.objects.count() == before + 3
    space = Space.objects.get(name="Española en Düsseldorf")
    assert (space.members, space.platform.key, space.language_id) == (860, "facebook", "es")

    upload(desk, "gruppen.csv", content)
    again = check(desk, live)
    assert again.counts["same"] == 3
    assert desk.page.get_by_text(say("There is nothing to write: everything is here already.")).is_visible()
    assert desk.page.get_by_role("button", name=say("Bring in")).count() == 0

    desk.open(reverse("web:intake:detail", args=[found.pk]))
    take_back(desk, live)
    assert Space.objects.count() == before


def test_people_come_in_from_a_spreadsheet(live, desk):
    before = Actor.objects.count()
    space = Space.objects.filter(platform="facebook", communities__language="ar")[0]
    rows = [("Samira Demo", "samira.demo@example.org", space.name), ("Huda Demo", "", space.name)]

    upload(desk, "admins.xlsx", as_xlsx(("Admin", "E-Mail", "Gruppe"), rows))
    found = check(desk, live)
    assert found.mapping == {"name": "Admin", "mail": "E-Mail", "space": "Gruppe"}
    assert found.counts["new"] == 2

    bring_in(desk, live)
    assert Actor.objects.count() == before + 2
    assert space.roles.filter(actor__name="Samira Demo").exists()

    take_back(desk, live)
    assert Actor.objects.count() == before


def test_wrong_rows_are_named_and_handed_back(live, desk):
    rows = (*GROUPS[:1], ("Ohne alles", "javascript:alert(1)", "viele", "", ""))

    upload(desk, "gruppen.csv", as_csv(rows, "utf-8"))
    found = check(desk, live)
    assert (found.counts["new"], found.counts["wrong"]) == (1, 1)
    desk.page.locator(".tabbar a[href*='verdict=wrong'], a[href='?verdict=wrong']").first.click()
    desk.page.get_by_role("cell", name=re.compile("Ohne alles")).first.wait_for()
    desk.look()

    left = desk.context.request.get(desk.page.get_by_role("link", name=say("Rows left out")).get_attribute("href"))
    assert "Ohne alles" in left.text()
    assert "Mütter" not in left.text()
