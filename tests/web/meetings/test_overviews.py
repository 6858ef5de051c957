"""The pages that look back over many meetings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.meetings import a_colleague, a_community, a_meeting, a_statement, an_actor
from tests.meetings.test_overviews import held
from tests.web.meetings.conftest import browser_of
from tests.web.meetings.test_planning import MOST, number_of_queries
from treffpunkt.core.clock import today
from treffpunkt.meetings.models import Statement
from treffpunkt.meetings.services.notes import turn_into_promise, turn_into_task
from treffpunkt.meetings.services.series import create_series
from treffpunkt.tasks.models import Task


def url(name: str, *args) -> str:
    return reverse(f"web:meetings:{name}", args=args)


@pytest.fixture
def community(db):
    return a_community("ar")


@pytest.fixture
def season(coordinator, community):
    return create_series(
        by=coordinator, name="Saison", begins=today(), ends=today() + timedelta(days=90), communities=[community]
    )


def a_season(by, community, season, *, guests: int, statements: int) -> None:
    """Hold two meetings with as many guests who stay away and statements that become something."""
    away = [an_actor(name=f"Weg {number}") for number in range(guests)]
    for ago in (60, 30):
        here = an_actor(name="Da")
        meeting = held(by, community, ago, {here: "attended", **dict.fromkeys(away, "absent")}, series=season)
        for number in range(statements):
            one = a_statement(by, meeting, f"Aussage {number} zum Wohngeld.", language="de")
            turn_into_task(by=by, statement=one, title=f"Aufgabe {number}")
            two = a_statement(by, meeting, f"قول رقم {number}", language="ar", gist="Gesagt.")
            turn_into_promise(by=by, statement=two, title=f"Zusage {number}", promised_by=here)


@pytest.mark.parametrize(
    "address",
    ["said", "said?q=wohngeld", "said?q=wohngelt", "attended", "missed", "promised?state=all", "series_said"],
)
def test_page_asks_as_often_for_one_row_as_for_many(client, coordinator, community, season, address):
    name, _mark, query = address.partition("?")
    place = url(name, season.pk) if name == "series_said" else url(name)
    place = f"{place}?{query}" if query else place
    a_season(coordinator, community, season, guests=1, statements=1)
    few = number_of_queries(client, place)

    a_season(coordinator, community, season, guests=12, statements=7)

    # Where few hold a word, one query more looks for what is spelled alike.
    assert few - number_of_queries(client, place) in ({0, 1} if "q=" in place else {0})
    assert few <= MOST


def test_search_marks_what_was_found_and_keeps_its_filters(client, coordinator, community, season):
    meeting = a_meeting(coordinator, communities=[community], series=season)
    a_statement(coordinator, meeting, "Fragen zum <Wohngeld> sind häufig.", language="de", statement_kind="need")
    a_statement(coordinator, meeting, "Wohngeld auf Arabisch.", language="ar")

    text = client.get(url("said"), {"q": "wohngeld", "language": "de", "series": str(season.pk)}).content.decode()

    assert "<mark>&lt;Wohngeld&gt;</mark> sind" in text
    assert "auf Arabisch" not in text
    assert client.get(url("said"), {"q": "wohngeld", "statement_kind": "trend"}).content.count(b"<mark>") == 0
    assert b"Fragen zum" in client.get(url("said"), {"q": "Wohngelt"}).content


def test_colleague_finds_only_what_she_may_read(client, coordinator, community):
    meeting = a_meeting(coordinator, communities=[community])
    a_statement(coordinator, meeting, "Offenes Wohngeld.", language="de")
    a_statement(coordinator, meeting, "Verschwiegenes Wohngeld.", language="de", confidential=True)
    colleague, stranger = a_colleague(), a_colleague()
    community.counsellors.add(colleague)

    hers = browser_of(colleague).get(url("said"), {"q": "wohngeld"}).content.decode()
    strangers = browser_of(stranger).get(url("said"), {"q": "wohngeld"}).content.decode()

    assert "Offenes" in hers
    assert "Verschwiegenes" not in hers
    assert "Offenes" not in strangers


def test_series_shows_one_topic_with_what_came_of_it(client, coordinator, community, season):
    meeting = a_meeting(coordinator, communities=[community], series=season)
    one = a_statement(coordinator, meeting, "Viele ziehen um.", item=meeting.agenda.get(position=2), language="de")
    turn_into_task(by=coordinator, statement=one, title="Liste schicken")
    a_statement(coordinator, meeting, "Anderes Thema.", item=meeting.agenda.get(position=3), language="de")
    key = Statement.objects.get(pk=one.pk).item.topic.key

    text = client.get(url("series_said", season.pk), {"topic": key}).content.decode()

    assert "Viele ziehen um." in text
    assert "came-of-it" in text
    assert "Anderes Thema." not in text


def test_call_becomes_a_task_once(client, coordinator, community):
    away = an_actor(name="Weg")
    for ago in (60, 30):
        held(coordinator, community, ago, {an_actor(): "attended", away: "absent"})

    for _tap in range(2):
        assert client.post(url("call", away.pk)).status_code == 302

    task = Task.objects.get(about_id=away.pk)
    assert (task.owner, task.due) == (coordinator, today() + timedelta(days=3))
    assert "Weg" not in task.title
    assert client.get(url("missed")).content.count(str(task.pk).encode()) == 1
    assert browser_of(a_colleague()).post(url("call", away.pk)).status_code == 404


def test_list_of_whom_to_call_is_never_handed_out(client, coordinator, community):
    away = an_actor(name="Weg")
    for ago in (60, 30):
        held(coordinator, community, ago, {an_actor(): "attended", away: "absent"})

    answer = client.get(url("missed"), {"format": "csv"})

    assert answer["Content-Type"].startswith("text/html")
    assert answer["Cache-Control"] == "no-store"
    assert "xport" not in answer.content.decode().partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("state", ["", "late", "kept", "all", "nonsense"])
def test_promises_can_be_narrowed(client, coordinator, community, season, state):
    a_season(coordinator, community, season, guests=1, statements=1)

    text = client.get(url("promised"), {"state": state, "side": "theirs"}).content.decode()

    assert ("Zusage 0" in text) == (state not in ("late", "kept"))
    assert "Aufgabe 0" not in text


ODD = [
    "9" * 400,
    "x" * 10_000,
    "0001-01-01",
    "%_\\",
    "-",
    "own",
    "ß\u202e",
    "🙂",
    "00000000-0000-0000-0000-000000000000",
]


@pytest.mark.parametrize("name", ["said", "attended", "missed", "promised", "series_said", "waiting"])
def test_odd_parameters_change_nothing(client, coordinator, community, season, name):
    place = url(name, season.pk) if name == "series_said" else url(name)
    keys = ("q", "series", "topic", "language", "statement_kind", "community", "year", "side", "state", "sort", "after")
    for odd in ODD:
        assert client.get(place, dict.fromkeys(keys, odd)).status_code == 200
