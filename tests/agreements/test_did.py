"""What we did for a group, told so that nobody can be recognised."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.agreements import in_force
from tests.factories.network import a_community, a_contact, a_coordinator, a_space
from treffpunkt.agreements import did as module
from treffpunkt.agreements.did import ByTopic, Figure, did, span, topic_lines
from treffpunkt.agreements.models import Agreement
from treffpunkt.agreements.services import ending
from treffpunkt.agreements.services.measures import note_measure
from treffpunkt.agreements.services.promises import note_kept, promise
from treffpunkt.agreements.services.telling import tell_what_we_did
from treffpunkt.agreements.services.uses import note_use
from treffpunkt.core.clock import as_of, now, today
from treffpunkt.core.errors import DomainError
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render
from treffpunkt.vocabulary.models import Topic


def a_topic(key, parent=None):
    """Make a topic without a database."""
    return Topic(id=uuid4(), key=key, names={"de": key}, parent=parent)


WORK, FAMILY, VIOLENCE, OTHER = (a_topic(key) for key in ("work", "family", "violence", "other"))
SHELTER = a_topic("violence-shelter", VIOLENCE)
WAGES = a_topic("work-wages", WORK)
TOPICS = {one.pk: one for one in (WORK, FAMILY, VIOLENCE, OTHER, SHELTER, WAGES)}


def told(**numbers) -> list[tuple[str, int | None]]:
    keys = {one.key.replace("-", "_"): one.pk for one in TOPICS.values()}
    lines = topic_lines({keys[key]: number for key, number in numbers.items()}, TOPICS, "de")
    return [(one.label, one.number) for one in lines]


def test_topics_are_summed_by_their_upper_topic_the_largest_first():
    assert told(work=4, work_wages=5, family=12) == [("family", 12), ("work", 9)]


@pytest.mark.parametrize("number", [1, 5, 40, 4000])
def test_violence_is_never_a_line_of_its_own(number):
    lines = told(violence=number, violence_shelter=number, work=50, other=9)

    assert [label for label, _number in lines] in (
        ["work", "weitere Themen"],
        ["weitere Themen"],
        ["work", "other topics"],
    )
    assert lines[-1][1] == 2 * number + 9


def test_small_numbers_join_the_other_topics():
    assert told(work=3, family=4)[0][1] == 7
    assert len(told(work=3, family=4)) == 1
    assert told(work=2)[0][1] is None


def test_what_is_hidden_cannot_be_worked_out_from_the_rest():
    ((label, number),) = told(work=30, family=2)

    assert number == 32
    assert label not in ("work", "family")


@given(st.dictionaries(st.sampled_from(sorted(TOPICS)), st.integers(0, 30)))
def test_no_line_is_ever_small_and_nothing_is_lost(numbers):
    lines = topic_lines(numbers, TOPICS, "de")

    assert all(one.number is None or one.number >= 5 for one in lines)
    assert not any("violence" in one.label for one in lines)
    hidden = any(one.number is None for one in lines)
    assert hidden or sum(one.number or 0 for one in lines) == sum(numbers.values())
    assert not hidden or (len(lines) == 1 and 0 < sum(numbers.values()) < 5)


def test_told_is_by_whole_months():
    agreement = Agreement(in_force_since=None)
    assert span(agreement, date(2026, 5, 12)) == (date(2026, 5, 12), date(2026, 5, 12))

    with as_of(now().replace(year=2026, month=1, day=20)):
        agreement.in_force_since = now()

    assert span(agreement, date(2026, 5, 12)) == (date(2026, 1, 20), date(2026, 4, 30))
    assert span(agreement, date(2026, 1, 25)) == (date(2026, 1, 20), date(2026, 1, 25))
    assert span(agreement, date(2027, 9, 1)) == (date(2026, 8, 31), date(2027, 8, 31))


@pytest.fixture
def agreement(db):
    """Give an agreement of a group, concluded some months ago."""
    with as_of(now() - timedelta(days=150)):
        return in_force(a_coordinator(), spaces=[a_space(a_community())], rights=("links", "pin"))


def test_what_is_known_here_is_counted(agreement):
    by, then = agreement.owner, now() - timedelta(days=70)
    with as_of(then):
        for right in agreement.rights.all():
            note_use(by=by, right=right)
        a_contact(by, space=agreement.spaces.get(), outcome="talked")
        a_contact(by, space=agreement.spaces.get(), outcome="talked", confidential=True)
        a_contact(by, space=agreement.spaces.get(), outcome="no_answer")
        for kept in (True, False):
            made = promise(by=by, agreement=agreement, side="ours", what=f"Karte {kept}", due=today())
            note_kept(by=by, commitment=made, kept=kept, due=made.due)
    note_use(by=by, right=agreement.rights.all()[0])  # this month is not over

    found = {one.label: one.number for one in did(agreement, "en", today()).lines}

    assert found == {
        "Talks with you": 1,
        "Posts with answers and links": 1,
        "Facts that were pinned": 1,
        "Promises we kept": 1,
        "Promises we did not keep": 1,
    }


def test_modules_above_add_what_they_know(agreement, monkeypatch):
    monkeypatch.setattr(module, "_sources", [])

    def questions(asked):
        assert asked.spaces == [agreement.spaces.get().pk]
        work = Topic.objects.get_or_create(key="work", defaults={"names": {"en": "Work"}})[0]
        yield Figure("Questions answered", 12)
        yield Figure("Referrals that helped", 3)
        yield ByTopic("Questions by topic", {work.pk: 12})

    module.register(questions)
    module.register(questions)
    found = did(agreement, "en", today())

    assert [(one.label, one.number) for one in found.lines] == [
        ("Questions answered", 12),
        ("Referrals that helped", None),
    ]
    assert [(label, [one.number for one in lines]) for label, lines in found.topics] == [("Questions by topic", [12])]


def test_topic_of_violence_is_not_named_either(agreement):
    violence = Topic.objects.get_or_create(
        key="violence", defaults={"names": {"en": "Violence"}, "women_specific": True}
    )[0]
    agreement.topics.add(violence)
    day = today() - timedelta(days=70)
    note_measure(by=agreement.owner, agreement=agreement, topic=violence, measure_kind="material", done_on=day)

    assert did(agreement, "en", today()).about == ["other topics"]


def test_they_are_told_once_a_month_in_their_language(agreement):
    assert tell_what_we_did(by=agreement.owner, agreement=agreement) == {"mail": 1, "chat": 0, "no_way": 0}
    assert tell_what_we_did(by=agreement.owner, agreement=agreement)["mail"] == 0

    message = Message.objects.get(template="agreements/messages/did")
    assert message.language == "ar"
    assert "/l/" in render(message).body
    assert agreement.spaces.get().name not in render(message).body


def test_what_has_ended_is_not_told_about(agreement):
    ending.end(by=agreement.owner, agreement=agreement)

    with pytest.raises(DomainError):
        tell_what_we_did(by=agreement.owner, agreement=agreement)
