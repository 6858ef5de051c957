"""Coordination brings a file in on the pages, from upload to undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.network import a_coordinator, a_counsellor, a_platform
from treffpunkt.core.clock import now
from treffpunkt.intake import running
from treffpunkt.intake.models import Import, Row
from treffpunkt.network.models import Space

pytestmark = pytest.mark.django_db

GROUPS = "Name;Link;Mitglieder\nFrauen in Köln;https://www.facebook.com/groups/abc;1200\nOhne Adresse;;viele\n"


@pytest.fixture
def coordinator():
    a_platform("facebook")
    coordinator = a_coordinator()
    coordinator.language = "en"
    coordinator.save()
    return coordinator


@pytest.fixture
def page(client, coordinator):
    """Open pages as coordination."""
    client.force_login(coordinator)
    return client


def uploaded(page, content: bytes = GROUPS.encode(), **values: str) -> Import:
    """Upload a file."""
    file = SimpleUploadedFile("gruppen.csv", content)
    answer = page.post(reverse("web:intake:upload"), {"file": file, "target": "spaces"} | values)
    assert answer.status_code == 302
    found = Import.objects.latest("id")
    assert answer["Location"] == reverse("web:intake:columns", args=[found.pk])
    return found


def chosen(page, found: Import) -> Import:
    """Agree with the columns as guessed and let the job run."""
    fields = {column: key for key, column in found.mapping.items()}
    data = {f"column_{place}": fields.get(column, "") for place, column in enumerate(found.columns)}
    answer = page.post(reverse("web:intake:columns", args=[found.pk]), data)
    assert answer.status_code == 302, answer.content.decode()
    found.refresh_from_db()
    assert found.state == "checking"
    running.check(found.pk)
    found.refresh_from_db()
    return found


def test_coordination_brings_a_list_in_and_takes_it_back(page):
    found = uploaded(page)
    shown = page.get(reverse("web:intake:columns", args=[found.pk])).content.decode()
    assert "Frauen in Köln" in shown
    assert "utf-8" in shown

    found = chosen(page, found)
    detail = reverse("web:intake:detail", args=[found.pk])
    shown = page.get(detail).content.decode()
    assert "1 new" in shown
    assert "1 wrong" in shown
    assert "Creates 1 group or channel." in shown
    assert "“viele” in “members” is not a number." in shown

    assert page.post(reverse("web:intake:apply", args=[found.pk])).status_code == 302
    assert "Bringing them in" in page.get(detail).content.decode()
    running.apply(found.pk)
    shown = page.get(detail).content.decode()
    assert "Created: 1 group or channel." in shown
    assert "Removes 1 group or channel." in shown
    assert Space.objects.count() == 1

    left_out = page.get(reverse("web:intake:left_out", args=[found.pk]))
    assert b"Ohne Adresse" in b"".join(left_out.streaming_content)

    page.post(reverse("web:intake:undo", args=[found.pk]))
    running.undo(found.pk)
    assert "Removed: 1 group or channel." in page.get(detail).content.decode()
    assert Space.objects.count() == 0
    assert "gruppen.csv" in page.get(reverse("web:intake:list")).content.decode()


def test_progress_is_asked_for_in_parts_and_the_page_renews_itself_at_the_end(page):
    found = uploaded(page)
    found.state, found.rows, found.done = "checking", 10, 4
    found.save()
    detail = reverse("web:intake:detail", args=[found.pk])
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "progress"}

    part = page.get(detail, **asked).content.decode()
    assert part.lstrip().startswith('<div id="progress"')
    assert "4 of 10" in part

    running.check(found.pk)
    assert page.get(detail, **asked)["HX-Refresh"] == "true"


def test_work_that_stands_still_can_be_gone_on_with(page, deferred):
    found = uploaded(page)
    Import.objects.filter(pk=found.pk).update(state="checking", changed_at=now() - timedelta(minutes=5))
    detail = reverse("web:intake:detail", args=[found.pk])
    assert "Nothing has moved for a while." in page.get(detail).content.decode()

    page.post(reverse("web:intake:again", args=[found.pk]))

    assert deferred.names == ["intake.check"]
    assert "Nothing has moved" not in page.get(detail).content.decode()


def test_a_file_read_wrongly_can_be_read_differently(page):
    found = uploaded(page)
    page.post(
        reverse("web:intake:reading", args=[found.pk]),
        {"target": "spaces", "header": 1, "encoding": "cp1252", "separator": ","},
    )
    found.refresh_from_db()

    assert found.columns == ["Name;Link;Mitglieder"]


def test_one_field_cannot_be_filled_by_two_columns(page):
    found = uploaded(page)

    answer = page.post(reverse("web:intake:columns", args=[found.pk]), {"column_0": "name", "column_1": "name"})

    assert answer.status_code == 422
    assert "“Name” fills this already." in answer.content.decode()


def test_what_is_no_table_is_refused_beside_the_field(page):
    answer = page.post(reverse("web:intake:upload"), {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7")})

    assert answer.status_code == 422
    assert "Please save the table as CSV, XLSX or ODS." in answer.content.decode()
    assert Import.objects.count() == 0


def test_doubtful_rows_are_decided_about_on_the_page(page):
    first = chosen(page, uploaded(page, b"Name\nSyrische Frauen Hamburg\n"))
    assert first.counts == {"wrong": 1, "makes": {"network.space": 0}}
    content = b"Name;Plattform\nSyrische Frauen Hamburg;facebook\n"
    found = chosen(page, uploaded(page, content))
    page.post(reverse("web:intake:apply", args=[found.pk]))
    running.apply(found.pk)
    found = chosen(page, uploaded(page, b"Name;Plattform\nSyrische Frauen in Hamburg;facebook\n"))

    shown = page.get(reverse("web:intake:detail", args=[found.pk])).content.decode()
    assert 'name="d2"' in shown
    assert "What is here" in shown
    assert "Syrische Frauen Hamburg</bdi></mark>" in shown
    assert "1 doubtful row is left out until you decide about it." in shown
    page.post(reverse("web:intake:decide", args=[found.pk]), {"d2": "same"})

    assert Row.objects.get(file=found).decision == "same"


def test_many_rows_are_shown_in_pages(page, django_assert_max_num_queries):
    rows = "".join(f"group{number};facebook\n" for number in range(120))
    found = chosen(page, uploaded(page, f"Name;Plattform\n{rows}".encode()))
    detail = reverse("web:intake:detail", args=[found.pk])

    with django_assert_max_num_queries(12):
        shown = page.get(detail, {"verdict": "new"}).content.decode()
    assert "group49" in shown
    assert "group50" not in shown
    assert "after=51" in shown
    assert "group50" in page.get(detail, {"verdict": "new", "after": 51}).content.decode()


def test_counselling_does_not_see_imports(page, client):
    found = uploaded(page)
    client.force_login(a_counsellor())

    for name in ("list", "upload"):
        assert client.get(reverse(f"web:intake:{name}")).status_code == 403
    for name in ("detail", "columns", "left_out"):
        assert client.get(reverse(f"web:intake:{name}", args=[found.pk])).status_code == 403
    for name in ("apply", "undo", "again", "discard", "decide", "reading"):
        assert client.post(reverse(f"web:intake:{name}", args=[found.pk])).status_code == 403


def test_hostile_cells_are_shown_as_text(page):
    content = b'Name;Plattform\n"<script>alert(1)</script> a";facebook\n'
    found = chosen(page, uploaded(page, content))

    shown = page.get(reverse("web:intake:detail", args=[found.pk])).content.decode()

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown
