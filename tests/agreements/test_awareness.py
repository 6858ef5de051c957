"""Women's needs in agreements: named, followed up, over time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories.agreements import in_force
from tests.factories.network import a_community, a_coordinator, a_counsellor, a_space
from treffpunkt.agreements import awareness
from treffpunkt.agreements.models import Measure
from treffpunkt.agreements.services import ending
from treffpunkt.agreements.services.measures import note_measure, take_back_measure
from treffpunkt.core.clock import as_of, now, today
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.vocabulary.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(db):
    """Give who looks at it."""
    return a_coordinator()


@pytest.fixture
def topics(db):
    """Give two topics that concern women and one that does not."""

    def topic(key, women):
        return Topic.objects.get_or_create(key=key, defaults={"names": {"de": key}, "women_specific": women})[0]

    return topic("family-childcare", True), topic("family-pregnancy", True), topic("work-contract", False)


def test_what_is_named_and_what_was_done_about_it(coordinator, topics):
    care, pregnancy, contract = topics
    first = in_force(coordinator, topics=[care, contract])
    in_force(coordinator, topics=[care])
    plain = in_force(coordinator, topics=[contract])
    for _ in range(2):
        note_measure(by=coordinator, agreement=first, topic=care, measure_kind="material", done_on=today())
    note_measure(by=coordinator, agreement=first, topic=care, measure_kind="training")

    named = {one.topic: one for one in awareness.named_topics(coordinator)}

    assert (named[care].agreements, named[care].done_in, named[care].last) == (2, 1, today())
    assert named[care].kinds == {"material": 1, "training": 1}
    assert named[pregnancy].agreements == 0
    assert contract not in named
    assert list(awareness.without_topics(coordinator)) == [plain]
    assert len(awareness.about_topic(coordinator, care)) == 2


def test_what_was_done_is_of_a_topic_the_agreement_names_and_not_of_tomorrow(coordinator, topics):
    agreement = in_force(coordinator, topics=topics[:1])

    for values in (
        {"topic": topics[1], "measure_kind": "material"},
        {"topic": topics[0], "measure_kind": "nonsense"},
        {"topic": topics[0], "measure_kind": "material", "done_on": today() + timedelta(days=1)},
    ):
        with pytest.raises(DomainError):
            note_measure(by=coordinator, agreement=agreement, **values)
    with pytest.raises(Forbidden):
        note_measure(by=a_counsellor(), agreement=agreement, topic=topics[0], measure_kind="material")


def test_what_was_noted_by_mistake_is_taken_back(coordinator, topics):
    agreement = in_force(coordinator, topics=topics[:1])
    noted = note_measure(by=coordinator, agreement=agreement, topic=topics[0], measure_kind="space")

    for _ in range(2):
        take_back_measure(by=coordinator, measure=noted)

    assert not Measure.objects.exists()


def test_each_quarter_counts_the_text_that_held_then(coordinator, topics):
    day = timezone.localdate(now())
    begun = now() - timedelta(days=300)
    with as_of(begun):
        ended = in_force(coordinator, topics=topics[:1])
        in_force(coordinator, topics=topics[2:])
    with as_of(now() - timedelta(days=100)):
        ending.end(by=coordinator, agreement=ended)
    lasting = in_force(coordinator, topics=topics[:1])
    note_measure(by=coordinator, agreement=lasting, topic=topics[0], measure_kind="quick")

    quarters = awareness.over_time(coordinator, day)

    assert len(quarters) == awareness.QUARTERS
    assert [one.day for one in quarters] == sorted(one.day for one in quarters)
    last = quarters[-1]
    assert (last.day, last.running, last.naming, last.done) == (day, 2, 1, 1)
    then = [one for one in quarters if begun.date() < one.day < (now() - timedelta(days=100)).date()]
    assert {(one.running, one.naming) for one in then} == {(2, 1)}
    before = [one for one in quarters if one.day < begun.date()]
    assert {(one.running, one.naming) for one in before} <= {(0, 0)}


def test_days_of_quarters():
    days = awareness._quarters(date(2026, 5, 12), 3)

    assert days == [date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31), date(2026, 5, 12)]


def test_counsellor_sees_her_own(coordinator, topics):
    community = a_community()
    in_force(coordinator, spaces=[a_space(community)], topics=topics[:1])

    def seen(by):
        return [one.agreements for one in awareness.named_topics(by) if one.topic == topics[0]]

    assert seen(a_counsellor(community)) == [1]
    assert seen(a_counsellor()) == [0]


def test_same_queries_for_one_and_for_many(coordinator, topics, django_assert_num_queries):
    for _ in range(4):
        in_force(coordinator, topics=topics[:1])

    with django_assert_num_queries(4):
        awareness.named_topics(coordinator)
    with django_assert_num_queries(3):
        awareness.over_time(coordinator, today())
