"""What figures say: growth, silence, and sums that count each group once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories.network import a_community, a_space
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import today
from treffpunkt.network import over_time
from treffpunkt.network.models import Snapshot, Space
from treffpunkt.network.over_time import WEEK, monday
from treffpunkt.network.services.relocating import relocate_space
from treffpunkt.network.services.snapshots import keep_figures
from treffpunkt.network.services.spaces import move_space

pytestmark = pytest.mark.django_db
LAST = monday(today()) - WEEK


def posted(space, *posts, until=LAST, source="chat"):
    keep_figures(
        {"space_id": space.pk, "day": until - WEEK * back, "source": source, "posts": number}
        for back, number in enumerate(reversed(posts))
    )


def counted(space, **members):
    for day, number in members.items():
        day = date.fromisoformat(day[1:].replace("_", "-"))
        keep_figures([{"space_id": space.pk, "day": day, "source": "imported", "members": number}])


def figures(space):
    return list(Snapshot.objects.filter(space=space))


def test_of_several_sources_the_surest_counts_for_a_week(arabic):
    space = a_space(arabic)
    for source, number in (("entered", 5), ("feed", 7), ("imported", 6)):
        posted(space, number, source=source)

    assert over_time.weeks(figures(space)) == [(LAST, 7, "feed")]


def test_growth_is_told_over_about_a_quarter(arabic):
    space = a_space(arabic)
    counted(space, d2025_01_01=100, d2026_01_05=200, d2026_04_01=250, d2026_04_10=260)
    found = over_time.growth(over_time.counts(figures(space)))

    assert (found.since, found.difference, found.share) == (date(2026, 1, 5), 60, 0.3)
    assert over_time.growth(over_time.counts(figures(space))[2:]) is None
    assert over_time.growth([]) is None


def test_a_group_in_which_nobody_posts_is_noticed_but_left_alone(arabic):
    silent, lively, quiet = a_space(arabic), a_space(arabic), a_space(arabic)
    posted(silent, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    posted(lively, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    posted(quiet, 3, 1, 0, 0, 0)
    found = over_time.silence(Space.objects.all())

    assert [(one.space, one.weeks, one.since) for one in found] == [(silent.pk, 9, LAST - 8 * WEEK)]
    silent.refresh_from_db()
    assert silent.state == "found"


def test_silence_that_nobody_looked_at_lately_proves_nothing(arabic):
    space = a_space(arabic)
    posted(space, 3, *[0] * 12, until=LAST - 8 * WEEK)

    assert over_time.silence(Space.objects.all()) == []


def test_what_sleeps_already_is_not_suggested_again(arabic):
    space = a_space(arabic)
    posted(space, 3, *[0] * 12)
    move_space(by=SYSTEM, space=space, state="dormant", reason="still")

    assert over_time.silence(Space.objects.all()) == []


def test_somebody_who_sees_posts_ends_the_silence(arabic):
    space = a_space(arabic)
    posted(space, 3, *[0] * 12)
    posted(space, 4, until=LAST + WEEK, source="entered")

    assert over_time.silence(Space.objects.all()) == []


def test_sum_of_members_counts_each_group_by_its_last_count(arabic):
    one, other = a_space(arabic), a_space(arabic)
    a_space(a_community("fr"), members=5000)
    counted(one, d2026_01_05=100, d2026_01_20=110, d2026_03_02=150)
    counted(other, d2026_02_02=1000)

    assert over_time.members_of(Space.objects.filter(communities=arabic), date(2026, 1, 31)) == [
        (date(2026, 1, 1), 110, 1, 110),
        (date(2026, 2, 1), 1110, 2, 110),
        (date(2026, 3, 1), 1150, 2, 150),
    ]


def test_members_of_a_group_that_moved_are_not_counted_twice(arabic):
    old, new = a_space(arabic), a_space(arabic)
    counted(old, d2026_01_05=100)
    relocate_space(by=SYSTEM, space=old, new=new, day=date(2026, 2, 10))
    counted(new, d2026_02_12=90)

    assert over_time.members_of(Space.objects.filter(communities=arabic), date(2026, 1, 31)) == [
        (date(2026, 1, 1), 100, 1, 100),
        (date(2026, 2, 1), 90, 1, 0),
    ]


def test_sum_of_posts_says_over_how_many_groups(arabic):
    one, other = a_space(arabic), a_space(arabic)
    posted(one, 3, 4)
    posted(one, 9, source="entered")
    posted(other, 10)

    assert over_time.posts_of(Space.objects.filter(communities=arabic), LAST - 5 * WEEK) == [
        (LAST - WEEK, 3, 1, 0),
        (LAST, 14, 2, 0),
    ]


def test_trends_of_groups_shown_together(arabic):
    rising, short = a_space(arabic), a_space(arabic)
    posted(rising, 2, 1, 3, 0, 2, 2, 1, 2, 19, 18, 21, 20)
    posted(short, 3, 4)
    old = a_space(arabic)
    posted(old, *range(20), until=LAST - timedelta(days=140))
    found = over_time.trends_of([rising.pk, short.pk, old.pk])

    assert found[rising.pk].direction == "rising"
    assert {found[short.pk].direction, found.get(old.pk, found[short.pk]).direction} == {""}
