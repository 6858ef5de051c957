"""The pages of tasks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import network as make
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import today
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import change_task, close_task, create_task

LIST = "/tasks/"


def signed_in(staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def arabic(db):
    return make.a_community("ar")


@pytest.fixture
def coordinator(db):
    return make.a_member_of_staff("coordinator", language="en", name="Hanna Vogt")


@pytest.fixture
def coordination(coordinator):
    return signed_in(coordinator)


def shown(response, status=200) -> str:
    assert response.status_code == status
    return response.content.decode()


def test_open_tasks_stand_first_by_their_day(coordination, coordinator, arabic):
    create_task(by=SYSTEM, title="Später", due=today() + timedelta(days=9))
    create_task(by=SYSTEM, title="Früher", due=today() - timedelta(days=9), about=make.a_space(arabic, name="نساء"))
    close_task(by=coordinator, task=create_task(by=SYSTEM, title="Fertig"))

    page = shown(coordination.get(LIST))

    assert page.index("Früher") < page.index("Später")
    assert ">نساء</bdi>" in page
    assert "Fertig" not in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"who": "me"}, {"Meine"}),
        ({"who": "nobody"}, {"Niemands", "Versprochen"}),
        ({"state": "late"}, {"Niemands"}),
        ({"state": "done"}, {"Getan"}),
        ({"promised": "on"}, {"Versprochen"}),
        ({"state": "all"}, {"Meine", "Niemands", "Versprochen", "Getan"}),
    ],
)
def test_list_is_narrowed_by_the_address(coordination, coordinator, query, titles):
    create_task(by=SYSTEM, title="Meine", owner=coordinator)
    create_task(by=SYSTEM, title="Niemands", due=today() - timedelta(days=1))
    create_task(by=SYSTEM, title="Versprochen", promised_by=make.an_actor())
    close_task(by=coordinator, task=create_task(by=SYSTEM, title="Getan"))

    page = shown(coordination.get(LIST, query))

    assert {title for title in ("Meine", "Niemands", "Versprochen", "Getan") if f">{title}<" in page} == titles


def test_done_with_one_tap_and_back_with_another(coordination, coordinator):
    task = create_task(by=SYSTEM, title="Raum anfragen")

    page = shown(coordination.post(f"/tasks/{task.pk}/done/", {"next": "/tasks/?who=me"}, follow=True))
    assert Task.objects.get().state == "done"
    assert f'action="/tasks/{task.pk}/open/"' in page

    coordination.post(f"/tasks/{task.pk}/open/", {"next": "https://example.org/away"})
    assert Task.objects.get().state == "open"


def test_nobody_leads_away_by_next(coordination):
    task = create_task(by=SYSTEM, title="Raum anfragen")

    response = coordination.post(f"/tasks/{task.pk}/done/", {"next": "//example.org/away"})

    assert response["Location"] == f"/tasks/{task.pk}/"


def test_reading_changes_nothing(coordination):
    task = create_task(by=SYSTEM, title="Raum anfragen")

    assert coordination.get(f"/tasks/{task.pk}/done/").status_code == 405


def test_own_work_is_not_checked_by_oneself(coordination, coordinator):
    task = close_task(by=coordinator, task=create_task(by=SYSTEM, title="Raum anfragen"))

    page = shown(coordination.post(f"/tasks/{task.pk}/checked/", follow=True))

    assert "What you did yourself, somebody else checks." in page
    assert Task.objects.get().state == "done"


def test_stale_form_shows_what_stands_now(coordination, coordinator):
    task = create_task(by=SYSTEM, title="Raum anfragen")
    change_task(by=coordinator, task=task, title="Saal buchen")

    page = shown(coordination.post(f"/tasks/{task.pk}/", {"title": "Zimmer", "version": "1"}), 422)

    assert "Saal buchen" in page
    assert 'value="Zimmer"' in page
    assert Task.objects.get().title == "Saal buchen"


def test_new_task_is_about_what_the_address_names(coordination, arabic):
    space = make.a_space(arabic)
    address = f"/tasks/add/?about_kind=network.space&about_id={space.pk}&title=Nachfolge"

    assert 'value="Nachfolge"' in shown(coordination.get(address))
    coordination.post(address, {"title": "Nachfolge klären"})

    assert Task.objects.get().about_id == space.pk


def test_a_form_sent_twice_makes_one_task(coordination):
    typed = {"title": "Raum anfragen", "id": "01933333-0000-7000-8000-000000000001"}

    first, second = coordination.post("/tasks/add/", typed), coordination.post("/tasks/add/", typed)

    assert first["Location"] == second["Location"]
    assert Task.objects.count() == 1


def test_task_about_what_one_may_not_see_is_not_made(arabic):
    space = make.a_space(arabic)
    counsellor = make.a_counsellor(make.a_community("fr"))

    response = signed_in(counsellor).get(f"/tasks/add/?about_kind=network.space&about_id={space.pk}")

    assert response.status_code == 404


def test_anothers_task_is_not_there(coordinator):
    task = create_task(by=coordinator, title="Vertraulich", owner=coordinator)

    assert signed_in(make.a_counsellor()).get(f"/tasks/{task.pk}/").status_code == 404


def test_export_holds_what_is_shown_in_the_readers_language(coordinator):
    coordinator.language = "de"
    coordinator.save()
    create_task(by=SYSTEM, title="=1+1", owner=coordinator, due=today())
    create_task(by=SYSTEM, title="Niemands")

    response = signed_in(coordinator).get("/tasks/export/", {"who": "me"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    lines = text.splitlines()
    assert len(lines) == 2
    assert lines[1] == f"'=1+1;Hanna Vogt;{today().isoformat()};offen"


def test_thirty_tasks_cost_as_many_queries_as_one(coordination, coordinator, arabic):
    def make_tasks(number):
        for one in range(number):
            space = make.a_space(arabic)
            create_task(by=SYSTEM, title=f"Nr. {one}", owner=coordinator, about=space, promised_by=make.an_actor(space))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            coordination.get(LIST)
        return len(captured)

    make_tasks(1)
    coordination.get(LIST)
    one = queries()
    make_tasks(29)

    assert queries() == one
    assert one <= 12  # two of them open and close the transaction, one names the reader
