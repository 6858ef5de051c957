"""What guests need, on the pages of those who prepare a meeting."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.meetings import a_colleague, a_community, a_meeting, an_actor, invited
from treffpunkt.meetings.models import Needs
from treffpunkt.meetings.services.needs import note_needs


@pytest.fixture
def counsellor(db):
    return a_colleague()


@pytest.fixture
def meeting(coordinator, counsellor):
    return a_meeting(
        coordinator, communities=[a_community("ar", counsellor)], hosts=[coordinator], form="on_site", venue="Rathaus"
    )


@pytest.fixture
def guest(coordinator, meeting):
    return invited(coordinator, meeting, an_actor())[0]


def test_page_sums_up_for_all_and_names_for_the_hosts(client, coordinator, counsellor, meeting, guest):
    note_needs(by=coordinator, invitation=guest, interpreting="fa", children=2, other="Leise Umgebung")
    address = reverse("web:meetings:detail", args=[meeting.pk])

    client.force_login(coordinator)
    page = client.get(address).content.decode()
    assert "Dolmetschen in Persisch" in page
    assert "Kinderbetreuung für 2 Kinder" in page
    assert "Leise Umgebung" in page

    client.force_login(counsellor)
    page = client.get(address).content.decode()
    assert "Kinderbetreuung: <b" in page
    assert "Kinderbetreuung für 2 Kinder" not in page
    assert "Leise Umgebung" not in page


def test_colleague_notes_what_she_is_told_without_reading_what_stands(client, coordinator, counsellor, guest):
    note_needs(by=coordinator, invitation=guest, interpreting="fa", other="Leise Umgebung")
    client.force_login(counsellor)
    address = reverse("web:meetings:needs", args=[guest.pk])

    page = client.get(address)
    assert "Leise Umgebung" not in page.content.decode()
    assert "welcome" not in page.context["form"].fields
    assert client.post(address, {"children": "1"}).status_code == 302

    needs = Needs.objects.get()
    assert (needs.interpreting, needs.children, needs.other) == ("fa", 1, "Leise Umgebung")


def test_host_allows_one_guest_to_bring_somebody(client, coordinator, guest):
    client.force_login(coordinator)
    address = reverse("web:meetings:needs", args=[guest.pk])

    assert client.post(address, {"companions": "on"}).status_code == 422
    assert client.post(address, {"welcome": "on", "companions": "on", "children": "x"}).status_code == 422
    assert client.post(address, {"welcome": "on", "companions": "on"}).status_code == 302

    guest.refresh_from_db()
    assert (guest.companions_welcome, guest.companions) == (True, 1)


def test_words_that_tell_somebody_are_marked_first(client, coordinator, guest):
    client.force_login(coordinator)
    address = reverse("web:meetings:needs", args=[guest.pk])
    given = {"other": "Frau Sabine Keller, 0170 1234567"}

    page = client.post(address, given)
    assert page.status_code == 422
    assert "Sabine Keller</bdi></mark>" in page.content.decode()
    assert client.post(address, given | {"keep": "1"}).status_code == 302
