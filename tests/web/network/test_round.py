"""The page of the daily round: one tap with HTMX or without, resumable, constant in its queries."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import network as make
from treffpunkt.core.clock import today
from treffpunkt.network.models import Look, Space
from treffpunkt.tasks.models import Task

ROUND = "/network/round/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def groups(arabic):
    """Make three groups that are due."""
    made = [make.a_space(arabic, name=f"Gruppe {word}", short_name=f"Kurz {word}") for word in ("A", "B", "C")]
    for number, space in enumerate(made):
        Space.objects.filter(pk=space.pk).update(check_due=today() - timedelta(days=9 - number))
    return made


def tap(client, space, outcome="nothing", headers=None, **more):
    return client.post(
        f"{ROUND}{space.pk}/look/", {"id": str(uuid4()), "outcome": outcome} | more, headers=headers or {}
    )


def test_groups_are_opened_in_a_new_tab_and_tell_nobody_where_from(counselling, groups):
    page = counselling.get(ROUND).content.decode()

    assert [row["space"] for row in counselling.get(ROUND).context["rows"]] == groups
    assert f'href="{groups[0].address}" target="_blank" rel="noopener noreferrer"' in page
    assert "Kurz A" in page


def test_one_tap_settles_a_group_without_scripts(counselling, groups):
    response = tap(counselling, groups[0])

    assert response["Location"] == ROUND
    page = counselling.get(ROUND)
    assert [row["space"] for row in page.context["rows"]] == groups[1:]
    assert (page.context["progress"].done, page.context["progress"].whole) == (1, 3)
    assert page.context["last"].space == groups[0]


def test_with_htmx_the_row_says_what_was_done(counselling, groups):
    response = tap(counselling, groups[0], "problem", HTMX)

    page = response.content.decode()
    assert response.status_code == 200
    assert page.lstrip().startswith("<li")
    assert f'id="look-{groups[0].pk}"' in page
    assert 'name="word"' in page
    assert 'hx-swap-oob="innerHTML"' in page
    assert "1 of 3" in page


def test_the_word_reaches_coordination(counselling, groups, coordinator):
    tap(counselling, groups[0], "problem", HTMX)
    look = Look.objects.get()

    page = counselling.post(f"{ROUND}{look.pk}/word/", {"word": "Beitrag entfernt"}, headers=HTMX).content.decode()

    assert "Coordination reads it" in page
    task = Task.objects.get()
    assert (task.owner, task.note) == (coordinator, "Beitrag entfernt")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_last_tap_is_taken_back(counselling, groups, headers):
    tap(counselling, groups[0], "question")

    response = counselling.post(f"{ROUND}{Look.objects.get().pk}/undo/", headers=headers)

    assert response.status_code == (200 if headers else 302)
    assert [row["space"] for row in counselling.get(ROUND).context["rows"]] == groups
    assert Task.objects.get().state == "dropped"


def test_members_are_saved_with_the_tap(counselling, groups):
    assert 'name="members"' in counselling.get(ROUND).content.decode()

    tap(counselling, groups[0], members="1250")

    groups[0].refresh_from_db()
    assert groups[0].members == 1250


@pytest.mark.parametrize("values", [{"members": "viele"}, {"members": "-1"}, {"outcome": "what"}])
def test_what_cannot_be_read_saves_nothing(counselling, groups, values):
    answered = tap(counselling, groups[0], headers=HTMX, **values)

    assert answered.status_code == 422
    assert "field-error" in answered.content.decode()
    assert not Look.objects.exists()


def test_the_round_of_one_community_stays_that_of_one(counselling, counsellor, groups, french):
    french.counsellors.add(counsellor)
    other = make.a_space(french)
    Space.objects.filter(pk=other.pk).update(check_due=today())

    page = counselling.get(ROUND, {"community": french.pk})

    assert [row["space"] for row in page.context["rows"]] == [other]
    assert tap(counselling, other, community=str(french.pk))["Location"] == f"{ROUND}?community={french.pk}"


def test_progress_stays_that_of_one_community_after_an_undo(counselling, counsellor, groups, french):
    french.counsellors.add(counsellor)
    made = [make.a_space(french), make.a_space(french)]
    Space.objects.filter(pk__in=[space.pk for space in made]).update(check_due=today())
    chosen = {"community": str(french.pk)}
    field = f'name="community" value="{french.pk}"'

    done = tap(counselling, made[0], "problem", HTMX, **chosen).content.decode()
    assert "1 of 2" in done
    assert done.count(field) == 2  # to undo it, and to add a word

    look = Look.objects.get()
    told = counselling.post(f"{ROUND}{look.pk}/word/", chosen | {"word": "Beitrag entfernt"}, headers=HTMX)
    assert "1 of 2" in told.content.decode()

    back = counselling.post(f"{ROUND}{look.pk}/undo/", chosen, headers=HTMX).content.decode()
    assert "0 of 2" in back
    assert field in back

    tap(counselling, made[0], **chosen)
    assert field in counselling.get(ROUND, chosen).content.decode().split('id="last-look"')[1].split("</form>")[0]
    answer = counselling.post(f"{ROUND}{Look.objects.get().pk}/undo/", chosen)
    assert answer["Location"] == f"{ROUND}?community={french.pk}"


def test_done_is_said(counselling, groups):
    for space in groups:
        tap(counselling, space)

    page = counselling.get(ROUND).content.decode()
    assert "Done for today." in page


def test_counsellor_has_the_round_at_her_thumb(counselling, coordination):
    def dock(client):
        return client.get("/").content.decode().split('class="dock-bar"')[1].split("</nav>")[0]

    assert f'href="{ROUND}"' in dock(counselling).split("<details>")[0]
    assert f'href="{ROUND}"' not in dock(coordination).split("<details>")[0]


@pytest.mark.parametrize("number", [1, 30])
def test_round_asks_the_database_as_often_for_one_as_for_thirty(counselling, arabic, number):
    for _one in range(number):
        space = make.a_space(arabic, members=5)
        Space.objects.filter(pk=space.pk).update(check_due=today())
    counselling.get(ROUND)

    with CaptureQueriesContext(connection) as asked:
        counselling.get(ROUND)

    quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    found = [
        one["sql"]
        for one in asked.captured_queries
        if not one["sql"].startswith(quiet) and "set_config" not in one["sql"]
    ]
    assert len(found) == 6, found
