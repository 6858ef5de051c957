"""Feeds are asked politely, and all that is kept of them is when posts appeared."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.factories.network import a_community, a_space
from tests.support.feeds import serving
from treffpunkt.core.clock import as_of, now, today
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.network.models import Feed, Snapshot
from treffpunkt.network.over_time import WEEK, monday
from treffpunkt.network.services.feeds import ask_due, fetch_feed, stop_feed, subscribe_feed

pytestmark = pytest.mark.django_db
# A Thursday at noon, so that days are certain whatever the zone.
NOW = datetime.fromisoformat("2026-11-26T12:00:00+00:00")
LAST = monday(NOW.date()) - WEEK


@pytest.fixture(autouse=True)
def on_a_thursday():
    with as_of(NOW):
        yield


@pytest.fixture
def server():
    with serving() as running:
        yield running


@pytest.fixture
def space(arabic):
    return a_space(arabic)


def rss(*ago, undated=0):
    """Write a feed with posts of so many days ago."""
    items = "".join(
        f"<item><title>Geheim</title><description>Kennwort</description>"
        f"<pubDate>{format_datetime(NOW - timedelta(days=days))}</pubDate></item>"
        for days in ago
    )
    items += "<item><title>x</title></item>" * undated
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title>{items}</channel></rss>'.encode()


def read(counsellor, space, address):
    feed = subscribe_feed(by=counsellor, space=space, address=address)
    fetch_feed(feed.pk)
    return Feed.objects.get(pk=feed.pk)


def again(feed, moment=None):
    """Fetch once more, at the time for which it is planned."""
    feed.refresh_from_db()
    with as_of(moment or feed.next_fetch):
        fetch_feed(feed.pk)
    feed.refresh_from_db()
    return feed


def weeks(space):
    return dict(Snapshot.objects.filter(space=space, source="feed").order_by("day").values_list("day", "posts"))


def test_posts_are_counted_by_the_week_and_nothing_else_is_kept(server, counsellor, space, deferred):
    server.pages["/feed"] = {"body": rss(1, 9, 10, 24, 40)}
    feed = read(counsellor, space, server.url + "/feed")

    assert deferred.names[-1] == "network.fetch_feed"
    assert weeks(space) == {
        LAST - 3 * WEEK: 0,
        LAST - 4 * WEEK: 0,
        LAST - 2 * WEEK: 1,
        LAST - WEEK: 0,
        LAST: 2,
    }
    assert (feed.last_post_on, feed.problem, feed.failures) == (today() - timedelta(days=1), "", 0)
    assert feed.next_fetch > now() + timedelta(hours=19)
    for row in (feed, *Snapshot.objects.all()):
        assert not any(word in str(vars(row)) for word in ("Geheim", "Kennwort"))


def test_within_a_week_only_what_is_new_is_asked_for(server, counsellor, space):
    server.pages["/feed"] = {"body": rss(9, 24), "etag": '"1"'}
    feed = read(counsellor, space, server.url + "/feed")
    again(feed)
    assert server.asked[1]["If-None-Match"] == '"1"'
    again(feed, NOW + timedelta(days=7))
    assert "If-None-Match" not in server.asked[2]
    assert weeks(space)[LAST + WEEK] == 0


def test_posts_taken_out_of_a_feed_were_posts_all_the_same(server, counsellor, space):
    server.pages["/feed"] = {"body": rss(8, 9, 10, 24)}
    feed = read(counsellor, space, server.url + "/feed")
    server.pages["/feed"] = {"body": rss(9, 24)}
    again(feed)

    assert weeks(space)[LAST] == 3


def test_a_page_leads_to_its_feed(server, counsellor, space):
    server.pages["/"] = {
        "headers": {"Content-Type": "text/html"},
        "body": b'<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/blog/feed/">'
        b'<link rel="alternate" type="application/rss+xml" href="/comments/feed/"></head></html>',
    }
    server.pages["/blog/feed/"] = {"body": rss(9, 24)}
    feed = read(counsellor, space, server.url)

    assert feed.address == server.url + "/blog/feed/"
    assert weeks(space)[LAST] == 1


def test_a_feed_that_moved_for_good_is_asked_there(server, counsellor, space):
    server.pages["/old"] = {"to": "/new", "status": 301}
    server.pages["/new"] = {"body": rss(9, 24)}
    assert read(counsellor, space, server.url + "/old").address == server.url + "/new"


def test_a_feed_that_fails_is_asked_ever_less_often(server, counsellor, space):
    server.pages["/feed"] = {"status": 500}
    feed = read(counsellor, space, server.url + "/feed")
    waits = []
    for _time in range(12):
        before = feed.next_fetch
        again(feed)
        waits.append(feed.next_fetch - before)
    assert feed.problem == "away"
    assert waits == sorted(waits)
    assert timedelta(hours=2) <= waits[0] <= timedelta(hours=2.5)
    assert timedelta(days=7) <= waits[-1] <= timedelta(days=8)

    server.pages["/feed"] = {"body": rss(9, 24)}
    again(feed)
    assert (feed.problem, feed.failures) == ("", 0)


def test_a_server_that_asks_for_patience_gets_it(server, counsellor, space):
    server.pages["/feed"] = {"status": 429, "headers": {"Retry-After": str(3 * 86400)}}
    feed = read(counsellor, space, server.url + "/feed")

    assert feed.problem == "busy"
    assert feed.next_fetch >= now() + timedelta(days=3)


def test_what_will_not_come_back_is_given_up_and_says_why(server, counsellor, space):
    server.pages["/gone"] = {"status": 410}
    server.pages["/text"] = {"body": b"no feed"}
    server.pages["/undated"] = {"body": rss(undated=3)}
    assert read(counsellor, space, server.url + "/gone").next_fetch is None
    for path, problem in (("/text", "unreadable"), ("/undated", "undated")):
        feed = read(counsellor, space, server.url + path)
        assert feed.problem == problem
        again(feed)
        again(feed)
        assert feed.next_fetch is None
        assert str(feed.explained)
    fetch_feed(feed.pk)
    assert len([one for one in server.asked if one["path"] == "/undated"]) == 3


def test_a_feed_of_a_few_days_is_too_short_for_weeks(server, counsellor, space):
    server.pages["/feed"] = {"body": rss(*[1] * 10, *[2] * 10)}
    feed = read(counsellor, space, server.url + "/feed")

    assert (feed.problem, feed.failures) == ("short", 0)
    assert weeks(space) == {}


def test_a_private_address_is_never_asked(counsellor, space):
    with serving(opened=False) as closed:
        for address in (
            "https://localhost/feed",
            closed.url + "/feed",
            "ftp://blog.example.org/",
            "http://a b.example.org/",
        ):
            with pytest.raises(DomainError):
                subscribe_feed(by=counsellor, space=space, address=address)
        feed = Feed.objects.create(space=space, address=closed.url + "/feed", next_fetch=now())
        fetch_feed(feed.pk)
        feed.refresh_from_db()
        assert feed.problem == "private"
        assert closed.asked == []


def test_a_feed_is_fetched_once_though_asked_for_twice(server, counsellor, space):
    server.pages["/feed"] = {"body": rss(9, 24)}
    feed = read(counsellor, space, server.url + "/feed")
    fetch_feed(feed.pk)

    assert len(server.asked) == 1


def test_feeds_whose_time_has_come_are_asked_but_in_a_demo(counsellor, space, deferred, settings):
    feed = Feed.objects.create(space=space, address="https://blog.example.org/feed", next_fetch=now())
    Feed.objects.create(space=a_space(), address="https://other.example.org/feed", next_fetch=now() + timedelta(days=1))

    assert ask_due() == 1
    assert ask_due() == 1
    assert deferred == [("network.fetch_feed", {"feed_id": str(feed.pk)})]
    settings.DEMO = True
    assert ask_due() == 0


def test_stopped_it_is_asked_no_more_and_its_figures_stay(server, counsellor, space):
    server.pages["/feed"] = {"body": rss(9, 24)}
    read(counsellor, space, server.url + "/feed")
    stop_feed(by=counsellor, space=space)

    assert not Feed.objects.exists()
    assert weeks(space)[LAST] == 1


def test_feeds_of_others_are_not_ones_to_choose(counsellor):
    with pytest.raises(Forbidden):
        subscribe_feed(by=counsellor, space=a_space(a_community("fr")), address="https://blog.example.org/")
