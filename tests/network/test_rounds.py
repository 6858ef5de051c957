"""The daily round: whose groups are due in which order, what one tap does, and taking it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from tests.factories.network import a_community, a_coordinator, a_counsellor, a_space
from treffpunkt.core.clock import as_of, now, today
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.journal.models import Entry
from treffpunkt.network.models import Look, Snapshot, Space
from treffpunkt.network.rounds import asks_members, due, last_look, progress, spaces_of_round
from treffpunkt.network.services.looking import forget_looks, look_into, say_more, undo_look
from treffpunkt.network.services.spaces import check_space, move_space
from treffpunkt.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(arabic):
    return a_counsellor(arabic)


def set_to(space, **values):
    """Let a group stand as it would after a while."""
    Space.objects.filter(pk=space.pk).update(**values)
    space.refresh_from_db()
    return space


def test_groups_come_in_the_order_in_which_they_are_due(arabic, by):
    day = today()
    late = set_to(a_space(arabic), check_due=day - timedelta(days=9))
    later = set_to(a_space(arabic), check_due=day - timedelta(days=2), checked_at=now() - timedelta(days=40))
    latest = set_to(a_space(arabic), check_due=day - timedelta(days=2), checked_at=now() - timedelta(days=30))
    never = set_to(a_space(arabic), state="joined")
    set_to(a_space(arabic), check_due=day + timedelta(days=1))
    a_space(arabic)  # found somewhere, nobody has set a day
    set_to(a_space(arabic), check_due=day, state="lost")
    set_to(a_space(a_community("fr")), check_due=day)

    assert list(due(spaces_of_round(by))) == [never, late, later, latest]


def test_coordination_goes_the_round_of_its_own_communities(arabic):
    both, mine, others = a_coordinator(), a_space(arabic), a_space(a_community("fr"))

    assert set(spaces_of_round(both)) == {mine, others}
    arabic.counsellors.add(both)
    assert set(spaces_of_round(both)) == {mine}
    assert set(spaces_of_round(both, others.communities.get())) == {others}


def test_one_tap_sets_last_checked_and_the_next_look(arabic, by):
    space = set_to(a_space(arabic), state="joined", check_due=today())

    look = look_into(by=by, space=space, outcome="nothing")

    space.refresh_from_db()
    assert space.checked_at == look.at
    assert space.check_due == today() + timedelta(days=30)
    assert not Task.objects.exists()
    assert Entry.objects.filter(verb="space.checked", subject_id=space.pk).count() == 1
    assert progress(spaces_of_round(by)).done == 1


def test_a_question_leaves_a_task_for_whoever_looked_and_an_earlier_look(arabic, by):
    space = a_space(arabic, name="نساء برلين", short_name="Frauen Berlin")

    look = look_into(by=by, space=space, outcome="question")

    task = Task.objects.get(pk=look.task_id)
    space.refresh_from_db()
    assert (task.owner, task.due, task.about_id) == (by, today(), space.pk)
    assert "Frauen Berlin" in task.title
    assert space.check_due == today() + timedelta(days=7)


def test_a_problem_is_the_coordinations_with_an_optional_word(arabic, by):
    coordinator, space = a_coordinator(), a_space(arabic)

    look = look_into(by=by, space=space, outcome="problem")
    say_more(by=by, look=look, word="Mein Beitrag wurde\nentfernt")

    task = Task.objects.get(pk=look.task_id)
    assert task.owner == coordinator
    assert task.note == "Mein Beitrag wurde entfernt"


def test_with_several_in_coordination_a_problem_is_nobodys_yet(arabic, by):
    a_coordinator(), a_coordinator()

    assert Task.objects.get(pk=look_into(by=by, space=a_space(arabic), outcome="problem").task_id).owner is None


def test_a_second_tap_counts_once(arabic, by):
    space, pk = a_space(arabic), uuid7()

    first = look_into(by=by, space=space, outcome="problem", id=pk)
    second = look_into(by=by, space=space, outcome="problem", id=pk)

    assert first == second
    assert (Look.objects.count(), Task.objects.count()) == (1, 1)


def test_members_are_asked_for_after_ninety_days_only(arabic, by):
    space = a_space(arabic)
    assert asks_members(space)
    look_into(by=by, space=space, outcome="nothing", members=1200)
    space.refresh_from_db()

    assert (space.members, space.members_counted_on) == (1200, today())
    assert not asks_members(space)
    with as_of(now() + timedelta(days=91)):
        assert asks_members(space)


@pytest.mark.parametrize("outcome", ["nothing", "question", "problem"])
def test_undo_leaves_the_space_as_it_was(arabic, by, outcome):
    with as_of(now() - timedelta(days=100)):
        space = check_space(by=by, space=a_space(arabic, members=500), members=480)
    before = {name: getattr(space, name) for name in ("checked_at", "check_due", "members", "members_counted_on")}

    look = look_into(by=by, space=space, outcome=outcome, members=700)
    assert last_look(by) == look
    undo_look(by=by, look=look)

    space.refresh_from_db()
    assert {name: getattr(space, name) for name in before} == before
    assert not Look.objects.exists()
    assert set(Task.objects.values_list("state", flat=True)) <= {"dropped"}
    assert list(Snapshot.objects.filter(space=space).values_list("members", flat=True).order_by("day"))[-1] == 480
    assert undo_look(by=by, look=look) == space


def test_undo_gives_back_the_figure_of_the_same_day(arabic, by):
    space = check_space(by=by, space=a_space(arabic), members=480)

    undo_look(by=by, look=look_into(by=by, space=space, outcome="nothing", members=700))

    assert Snapshot.objects.get(space=space).members == 480


def test_what_somebody_else_has_done_since_is_not_undone(arabic, by):
    space = a_space(arabic)
    look = look_into(by=by, space=space, outcome="nothing")
    check_space(by=a_counsellor(arabic), space=space)

    with pytest.raises(DomainError):
        undo_look(by=by, look=look)


def test_nobody_undoes_the_look_of_another(arabic, by):
    look = look_into(by=by, space=a_space(arabic), outcome="problem")

    with pytest.raises(Forbidden):
        undo_look(by=a_counsellor(arabic), look=look)
    with pytest.raises(Forbidden):
        say_more(by=a_counsellor(arabic), look=look, word="x")
    with as_of(now() + timedelta(hours=13)), pytest.raises(DomainError):
        undo_look(by=by, look=look)


def test_groups_of_others_cannot_be_looked_into(by):
    with pytest.raises(Forbidden):
        look_into(by=by, space=a_space(a_community("fr")), outcome="nothing")


def test_sleeping_groups_are_looked_into_seldom(arabic, by):
    space = move_space(by=by, space=a_space(arabic), state="dormant", reason="Seit Monaten still")

    look_into(by=by, space=space, outcome="nothing")

    space.refresh_from_db()
    assert space.check_due == today() + timedelta(days=180)


def test_looks_go_after_their_time(arabic, by):
    with as_of(now() - timedelta(days=400)):
        look_into(by=by, space=a_space(arabic), outcome="nothing")
    kept = look_into(by=by, space=a_space(arabic), outcome="nothing")

    assert forget_looks(now() - timedelta(days=365)) == 1
    assert list(Look.objects.all()) == [kept]
