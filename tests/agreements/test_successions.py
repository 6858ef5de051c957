"""When somebody who leads a group leaves: they are asked first, others only after their yes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.agreements import a_leader, in_force
from tests.factories.network import a_community, a_coordinator, a_counsellor, a_space, an_actor
from treffpunkt.agreements.leaving import hanging_on, may_be_spoken_to, succession_of
from treffpunkt.agreements.models import Succession
from treffpunkt.agreements.services import forgetting, successions
from treffpunkt.agreements.services.promises import promise
from treffpunkt.core.agent import SYSTEM, LinkHolder
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render
from treffpunkt.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(db):
    """Give who settles it."""
    return a_coordinator()


@pytest.fixture
def space(db):
    """Give the group that loses somebody."""
    return a_space(a_community(), name="Frauen in Halle")


@pytest.fixture
def leaver(space):
    """Give who leaves: she reads Arabic and has a mail address."""
    return a_leader(space)


@pytest.fixture
def moderator(space, leaver):
    """Give somebody who leads the group besides."""
    return an_actor(space, role="moderator", name="Rana Khalil")


def holder(succession) -> LinkHolder:
    return LinkHolder(
        purpose="succession", subject_kind=succession.kind, subject_id=succession.pk, agent_id=succession.actor_id
    )


def speakable(by, actor) -> list[str]:
    spaces = [one.space for one in hanging_on(by, actor, today()).groups]
    return [role.actor.name for role in may_be_spoken_to(by, succession_of(by, actor), spaces, today())]


def test_first_task_is_to_ask_her_and_nobody_else_is_named(coordinator, leaver, moderator):
    for _ in range(2):
        begun = successions.follow_up(by=coordinator, actor=leaver)

    assert (Succession.objects.count(), Task.objects.count()) == (1, 1)
    assert Task.objects.get().about_id == leaver.pk
    assert (begun.state, begun.owner) == ("open", coordinator)
    assert speakable(coordinator, leaver) == []


def test_she_is_written_to_in_her_language_and_neutrally(coordinator, leaver, moderator, space):
    begun = successions.follow_up(by=coordinator, actor=leaver)

    for _ in range(2):
        assert successions.ask_by_message(by=coordinator, succession=begun)

    message = Message.objects.get()
    text = render(message)
    assert (message.language, message.to_id) == ("ar", leaver.pk)
    assert "/l/" in text.body
    for word in (space.name, moderator.name, leaver.name):
        assert word not in text.subject + text.body
    begun.refresh_from_db()
    assert begun.state == "asked"


def test_without_a_way_to_her_nothing_is_written(coordinator, space):
    begun = successions.follow_up(by=coordinator, actor=an_actor(space))

    assert not successions.ask_by_message(by=coordinator, succession=begun)
    assert successions.note_asked(by=coordinator, succession=begun).state == "asked"


def test_her_yes_through_the_link_opens_the_way_to_others(coordinator, leaver, moderator):
    begun = successions.follow_up(by=coordinator, actor=leaver)
    successions.note_asked(by=coordinator, succession=begun)

    for _ in range(2):
        said = successions.note_yes(by=holder(begun), succession=begun, words="رنا تعرف كل شيء", language="ar")

    assert (said.state, said.words, said.language) == ("may", "رنا تعرف كل شيء", "ar")
    assert speakable(coordinator, leaver) == ["Rana Khalil"]
    assert Task.objects.count() == 2
    leaver.refresh_from_db()
    assert leaver.last_contact_at is not None


def test_we_note_whom_she_named(coordinator, leaver, moderator):
    begun = successions.follow_up(by=coordinator, actor=leaver)

    said = successions.note_yes(by=coordinator, succession=begun, others=[moderator])

    assert list(said.others.all()) == [moderator]
    with pytest.raises(Forbidden):
        successions.note_yes(by=a_counsellor(), succession=begun)


def test_her_no_forgets_what_was_said_before(coordinator, leaver, moderator):
    begun = successions.follow_up(by=coordinator, actor=leaver)
    successions.note_yes(by=coordinator, succession=begun, words="Rana", others=[moderator])

    said = successions.note_no(by=holder(begun), succession=begun)

    assert (said.state, said.words, said.others.count()) == ("refused", "", 0)
    assert speakable(coordinator, leaver) == []
    assert successions.note_yes(by=holder(begun), succession=begun).state == "may"


def test_what_is_settled_takes_no_answer_any_more(coordinator, leaver):
    begun = successions.follow_up(by=coordinator, actor=leaver)
    successions.close_succession(by=coordinator, succession=begun)

    with pytest.raises(DomainError):
        successions.note_no(by=holder(begun), succession=begun)
    assert successions.follow_up(by=coordinator, actor=leaver).pk != begun.pk


def test_link_of_another_answers_nothing(coordinator, leaver, space):
    begun = successions.follow_up(by=coordinator, actor=leaver)
    other = successions.follow_up(by=coordinator, actor=a_leader(space))

    with pytest.raises(Forbidden):
        successions.note_yes(by=holder(other), succession=begun)


def test_all_that_hangs_on_her_is_counted(coordinator, leaver, moderator, space):
    agreement = in_force(coordinator, leaver, spaces=[space], rights=("links", "pin"))
    promise(by=coordinator, agreement=agreement, side="theirs", what="Anheften")

    found = hanging_on(coordinator, leaver, today())

    (led,) = found.groups
    assert (led.space, led.others, found.rights) == (space, 0, 2)
    assert ([one.pk for one in found.agreements], len(found.promises)) == ([agreement.pk], 1)
    assert hanging_on(a_counsellor(), leaver, today()).groups == []


def test_erasing_her_takes_all_of_it_along(coordinator, leaver, moderator):
    mine = successions.follow_up(by=coordinator, actor=leaver)
    successions.note_yes(by=coordinator, succession=mine, words="Rana", others=[moderator])

    forgetting.forget_parties(by=SYSTEM, actor_ids=[moderator.pk])
    assert mine.others.count() == 0
    forgetting.forget_parties(by=SYSTEM, actor_ids=[leaver.pk])
    assert not Succession.objects.exists()


def test_what_was_settled_goes_after_its_time(coordinator, leaver):
    begun = successions.follow_up(by=coordinator, actor=leaver)
    assert forgetting.forget_old(now() + timedelta(days=1)) == 0
    successions.note_no(by=coordinator, succession=begun)

    assert forgetting.forget_old(now() + timedelta(days=1)) == 1
    assert not Succession.objects.exists()
