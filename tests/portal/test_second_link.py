"""A second link to the same person is not a new beginning: another browser takes an answer through it, and shows nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.factories.agreements import in_force
from tests.factories.meetings import an_actor
from tests.factories.network import a_community, a_space
from tests.factories.polls import a_poll, asked, moments
from tests.portal.conftest import path_of
from treffpunkt.agreements.models import Succession
from treffpunkt.agreements.services import successions
from treffpunkt.core.clock import now
from treffpunkt.links.models import Link
from treffpunkt.meetings.models import Minutes
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.meetings.services.minutes import close_meeting, send_minutes
from treffpunkt.network.models import Actor
from treffpunkt.network.services.phone import note_lost_phone

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return response.content.decode()


@pytest.fixture
def person(invitation) -> Actor:
    """Give who is invited."""
    return invitation.actor


@pytest.fixture
def first(phone, invitation, person) -> str:
    """Give the link through which she has answered on her phone."""
    path = path_of(invitation, holder_id=person.pk)
    phone.post(path + "answer/", {"answer": "accepted", "remark": "geheim", "children": "3"})
    return path


@pytest.fixture
def second(first, invitation, person) -> str:
    """Give the link of a reminder that she forwards."""
    return path_of(invitation, holder_id=person.pk)


def bound() -> int:
    """Count the links that a browser has acted through."""
    return Link.objects.exclude(browser_hash="").count()


def test_forwarded_link_shows_nothing_in_another_browser(second):
    stranger = Client()
    page = words(stranger.get(second + "about-you/"))
    stranger.post(second + "about-you/", {"show": "yes"})

    assert 'name="show"' not in page
    assert "Samira" not in words(stranger.get(second + "about-you/"))
    assert stranger.post(second + "about-you/take/", {"as": "data"}).status_code == 302
    assert bound() == 1


def test_forwarded_link_does_not_erase_her(second, person):
    stranger = Client()

    assert "about-you/erase/" not in words(stranger.get(second + "about-you/"))
    assert stranger.get(second + "about-you/erase/").status_code == 302
    assert stranger.post(second + "about-you/erase/").status_code == 302
    person.refresh_from_db()
    assert (person.name, person.erased_at) == ("Samira Haddad", None)


def test_answer_in_another_browser_is_taken_and_tells_nothing(second, invitation):
    stranger = Client()

    assert stranger.post(second + "answer/", {"answer": "declined"}).status_code == 302
    invitation.refresh_from_db()
    assert (invitation.state, invitation.remark) == ("declined", "geheim")
    page = words(stranger.get(second))
    assert "geheim" not in page
    assert 'id="answered"' not in page
    assert "Samira" not in words(stranger.get(second + "about-you/"))
    assert bound() == 1


@pytest.mark.parametrize("language", ["de", "en", "ar", "fr", "sr", "es"])
def test_page_says_why_and_offers_a_fresh_link(second, language):
    page = words(Client().get(second, {"lang": language}))

    with translation.override(language):
        said = translation.gettext("Another of our links was first used on another device")
        assert said in page
        assert translation.gettext("Send me a fresh link") in page
    assert (language == "en") == (said == "Another of our links was first used on another device")


def test_her_own_phone_goes_on_to_show_by_every_link(phone, second):
    page = words(phone.get(second))

    assert "geheim" in page
    assert 'id="answered"' in page
    assert "Samira" in words(phone.get(second + "about-you/"))
    assert bound() == 1
    phone.post(second + "answer/", {"answer": "declined", "remark": ""})
    assert bound() == 2
    assert "geheim" not in words(phone.get(second))


def test_after_a_lost_phone_a_new_link_shows_nothing_on_it(phone, first, invitation, person, coordinator):
    note_lost_phone(by=coordinator, actor=person)
    new = path_of(invitation, holder_id=person.pk)

    assert "geheim" not in words(phone.get(new))
    assert "Samira" not in words(phone.get(new + "about-you/"))
    phone.post(new + "about-you/", {"show": "yes"})
    assert "Samira" not in words(phone.get(new + "about-you/"))


def test_link_of_the_minutes_shows_nothing_in_another_browser(phone, first, invitation, person, meeting, coordinator):
    start_meeting(by=coordinator, meeting=meeting)
    end_meeting(by=coordinator, meeting=meeting)
    close_meeting(by=coordinator, meeting=meeting, summary="Gut war es.")
    send_minutes(by=coordinator, meeting=meeting)
    link = path_of(Minutes.objects.get(meeting=meeting, language="ar"), "minutes", holder_id=person.pk)
    stranger = Client()

    stranger.post(link + "about-you/", {"show": "yes"})
    assert "Samira" not in words(stranger.get(link + "about-you/"))
    stranger.post(link + "about-you/erase/")
    assert Actor.objects.get(pk=person.pk).erased_at is None
    assert "Samira" in words(phone.get(link + "about-you/"))


def test_dates_answered_elsewhere_do_not_show_what_she_answered(coordinator, meeting):
    poll = a_poll(coordinator, meeting, an_actor(name="Samira Haddad"))
    (guest,) = asked(poll)
    links = [path_of(guest, "poll", holder_id=guest.actor_id) for _number in range(2)]
    own, stranger = Client(), Client()
    one, two, *_rest = [f"m_{moment.pk}" for moment in moments(poll)]
    own.post(links[0] + "dates/", {one: "yes", two: "no"})
    stranger.post(links[1] + "dates/", {one: "maybe"})

    assert " checked" not in words(stranger.get(links[1]))
    assert words(own.get(links[1])).count(" checked") == 2
    assert bound() == 1


def test_agreement_answered_elsewhere_does_not_show_what_she_signed(coordinator):
    agreement = in_force(coordinator)
    party = agreement.parties.get()
    links = [path_of(party, "agreement", holder_id=party.actor_id) for _number in range(2)]
    own, stranger = Client(), Client()
    own.post(links[0] + "ask/", {"remark": "Meine Frage", "id": "0198c0de-0000-7000-8000-000000000001"})
    stranger.post(links[1] + "ask/", {"remark": "Noch etwas", "id": "0198c0de-0000-7000-8000-000000000002"})

    assert "Meine Frage" in words(own.get(links[1]))
    assert "Meine Frage" not in words(stranger.get(links[1]))
    assert bound() == 1


def test_succession_answered_elsewhere_does_not_show_whom_she_named(person, first, coordinator):
    actor = in_force(coordinator, spaces=[a_space(a_community())]).parties.get().actor
    succession = successions.follow_up(by=coordinator, actor=actor)
    links = [path_of(succession, "succession", holder_id=actor.pk) for _number in range(2)]
    own, stranger = Client(), Client()
    own.post(links[0] + "others/", {"words": "رنا"})
    stranger.post(links[1] + "nobody/")

    assert Succession.objects.get().state == "refused"
    assert "رنا" not in words(stranger.get(links[1] + "?change=1"))
    assert bound() == 2


def test_link_that_is_closed_by_now_counts_as_used(phone, second):
    Link.objects.exclude(browser_hash="").update(expires_at=now() - timedelta(days=1))

    Client().post(second + "about-you/", {"show": "yes"})
    assert bound() == 1
    assert "Samira" in words(phone.get(second + "about-you/"))


def test_page_of_a_second_link_costs_few_queries(phone, second):
    with CaptureQueriesContext(connection) as caught:
        phone.get(second)
    assert len([one for one in caught if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set_"))]) <= 10
