"""Finding records by name, number, address and handle."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.people import a_coordinator
from treffpunkt.core.text import fold
from treffpunkt.people.models import Staff
from treffpunkt.search import keys, services
from treffpunkt.search.models import ALL_NAMES, Frequency, Name, Posting
from treffpunkt.search.queries import find, find_ids, other_names
from treffpunkt.search.services import Entry

pytestmark = pytest.mark.django_db
KIND = "people.staff"


@pytest.fixture
def everybody():
    """Whatever has a record: staff stand for any kind."""
    return Staff.objects.all()


def entered(*names: str, **fields) -> UUID:
    """Make a record and what it is found by."""
    record = a_coordinator()
    services.index(record, names=names, **fields)
    return record.pk


def found(text, rows, **given) -> list[UUID]:
    return [hit.record_id for hit in find(text, {KIND: rows}, **given)]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("نساء برلين – أسئلة وأجوبة", "نساء برل"),
        ("إيمان الأحمد", "ايمان"),
        ("Ђорђевић", "Djordjevic"),
        ("Đorđevic", "ђорђевић"),
        ("Mütter in Köln", "mutter koln"),
        ("Straßenfest", "strassenfest"),
        ("Frauen helfen Frauen e. V.", "Frauen hefen Fraun"),
        ("Beratungshaus Lindenhof", "Lindenhof Beratungshaus"),
        ("Sozialberatung Nord", "beratung"),
        ("Zora", "Z"),
        ("١٢٣ مجموعة", "123"),
    ],
)
def test_name_is_found_in_any_spelling(name, typed, everybody):
    wanted = entered(name)
    entered("Something else")

    assert found(typed, everybody)[0] == wanted


@pytest.mark.parametrize(
    ("fields", "typed"),
    [
        ({"phones": ["+49 170 1234567"]}, "0170 / 123 45 67"),
        ({"urls": ["https://www.facebook.com/groups/123/"]}, "facebook.com/groups/123"),
        ({"handles": ["@Amina.H"]}, "amina.h"),
        ({"handles": ["amina@example.org"]}, "Amina@example.org"),
        ({"addresses": ["Hauptstraße 5, Berlin"]}, "hauptstrasse 5 berlin"),
    ],
)
def test_record_is_found_by_its_other_fields(fields, typed, everybody):
    wanted = entered("Nobody knows", **fields)

    assert found(typed, everybody) == [wanted]


def test_what_is_not_like_it_is_not_found(everybody):
    entered("Beatriz Campos")
    entered("Javier Molina")

    assert found("berlin", everybody) == []
    assert found("", everybody) == []
    assert found("  \x00 %_ ", everybody) == []


def test_what_may_not_be_seen_is_filtered_before_the_cut(everybody):
    hidden = [Entry(KIND, uuid4(), [f"Frauen Berlin {number}"]) for number in range(400)]
    services.index_many(hidden)
    mine = entered("Frauen in Berlin und Umgebung")

    assert found("frauen berlin", everybody.filter(pk=mine)) == [mine]
    assert found("frauen berlin", everybody.none()) == []


def test_a_rule_may_be_any_query(everybody):
    mine = entered("Frauen Berlin")
    both = everybody.filter(pk=mine) | everybody.filter(name="nobody")

    assert found("frauen", both.order_by("name")[:5]) == [mine]
    assert found("frauen", everybody.filter(pk=mine).union(everybody.none())) == [mine]


def test_agreeing_fields_lift_the_score_over_the_name_alone(everybody):
    entered("Frauen Berlin", phones=["030 123456"], addresses=["Weg 1"])

    (alone,) = find("Frauen Berlin", {KIND: everybody})
    (more,) = find("Frauen Berlin", {KIND: everybody}, phones=["030/123 456"], addresses=["weg 1"])

    assert (alone.score, round(more.score, 2)) == (1.0, 1.5)


def test_one_record_is_one_hit_whatever_its_names(everybody):
    wanted = entered("نساء برلين", "Frauen Berlin")

    hits = find("Frauen Berlin", {KIND: everybody})

    assert [hit.record_id for hit in hits] == [wanted]
    assert other_names(hits) == {wanted: "نساء برلين"}


def test_a_new_name_takes_the_place_of_the_old_one(everybody):
    record = a_coordinator()
    services.index(record, names=["Amina Haddad"], handles=["amina"])
    services.index(record, names=["Layla Mansour"])

    assert found("Amina Haddad", everybody) == []
    assert found("@amina", everybody) == []
    assert found("Layla", everybody) == [record.pk]


def test_forgotten_records_leave_nothing_behind(everybody):
    gone, stays = entered("Amina Haddad", phones=["030 1234567"]), entered("Amina Hosseini")

    services.forget([gone])

    assert found("Amina", everybody) == [stays]
    kept = Name.objects.get()
    assert Posting.objects.count() == len(kept.keys)


def test_a_record_without_a_name_is_called_by_its_handle(everybody):
    entered("", handles=["amina.h"])

    assert find("amina", {KIND: everybody})[0].name == "amina.h"


def test_find_ids_narrows_a_list(everybody):
    near, exact = entered("Frauen in Berlin"), entered("Frauen Berlin")
    entered("Männer in Hamburg")

    assert find_ids("frauen berlin", KIND, everybody) == [exact, near]
    assert find_ids("frauen berlin", KIND, everybody, most=1) == [exact]


def test_finding_takes_two_queries_however_many_kinds(everybody):
    entered("Frauen Berlin")

    with CaptureQueriesContext(connection) as queries:
        find("frauen", {KIND: everybody, "x.y": everybody, "x.z": everybody})

    assert len(queries) == 2


def test_frequencies_are_counted_and_counted_again(everybody):
    services.index_many(Entry(KIND, uuid4(), [f"Gruppe {number}"]) for number in range(20))
    services.renew_frequencies()

    assert Frequency.objects.get(key=ALL_NAMES).names == 20
    assert Frequency.objects.get(key=keys.key(" gr")).names == 20
    assert not Frequency.objects.filter(key=keys.key("h:x")).exists()

    wanted = entered("Gruppe der Frauen")
    assert found("gruppe frauen", everybody) == [wanted]

    services.forget(list(Name.objects.values_list("record_id", flat=True)))
    services.renew_frequencies()
    assert list(Frequency.objects.values_list("key", "names")) == [(ALL_NAMES, 0)]


def test_many_at_once_ask_for_a_new_count(deferred):
    services.index_many(Entry(KIND, uuid4(), [f"Gruppe {number}"]) for number in range(services.MANY))

    assert deferred.names == ["search.renew_frequencies"]
    assert Name.objects.count() == services.MANY


@given(st.text(max_size=400))
def test_keys_fit_the_column(text):
    found = [*keys.name_keys(fold(text)), *keys.phone_keys([text]), *keys.url_keys([text]), *keys.handle_keys([text])]

    assert all(-(2**31) <= key < 2**31 and key for key in found)
