"""Planning from a file of another calendar, on the pages of staff."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.meetings import a_colleague, a_community
from tests.support.forms import forms_of
from tests.web.meetings.conftest import browser_of
from tests.web.meetings.test_planning import MOST, number_of_queries, url
from treffpunkt.core.clock import today
from treffpunkt.meetings.models import Meeting


def a_file(*events: str) -> dict[str, SimpleUploadedFile]:
    """Write a file of events, each given by its lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}@example.net", *event.split("|"), "END:VEVENT"]
    return {"file": SimpleUploadedFile("termine.ics", "\r\n".join([*lines, "END:VCALENDAR", ""]).encode())}


def evening(weeks: int = 3, **more: str) -> str:
    day = f"{today() + timedelta(weeks=weeks):%Y%m%d}"
    given = {"DTSTART;TZID=Europe/Berlin": f"{day}T180000", "DURATION": "PT1H", "SUMMARY": "Abend"} | more
    return "|".join(f"{name}:{value}" for name, value in given.items() if value)


def sent(client, answer, number: int = -1, **values):
    """Send the form that stands on the page."""
    form = forms_of(url("from_file"), answer.content.decode())[number]
    return client.post(form.action, form.plausible | values)


def test_one_event_goes_into_the_form_for_planning(client, coordinator):
    community = a_community("fr")
    lines = evening(ATTENDEE="mailto:amira@example.net", LOCATION="Hauptstraße 1", DESCRIPTION="Mit Amira")
    shown = client.post(url("from_file"), a_file(lines))
    first = shown.context["form"].initial
    assert (first["name"], first["venue"], first["form"], first["minutes_long"]) == (
        "Abend",
        "Hauptstraße 1",
        "on_site",
        60,
    )
    assert "amira" not in shown.content.decode().lower()

    (form,) = [one for one in forms_of(url("from_file"), shown.content.decode()) if "calendar_key" in one.fields]
    assert form.action == url("add")
    given = {name: field.values for name, field in form.fields.items() if any(field.values)}
    given |= {"communities": [str(community.pk)], "name": "Abend", "form": "on_site", "hosts": [], "languages": []}
    answer = client.post(form.action, given)
    assert answer.status_code == 302
    made = Meeting.objects.get()
    assert (made.name, made.venue, made.communities.get()) == ("Abend", "Hauptstraße 1", community)

    again = client.post(url("from_file"), a_file(lines))
    assert made.name in again.content.decode()
    assert [event["why"] for event in again.context["form"].left_out] != []


def test_of_several_events_one_chooses(client, coordinator):
    community = a_community("ar")
    day = f"{today() + timedelta(days=40):%Y%m%d}"
    events = (
        evening(**{"RRULE": "FREQ=WEEKLY;COUNT=3"}),
        evening(SUMMARY="Vorbei", **{"DTSTART;TZID=Europe/Berlin": "20200101T180000"}),
        f"DTSTART;VALUE=DATE:{day}|SUMMARY:Ganzer Tag",
    )
    shown = client.post(url("from_file"), a_file(*events))
    assert shown.status_code == 200
    assert [event["name"] for event in shown.context["form"].left_out] == ["Vorbei"]
    assert not Meeting.objects.exists()

    found = shown.context["form"].initial["found"]
    given = {"found": found, "community": str(community.pk)}
    missing = client.post(url("plan_from_file"), given | {"take": ["0", "3"], "at_3": ""})
    assert missing.status_code == 422
    assert "at_3" in missing.context["form"].errors
    assert client.post(url("plan_from_file"), given | {"take": []}).status_code == 422

    for _twice in range(2):
        answer = client.post(url("plan_from_file"), given | {"take": ["0", "2", "3"], "at_3": "17:30"})
        assert answer.status_code == 302
    assert [(one.name, f"{one.time:%H:%M}") for one in Meeting.objects.order_by("starts")] == [
        ("Abend", "18:00"), ("Abend", "18:00"), ("Ganzer Tag", "17:30")
    ]  # fmt: skip
    rest = client.post(url("from_file"), a_file(*events))
    assert sum(len(event["dates"]) for event in rest.context["events"]) == 1


def test_hundred_events_cost_no_more_queries_than_one(client, coordinator):
    assert number_of_queries(client, url("from_file")) < MOST


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR"])
def test_file_that_is_none_is_refused_beside_its_field(client, content):
    answer = client.post(url("from_file"), {"file": SimpleUploadedFile("x.ics", content)})
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


@pytest.mark.parametrize("found", ["", "x", "a:b:c", "\x00", "9" * 9000])
def test_what_was_not_read_by_us_is_not_planned(client, found):
    given = {"found": found, "take": ["0"], "community": str(a_community().pk)}
    assert client.post(url("plan_from_file"), given).status_code == 422


def test_colleague_plans_with_her_own_community_alone(coordinator):
    colleague = a_colleague()
    own, other = a_community("ar", colleague), a_community("fr")
    browser = browser_of(colleague)
    shown = browser.post(url("from_file"), a_file(evening(), evening(4)))
    given = {"found": shown.context["form"].initial["found"], "take": ["0"]}

    assert browser.post(url("plan_from_file"), given | {"community": str(other.pk)}).status_code == 422
    assert browser.post(url("plan_from_file"), given | {"community": str(own.pk)}).status_code == 302


def test_event_that_others_planned_is_not_doubled_nor_shown(client, coordinator):
    community = a_community("fr")
    shown = client.post(url("from_file"), a_file(evening(), evening(4)))
    given = {"found": shown.context["form"].initial["found"], "take": ["0", "1"], "community": str(community.pk)}
    client.post(url("plan_from_file"), given)

    again = browser_of(a_colleague()).post(url("from_file"), a_file(evening(), evening(4)))
    assert (again.context["known"], len(again.context["form"].left_out)) == ([], 2)
    assert Meeting.objects.count() == 2


def test_legal_reviewer_may_not(db):
    browser = browser_of(a_colleague(roles=["legal_reviewer"]))
    assert browser.get(url("from_file")).status_code == 403
    assert browser.post(url("plan_from_file")).status_code == 403
