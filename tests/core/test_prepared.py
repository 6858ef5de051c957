"""Prepared queries give what their QuerySets give, for every caller and every value."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.network import a_community, a_coordinator, a_counsellor, a_space, an_actor
from treffpunkt.core import clock, prepared
from treffpunkt.network.models import Actor, Space
from treffpunkt.network.rules import viewable_spaces

pytestmark = pytest.mark.django_db


def _named(by, ids: list[UUID], name: str):
    return viewable_spaces(by).filter(pk__among=ids, name__startswith=name).select_related("platform").order_by("name")


def _due(day):
    return Space.objects.filter(check_due__lte=day)


def _nobody(pk: UUID):
    return Actor.objects.none().filter(pk=pk)


def _pairs(ids: list[UUID]):
    return Actor.objects.filter(pk__among=ids).order_by("name").values_list("pk", "name")


def _of_today(pk: UUID):
    return Space.objects.filter(pk=pk, check_due__lte=clock.today())


def _looks(pk: UUID):
    return Actor.objects.filter(name=pk.hex[:3])


def test_each_sees_their_own_whoever_asked_first():
    mine, not_mine = a_community(), a_community("fr")
    counsellor, other = a_counsellor(mine), a_counsellor()
    hers, theirs = a_space(mine), a_space(not_mine)
    ids = [hers.pk, theirs.pk]

    for _ in range(2):
        assert set(prepared.rows(_named, a_coordinator(), ids, "")) == {hers, theirs}
        assert prepared.rows(_named, counsellor, ids, "") == [hers]
        assert prepared.rows(_named, other, ids, "") == []


def test_rows_come_with_what_was_joined_and_in_their_order(django_assert_num_queries):
    first, second = a_space(name="Ahar"), a_space(name="Biber")
    expected = [(one.name, one.platform.name) for one in (first, second)]
    coordinator = a_coordinator()

    with django_assert_num_queries(1):
        rows = prepared.rows(_named, coordinator, [second.pk, first.pk, uuid4()], "")
        assert [(row.name, row.platform.name) for row in rows] == expected


def test_days_and_lists_of_columns_are_values_too():
    space = a_space()
    Space.objects.filter(pk=space.pk).update(check_due=clock.today())
    person = an_actor(name="Rana")

    assert prepared.rows(_due, clock.today()) == [space]
    assert prepared.rows(_due, clock.today() - timedelta(days=1)) == []
    assert prepared.rows(_pairs, [person.pk]) == [(person.pk, "Rana")]
    assert prepared.first(_pairs, [uuid4()]) is None
    assert prepared.rows(_nobody, person.pk) == []


def test_a_query_that_looks_at_its_values_is_refused():
    with pytest.raises(ValueError, match="_looks"):
        prepared.rows(_looks, uuid4())


def test_a_query_that_asks_the_clock_is_refused():
    """What it answered would hold for ever."""
    with pytest.raises(RuntimeError, match="handed on"):
        prepared.rows(_of_today, uuid4())


def test_the_sql_is_written_once(connection_sql):
    first = connection_sql(lambda: prepared.rows(_due, clock.today()))
    second = connection_sql(lambda: prepared.rows(_due, clock.today() - timedelta(days=400)))

    assert first.replace(str(clock.today()), "") == second.replace(str(clock.today() - timedelta(days=400)), "")


@pytest.fixture
def connection_sql():
    from django.db import connection

    def asked(call) -> str:
        with CaptureQueriesContext(connection) as captured:
            call()
        return captured.captured_queries[0]["sql"]

    return asked


@given(ids=st.lists(st.uuids(), max_size=4))
def test_any_ids_are_only_values(ids):
    assert prepared.rows(_pairs, ids) == list(_pairs(ids))
