"""The journal keeps who did what to which record, and shows it only to whoever may see it."""

from __future__ import annotations

import pytest

from tests.factories.people import a_coordinator, a_counsellor
from treffpunkt.journal.models import Entry
from treffpunkt.journal.queries import results_of, sources_of, thread
from treffpunkt.journal.services import grow, record, record_many

pytestmark = pytest.mark.django_db


def test_entry_stands_in_every_thread_it_touches():
    one, other = a_counsellor(), a_counsellor()

    entry = record(one, "staff.settings_changed", one, other, other, fields=["name"])

    assert thread(one.pk)[0] == entry
    assert thread(other.pk)[0] == entry
    assert thread(other.pk)[0].fields == ["name"]


def test_newest_comes_first():
    staff = a_counsellor()
    record(staff, "first.done", staff)
    record(staff, "second.done", staff)

    assert [entry.verb for entry in thread(staff.pk)][:2] == ["second.done", "first.done"]


def test_many_acts_take_two_statements(django_assert_num_queries):
    staff = [a_counsellor() for _ in range(20)]
    with django_assert_num_queries(2):
        record_many(staff[0], "staff.seen", [(one, ()) for one in staff])

    assert Entry.objects.filter(verb="staff.seen").count() == 20


def test_what_grew_from_what_is_known_on_both_sides():
    source, result = a_coordinator(), a_counsellor()
    grow(source, result)
    grow(source, result)

    assert [origin.result_id for origin in results_of([source.pk])] == [result.pk]
    assert [origin.source_id for origin in sources_of([result.pk])] == [source.pk]
