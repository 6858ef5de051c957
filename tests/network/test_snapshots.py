"""How large a space was on which day is kept, wherever it was entered, checked or imported."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.factories.network import a_platform, a_space
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of, today
from treffpunkt.network.models import Snapshot, Space
from treffpunkt.network.services import bulk
from treffpunkt.network.services.snapshots import keep_figures, settle_members
from treffpunkt.network.services.spaces import change_space, check_space

pytestmark = pytest.mark.django_db

SPRING = datetime(2026, 3, 2, 12, tzinfo=UTC)
SUMMER = datetime(2026, 6, 1, 12, tzinfo=UTC)


def figures(space):
    return list(Snapshot.objects.filter(space=space).order_by("day").values_list("day", "members", "source"))


def test_every_count_of_members_is_kept_with_its_day(counsellor, arabic):
    with as_of(SPRING):
        space = a_space(arabic, members=800)
    with as_of(SUMMER):
        space = check_space(by=counsellor, space=space, members=950)
    space = change_space(by=counsellor, space=space, members=1000)

    assert figures(space) == [
        (date(2026, 3, 2), 800, "entered"),
        (date(2026, 6, 1), 950, "entered"),
        (today(), 1000, "entered"),
    ]


def test_a_look_without_a_count_keeps_no_figure(counsellor, arabic):
    space = a_space(arabic)
    check_space(by=counsellor, space=space)

    assert figures(space) == []


def test_counted_twice_on_a_day_the_last_count_is_kept(counsellor, arabic):
    space = a_space(arabic, members=800)
    check_space(by=counsellor, space=space, members=805)

    assert figures(space) == [(today(), 805, "entered")]


def test_the_same_number_counted_again_later_is_a_figure_too(counsellor, arabic):
    with as_of(SPRING):
        space = a_space(arabic, members=800)
    check_space(by=counsellor, space=space, members=800)

    assert [members for _day, members, _source in figures(space)] == [800, 800]


def test_thousands_entered_or_changed_at_once_keep_their_counts(arabic):
    a_platform("forum")
    with as_of(SPRING):
        spaces = bulk.create_spaces(
            by=SYSTEM, rows=[{"name": f"Forum {n}", "platform": "forum", "members": n or None} for n in range(3)]
        )
    bulk.change_spaces(by=SYSTEM, changes={spaces[2].pk: {"members": 7}})

    assert figures(spaces[0]) == []
    assert figures(spaces[1]) == [(date(2026, 3, 2), 1, "imported")]
    assert figures(spaces[2]) == [(date(2026, 3, 2), 2, "imported"), (today(), 7, "imported")]
    assert bulk.remove_spaces(by=SYSTEM, ids=[spaces[2].pk]) == []
    assert not Snapshot.objects.filter(space_id=spaces[2].pk).exists()


def test_members_and_posts_of_a_day_lie_together(arabic):
    space = a_space(arabic)
    place = {"space_id": space.pk, "day": date(2026, 3, 2), "source": "imported"}
    keep_figures([place | {"members": 300}])
    keep_figures([place | {"posts": 12}, place | {"posts": 14}, place])

    assert Snapshot.objects.values_list("members", "posts").get(space=space) == (300, 14)


def test_the_newest_figure_says_how_many_members_there_are(arabic):
    space = a_space(arabic)
    rows = [
        {"day": date(2026, 1, 5), "source": "imported", "members": 100},
        {"day": date(2026, 3, 2), "source": "imported", "members": 300},
        {"day": date(2026, 3, 2), "source": "entered", "members": 310},
        {"day": date(2026, 4, 6), "source": "feed", "posts": 2},
    ]
    keep_figures({"space_id": space.pk, **row} for row in rows)

    assert settle_members([space.pk]) == [space.pk]
    assert settle_members([space.pk]) == []
    assert Space.objects.values_list("members", "members_counted_on").get(pk=space.pk) == (310, date(2026, 3, 2))
