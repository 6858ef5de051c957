"""What everybody may read."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.meetings import a_community, a_coordinator, a_meeting, an_actor, invited
from tests.factories.polls import a_poll
from treffpunkt.core.clock import today
from treffpunkt.meetings.services.series import create_series


@pytest.mark.django_db
@pytest.mark.parametrize("language", settings.OUTSIDE_LANGUAGES)
@pytest.mark.parametrize("page", ["", "privacy/"])
def test_anybody_reads_it_in_every_language(language, page):
    response = Client().get(f"/{language}/{page}")

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.django_db
def test_unknown_language_is_not_found():
    assert Client().get("/xx/").status_code in (302, 404)


def test_only_titles_meant_for_everyone_are_shown(db):
    by = a_coordinator(name="Katrin Oster")
    community = a_community("ar")
    span = {"begins": today(), "ends": today() + timedelta(days=90)}
    public = create_series(
        by=by, name="Intern A", communities=[community], title={"de": "Abende für alle"}, contact=by, **span
    )
    hidden = create_series(by=by, name="Intern B", communities=[community], **span)
    shown = a_meeting(by, name="Geheimer Name", series=public, communities=[community])
    invited(by, shown, an_actor())
    a_meeting(by, name="Auch geheim", series=hidden, communities=[community])

    page = Client().get("/de/").content.decode()

    assert "Abende für alle" in page
    assert "Katrin Oster" in page
    assert "18 Uhr" in page
    assert not any(secret in page for secret in ("Intern A", "Intern B", "Geheimer Name", "Auch geheim"))


def test_planned_meetings_stand_there_where_the_series_shows_them(db):
    by, community = a_coordinator(), a_community("ar")
    span = {"begins": today(), "ends": today() + timedelta(days=90), "communities": [community]}
    shown = create_series(by=by, name="A", title={"de": "Mit Plan"}, shows_planned=True, **span)
    quiet = create_series(by=by, name="B", title={"de": "Ohne Plan"}, **span)
    for series in (shown, quiet):
        a_meeting(by, series=series, communities=[community])
    a_poll(by, a_meeting(by, series=shown, communities=[community], time=time(9)), an_actor())

    page = Client().get("/de/").content.decode()

    assert page.count("18 Uhr") == page.count("geplant") == 1
    assert "9 Uhr" not in page
    assert "BEGIN:VEVENT" not in Client().get("/de/meetings.ics").content.decode()
