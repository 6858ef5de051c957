"""When does it suit you? Behind a link: own language, own clock, own answers and nobody else's."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.crawling import PORTAL, addresses
from tests.factories.meetings import an_actor
from tests.factories.polls import a_poll, answered, asked, moments
from tests.portal.conftest import path_of
from treffpunkt.core.clock import as_of, now, today
from treffpunkt.journal.models import Entry
from treffpunkt.links.models import Link
from treffpunkt.meetings.models import PollGuest
from treffpunkt.meetings.services.polls import choose_moment, end_poll
from treffpunkt.post.models import Message


def words(response) -> str:
    return response.content.decode()


@pytest.fixture
def poll(coordinator, meeting):
    winter = (
        today().replace(month=12, day=1)
        if today().month < 11
        else today().replace(year=today().year + 1, month=1, day=15)
    )
    days = [(winter + timedelta(days=number), time(18)) for number in range(3)]
    guests = [an_actor(name="Samira Haddad"), an_actor(name="Fatima Rahmani", language="fr")]
    return a_poll(coordinator, meeting, *guests, moments=days)


@pytest.fixture
def guest(poll) -> PollGuest:
    return asked(poll)[0]


@pytest.fixture
def link(guest) -> str:
    return path_of(guest, "poll", holder_id=guest.actor_id)


def given(poll, *answers: str) -> dict[str, str]:
    return {f"m_{moment.pk}": answer for moment, answer in zip(moments(poll), answers, strict=False)}


def test_guest_reads_each_moment_in_her_language_and_on_her_clock(phone, link):
    page = words(phone.get(link))
    assert '<html lang="ar" dir="rtl"' in page
    assert "الساعة ٦ مساءً" in page
    assert "بتوقيت ألمانيا" in page

    page = words(phone.get(link, {"lang": "de", "zone": "America/Bogota"}))
    assert page.count("12 Uhr") >= 3
    assert page.count("18 Uhr (deutsche Zeit)") == 3
    assert "Kolumbien" in page
    assert "zone=America%2FBogota" in page


def test_zone_that_is_none_is_left_out(phone, link):
    for zone in ("Berlin", "../../etc/passwd", "Europe/Nowhere", "9" * 400):
        assert "18 Uhr" in words(phone.get(link, {"lang": "de", "zone": zone}))


def test_guest_answers_with_one_save_and_changes_her_mind(phone, link, poll, guest):
    assert phone.post(link + "dates/", given(poll, "yes", "maybe", "no")).status_code == 302
    guest.refresh_from_db()
    assert [guest.answers[str(moment.pk)] for moment in moments(poll)] == ["yes", "maybe", "no"]
    page = words(phone.get(link))
    assert page.count(" checked") == 3

    phone.post(link + "dates/", given(poll, "no"))
    guest.refresh_from_db()
    assert [guest.answers[str(moment.pk)] for moment in moments(poll)] == ["no", "maybe", "no"]


def test_nothing_chosen_is_said_so(phone, link):
    response = phone.post(link + "dates/?lang=de", {})
    assert response.status_code == 422
    assert 'role="alert"' in words(response)


def test_link_shows_only_its_own_answers(phone, link, poll, guest):
    answered(asked(poll)[1], "maybe", "maybe", "maybe")
    page = words(phone.get(link))
    assert " checked" not in page
    assert "Fatima" not in page
    assert "Samira" not in page

    phone.post(link + "dates/", given(poll, "yes"))
    other = words(Client().get(link))
    assert " checked" not in other
    assert "Samira" not in other
    assert words(phone.get(link)).count(" checked") == 1


def test_answer_to_a_moment_of_another_poll_is_refused(phone, link, poll, guest, coordinator):
    assert phone.post(link + "dates/", {f"m_{guest.pk}": "yes"}).status_code == 422
    assert phone.post(link + "dates/", given(poll, "perhaps")).status_code == 422
    guest.refresh_from_db()
    assert guest.answers == {}


def test_reading_changes_nothing(phone, link, guest):
    before = Entry.objects.count()
    for path in (link, link + "about-us/", link + "about-you/", link + "?zone=Africa/Cairo"):
        assert phone.get(path).status_code == 200
    assert Entry.objects.count() == before
    assert not Link.objects.exclude(browser_hash="").exists()
    assert phone.get(link + "dates/").status_code == 405


def test_after_the_last_day_the_page_says_so(phone, link, poll, guest):
    phone.post(link + "dates/", given(poll, "yes"))
    with as_of(poll.closes_at + timedelta(minutes=1)):
        page = words(phone.get(link, {"lang": "de"}))
        assert 'type="radio"' not in page
        assert 'id="own"' in page
        assert 'id="own"' not in words(Client().get(link, {"lang": "de"}))
        assert phone.post(link + "dates/", given(poll, "no")).status_code == 422
    guest.refresh_from_db()
    assert set(guest.answers.values()) == {"yes"}


def test_date_that_was_chosen_is_told(phone, link, poll, coordinator):
    choose_moment(by=coordinator, poll=poll, moment=moments(poll)[1])
    assert "18 Uhr (deutsche Zeit)" in words(phone.get(link, {"lang": "de"}))


def test_ended_search_asks_nothing(phone, link, poll, coordinator):
    end_poll(by=coordinator, poll=poll)
    page = words(phone.get(link))
    assert 'type="radio"' not in page
    assert phone.post(link + "dates/", given(poll, "yes")).status_code == 422


def test_expired_link_says_so_and_a_fresh_one_is_sent_to_the_guest(phone, guest):
    link = path_of(guest, "poll", expires=now() - timedelta(days=1))
    page = phone.get(link, {"lang": "ar"})
    assert page.status_code == 410
    assert "fresh/" in words(page)

    phone.post(link + "fresh/")
    assert Message.objects.filter(template="meetings/messages/fresh_link", to_id=guest.actor_id).count() == 1


def test_link_opens_nothing_else(phone, link):
    token = link.strip("/").rsplit("/", 1)[-1]
    opened = {
        one.name: status
        for one in addresses()
        if one.name.startswith(PORTAL)
        for status in [phone.get(reverse(one.name, args=[token])).status_code]
    }
    reads = {name for name, status in opened.items() if status == 200}
    assert reads == {"portal:link", "portal:about_us", "portal:about_you", "portal:erase"}
    assert set(opened.values()) == {200, 405, 410}
