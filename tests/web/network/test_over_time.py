"""A space over time: its charts, what one enters, what is taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import network as make
from treffpunkt.core.clock import as_of, today
from treffpunkt.network.models import Feed, Snapshot
from treffpunkt.network.over_time import monday
from treffpunkt.network.services.figures import keep_weeks
from treffpunkt.network.services.spaces import check_space

SPRING = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(space, more=""):
    return f"/network/spaces/{space.pk}/time/{more}"


def weeks(*posts):
    last = monday(today()) - timedelta(days=7)
    return {last - timedelta(days=7 * back): number for back, number in enumerate(reversed(posts))}


@pytest.fixture
def space(arabic, counsellor):
    with as_of(SPRING):
        space = make.a_space(arabic, members=22_900)
    return check_space(by=counsellor, space=space, members=23_400)


def test_page_shows_members_over_time_with_an_equal_table(counselling, space):
    page = counselling.get(at(space)).content.decode()

    assert 'id="members-chart"' in page
    assert "500 more than on March 2 (2 %)." in page
    assert "style=" not in page
    assert page.count("23\u202f400") >= 2
    assert "entered by us" in page
    assert 'id="members-chart"' in counselling.get(f"/network/spaces/{space.pk}/").content.decode()


def test_a_space_without_two_counts_says_what_it_takes(counselling, arabic):
    space = make.a_space(arabic, members=5)

    assert "A chart needs two counts." in counselling.get(at(space)).content.decode()
    assert "chart-plot" not in counselling.get(f"/network/spaces/{space.pk}/").content.decode()


def test_posts_a_week_are_said_to_rise_only_where_they_do(counselling, counsellor, arabic):
    rising, steady = make.a_space(arabic), make.a_space(arabic)
    keep_weeks(by=counsellor, space=rising, posts=weeks(2, 1, 3, 0, 2, 2, 1, 2, 9, 8, 11, 10))
    keep_weeks(by=counsellor, space=steady, posts=weeks(2, 1, 3, 0, 2, 2, 1, 2, 3, 2, 3, 2))

    assert "Rising: 38 posts in the last 4 weeks" in counselling.get(at(rising)).content.decode()
    assert "No clear change: 10 posts in the last 4 weeks" in counselling.get(at(steady)).content.decode()


def test_counsellor_notes_what_she_sees(counselling, space):
    answer = counselling.post(at(space), {"members": "23500", "posts": "12"})

    assert answer.status_code == 302
    space.refresh_from_db()
    assert space.members == 23_500
    assert Snapshot.objects.get(space=space, posts__isnull=False).posts == 12
    assert counselling.post(at(space), {}).status_code == 422
    assert counselling.post(at(space), {"members": "-1"}).status_code == 422


def test_what_was_brought_in_by_mistake_is_taken_back(counselling, counsellor, space):
    keep_weeks(by=counsellor, space=space, posts=weeks(5, 6, 7), members=99)
    space.refresh_from_db()
    assert space.members == 23_400  # what we entered ourselves that day counts
    batch = counselling.get(at(space)).context["batches"][0]
    assert batch.number == 4

    counselling.post(at(space, "take-back/"), {"batch": batch.key})
    assert not Snapshot.objects.filter(space=space, source="chat").exists()
    for wrong in ("", "chat|", "chat|yesterday", "\x00|2026-01-01T00:00:00+00:00", batch.key):
        assert counselling.post(at(space, "take-back/"), {"batch": wrong}).status_code == 302
    assert Snapshot.objects.filter(space=space).count() == 2


def test_the_only_count_taken_back_leaves_no_number(counselling, arabic):
    space = make.a_space(arabic, members=5)
    actor = make.an_actor(space)
    batch = counselling.get(at(space)).context["batches"][0]
    counselling.post(at(space, "take-back/"), {"batch": batch.key})

    space.refresh_from_db()
    actor.refresh_from_db()
    assert (space.members, space.members_counted_on, actor.potential_reach) == (None, None, 0)


def test_page_costs_the_same_with_many_figures(counselling, counsellor, space, django_assert_max_num_queries):
    with django_assert_max_num_queries(14) as one:
        counselling.get(at(space))
    keep_weeks(by=counsellor, space=space, posts=weeks(*range(60)))
    with django_assert_max_num_queries(len(one)):
        counselling.get(at(space))


def test_figures_of_others_do_not_exist(counselling, french):
    space = make.a_space(french, members=5)

    assert counselling.get(at(space)).status_code == 404
    assert counselling.post(at(space, "take-back/"), {"batch": "x"}).status_code == 404


def test_the_feed_of_a_blog_is_subscribed_to_and_stopped(counselling, arabic, deferred):
    make.a_platform("blog")
    space = make.a_space(arabic, address="https://ankommen.example.org", platform="blog")
    form = counselling.get(at(space, "feed/")).context["form"]
    assert form.initial["address"].startswith("https://ankommen.example.org")

    assert counselling.post(at(space, "feed/"), {"address": "ankommen.example.org/feed"}).status_code == 302
    assert "network.fetch_feed" in deferred.names
    assert "https://ankommen.example.org/feed" in counselling.get(at(space)).content.decode()
    assert counselling.post(at(space, "feed/"), {"address": "http://127.0.0.1:22/"}).status_code == 422
    counselling.post(at(space, "feed/stop/"))
    assert not Feed.objects.exists()


def test_why_a_feed_could_not_be_read_is_said(counselling, arabic):
    space = make.a_space(arabic)
    Feed.objects.create(space=space, address="https://blog.example.org/", problem="gone", failures=1)

    assert "gone for good" in counselling.get(at(space)).content.decode()
