"""Figures from a file: found again by group and day, compared, and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories.network import a_coordinator, a_platform, a_space, an_actor
from tests.support.importing import applied, checked, reason, taken_back, verdicts
from treffpunkt.network.models import Actor, Snapshot, Space

pytestmark = pytest.mark.django_db

FIGURES = """Gruppe;Link;Datum;Mitglieder;Beiträge pro Woche
Frauen in Köln;;02.03.2026;1.200;14
;https://m.facebook.com/groups/muetter?ref=x;2026-03-04;;7
"""


@pytest.fixture
def coordinator():
    a_platform("facebook")
    return a_coordinator()


@pytest.fixture
def women():
    return a_space(name="Frauen in Köln")


@pytest.fixture
def mothers():
    return a_space(name="Mütter", address="https://www.facebook.com/groups/muetter", members=50)


def figures():
    rows = Snapshot.objects.filter(source="imported").order_by("day", "space__name")
    return list(rows.values_list("space__name", "day", "members", "posts"))


def test_figures_are_found_by_name_or_address_and_kept_with_their_day(coordinator, women, mothers):
    actor = an_actor(women)
    found = applied(checked(coordinator, FIGURES, "activity"))

    assert figures() == [
        ("Frauen in Köln", date(2026, 3, 2), 1200, 14),
        ("Mütter", date(2026, 3, 2), None, 7),
    ]
    women.refresh_from_db()
    mothers.refresh_from_db()
    assert (women.members, women.members_counted_on, mothers.members) == (1200, date(2026, 3, 2), 50)
    assert Actor.objects.get(pk=actor.pk).potential_reach == 1200
    assert found.counts["made"] == {"network.snapshot": 2}


def test_an_older_count_does_not_change_how_many_there_are(coordinator, mothers):
    applied(checked(coordinator, "Gruppe;Datum;Mitglieder\nMütter;02.03.2020;9\n", "activity"))

    mothers.refresh_from_db()
    assert mothers.members == 50


def test_the_same_file_again_changes_nothing_and_a_corrected_one_what_differs(coordinator, women, mothers):
    applied(checked(coordinator, FIGURES, "activity"))
    assert verdicts(checked(coordinator, FIGURES, "activity")) == ["same", "same"]
    corrected = checked(coordinator, FIGURES.replace("1.200", "1.300"), "activity")
    assert verdicts(corrected) == ["changed", "same"]
    applied(corrected)
    assert figures()[0][2] == 1300

    taken_back(corrected)
    assert figures()[0][2] == 1200
    women.refresh_from_db()
    assert women.members == 1200


def test_taken_back_only_what_a_later_file_builds_on_stays(coordinator, women, mothers):
    first = applied(checked(coordinator, FIGURES, "activity"))
    applied(checked(coordinator, FIGURES.replace("1.200", "1.300"), "activity"))
    taken_back(first)

    assert figures() == [("Frauen in Köln", date(2026, 3, 2), 1300, 14)]


def test_rows_that_cannot_be_right_say_why(coordinator, women):
    a_space(name="Zwei")
    a_space(name="Zwei")
    text = (
        "Gruppe;Datum;Mitglieder;Posts\n"
        "Unbekannt;02.03.2026;5;\nZwei;02.03.2026;5;\nFrauen in Köln;02.03.2026;;\nFrauen in Köln;02.03.2999;5;\n"
        "Frauen in Köln;gestern;5;\n;02.03.2026;5;\nFrauen in Köln;02.03.2026;-3;\nFrauen in Köln;02.03.2026;5;1\n"
        "Frauen in Köln;02.03.2026;5;1\nFrauen in Köln;02.03.2026;6;1\n"
    )
    found = checked(coordinator, text, "activity")

    assert verdicts(found) == ["wrong"] * 7 + ["new", "same", "wrong"]
    said = [reason(found, number) for number in range(2, 12)]
    assert "no group called “Unbekannt”" in said[0]
    assert "Several are called “Zwei”" in said[1]
    assert "neither members nor posts" in said[2]
    assert "still to come" in said[3]
    assert "is not a day" in said[4]
    assert "Row 9 of this file names it too" in said[9]


def test_of_two_groups_of_a_name_the_platform_tells(coordinator, women):
    a_platform("telegram")
    other = a_space(name="Frauen in Köln", address="https://t.me/frauenkoeln", platform="telegram")
    applied(
        checked(coordinator, "Gruppe;Datum;Mitglieder;Plattform\nFrauen in Köln;02.03.2026;5;Telegram\n", "activity")
    )

    assert Space.objects.get(snapshots__source="imported") == other
