"""The facilitator's page: who is here, phones, small groups, the shared screen, clocks."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.meetings import a_colleague, a_community, a_meeting, a_statement, an_actor, invited
from tests.web.meetings.conftest import browser_of
from tests.web.meetings.test_live import JSON, a_note, url
from tests.web.meetings.test_planning import number_of_queries
from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import as_of, now
from treffpunkt.meetings.models import Contribution, Invitation, Meeting, SmallGroup, Statement
from treffpunkt.meetings.services.arrivals import note_here
from treffpunkt.meetings.services.groups import split
from treffpunkt.meetings.services.meetings import open_item, start_meeting
from treffpunkt.meetings.services.notes import change_statement, turn_into_task
from treffpunkt.meetings.services.phones import contribute, open_phones
from treffpunkt.search.services import index

PART = {"HX-Request": "true"}


@pytest.fixture
def meeting(coordinator) -> Meeting:
    """Give a running meeting of six guests."""
    planned = a_meeting(coordinator, communities=[a_community("ar", a_colleague())])
    invited(coordinator, planned, *(an_actor(name=f"Gast Nummer {n}") for n in range(6)))
    return start_meeting(by=coordinator, meeting=planned)


def sent(meeting, text="نحتاج إلى دورات مسائية.", **more) -> Contribution:
    phone = LinkHolder("phones", meeting.kind, meeting.pk, None)
    return contribute(by=phone, meeting=meeting, id=uuid4(), text=text, **more)


def shown(client, name: str, meeting, **headers) -> str:
    return client.get(url(name, meeting.pk), headers=headers).content.decode()


def test_guest_is_ticked_in_one_tap_and_untouched_again(client, meeting):
    guest = meeting.invitations.order_by("id")[0]

    part = client.post(url("here", meeting.pk), {"here": str(guest.pk)}, headers=PART | {"HX-Target": "here"})

    assert part.content.decode().lstrip().startswith('<div id="here"')
    assert Invitation.objects.get(pk=guest.pk).attendance == "attended"
    assert "1 da" in shown(client, "live", meeting)
    client.post(url("here", meeting.pk), {"gone": str(guest.pk)})
    assert Invitation.objects.get(pk=guest.pk).attendance == ""


def test_whoever_came_besides_is_found_by_name_or_counted(client, meeting):
    newcomer = an_actor(name="Rana Haddad")
    index(newcomer, names=["Rana Haddad"])

    page = client.get(url("here", meeting.pk), {"q": "Rana"}).content.decode()
    assert "Rana Haddad" in page
    client.post(url("here", meeting.pk), {"arrived": str(newcomer.pk)})
    client.post(url("here", meeting.pk), {"others": "3"})

    assert meeting.invitations.get(actor=newcomer).attendance == "attended"
    assert Meeting.objects.get(pk=meeting.pk).others_here == 3


def test_others_see_who_is_here_without_reloading(client, meeting, coordinator):
    news = client.get(url("since", meeting.pk), {"seq": 0}).json()
    quiet = client.get(url("since", meeting.pk), {"seq": 0, "here": news["here"]}).json()
    assert "here" not in quiet["parts"]

    note_here(by=coordinator, invitation=meeting.invitations.order_by("id")[0], here=True)
    again = client.get(url("since", meeting.pk), {"seq": 0, "here": news["here"]}).json()

    assert 'aria-pressed="true"' in again["parts"]["here"]
    assert again["present"] == {"words": ", 1 da", "number": "1"}


def test_what_came_by_phone_is_released_on_the_notes_page(client, meeting):
    waiting = sent(meeting, shown_name="Mona aus Köln")
    assert "نحتاج إلى دورات" in shown(client, "live", meeting)
    news = client.get(url("since", meeting.pk), {"seq": 0}).json()
    assert "Mona aus Köln" in news["parts"]["waiting"]
    assert news["statements"] == []

    part = client.post(url("release", waiting.pk), headers=PART | {"HX-Target": "waiting"})

    assert "نحتاج" not in part.content.decode()
    fresh = client.get(url("since", meeting.pk), {"seq": news["seq"]}).json()
    assert "Mona aus Köln" in fresh["statements"][0]["html"]
    assert "نحتاج" not in fresh["parts"]["waiting"]


def test_personal_data_from_a_phone_is_asked_about_before_release(client, meeting):
    waiting = sent(meeting, "Bitte Frau Sabine Keller anrufen.", keep_findings=True)

    part = client.post(url("release", waiting.pk), headers=PART | {"HX-Target": "waiting"}).content.decode()
    assert "<mark>Sabine Keller</mark>" in part
    plain = client.post(url("release", waiting.pk))
    assert (plain.status_code, "<mark>Sabine Keller</mark>" in plain.content.decode()) == (422, True)
    assert not Statement.objects.exists()

    client.post(url("release", waiting.pk), {"keep": "1"})
    assert Statement.objects.get().pk == waiting.pk


def test_put_aside_is_found_again(client, meeting):
    waiting = sent(meeting)

    client.post(url("aside", waiting.pk))
    page = shown(client, "phones", meeting)
    assert "نحتاج" in page
    client.post(url("back", waiting.pk))

    assert Contribution.objects.get().state == "waiting"


def test_way_in_for_phones_opens_and_closes(client, meeting):
    client.post(url("phones", meeting.pk))
    page = shown(client, "phones", meeting)
    assert re.search(r"/l/\w{4}-\w{4}/", page)
    assert 'class="qr"' in page

    client.post(url("phones", meeting.pk), {"close": "1"})
    assert 'class="qr"' not in shown(client, "phones", meeting)


def test_colleague_of_another_community_gets_nothing(meeting):
    stranger, waiting = browser_of(a_colleague()), sent(meeting)

    for name in ("here", "phones", "groups", "screen"):
        assert stranger.get(url(name, meeting.pk)).status_code == 404
    for name in ("release", "aside", "back"):
        assert stranger.post(url(name, waiting.pk)).status_code == 404


def test_screen_shows_the_topic_in_the_meetings_languages_and_nothing_confidential(client, meeting, coordinator):
    a_statement(coordinator, meeting, "Das darf jede hören.")
    a_statement(coordinator, meeting, "Das bleibt unter uns.", confidential=True)
    off = a_statement(coordinator, meeting, "Das nahm jemand herunter.")
    change_statement(by=coordinator, statement=off, version=off.version, on_screen=False)
    sent(meeting, "Das wartet noch.")

    page = shown(client, "screen", meeting)

    assert "Das darf jede hören." in page
    assert "المنصّات" in page
    assert "Plattformen" in page
    for hidden in ("unter uns", "herunter", "wartet noch", "Gast Nummer", coordinator.name):
        assert hidden not in page


def test_screen_is_asked_for_cheaply_and_answers_only_news(client, meeting, coordinator):
    page = shown(client, "screen", meeting)
    again = re.search(r'hx-get="([^"]+)"', page)[1].replace("&amp;", "&")
    headers = PART | {"HX-Target": "screen"}
    assert client.get(again, headers=headers).status_code == 204
    assert number_of_queries_of_part(client, again, headers) <= 3

    a_statement(coordinator, meeting, "Etwas Neues.")
    fresh = client.get(again, headers=headers)
    assert (fresh.status_code, "Etwas Neues." in fresh.content.decode()) == (200, True)


def number_of_queries_of_part(client, address: str, headers) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        client.get(address, headers=headers)
    return len([one for one in caught if one["sql"].startswith("SELECT") and '"people_' not in one["sql"][:40]])


def test_notes_come_onto_the_screen_one_by_one_where_the_host_wants_it(client, meeting):
    client.post(url("screen", meeting.pk), {"waits": "1"})
    client.post(url("note", meeting.pk), a_note(meeting, "Erst nach Freigabe."), headers=JSON)
    assert "Erst nach" not in shown(client, "screen", meeting)

    client.post(url("mark", Statement.objects.get().pk), {"screen": "on"})

    assert "Erst nach" in shown(client, "screen", meeting)


def test_women_are_suggested_and_never_preset(client, meeting):
    client.post(url("note", meeting.pk), a_note(meeting, "Viele Frauen fragen danach."), headers=JSON)
    statement = Statement.objects.get()
    assert statement.women_specific is False
    assert "suggestion" in shown(client, "live", meeting)

    card = client.post(url("mark", statement.pk), {"women": "no"}, headers=JSON).json()["html"]
    assert "suggestion" not in card
    statement.refresh_from_db()
    assert (statement.women_specific, statement.women_decided) == (False, True)

    client.post(url("mark", statement.pk), {"women": "yes"}, headers=JSON)
    statement.refresh_from_db()
    assert statement.women_specific is True


def test_statement_is_taken_back_on_the_card_and_brought_back(client, meeting, coordinator):
    statement = a_statement(coordinator, meeting, "Das war falsch.")

    gone = client.post(url("remove_statement", statement.pk), headers=JSON).json()
    assert "data-taken-back" in gone["html"]
    back = client.post(url("restore_statement", statement.pk), headers=JSON).json()

    assert "Das war falsch." in back["html"]


def test_small_groups_are_split_noted_in_and_brought_back(client, meeting, coordinator):
    for row in meeting.invitations.all():
        note_here(by=coordinator, invitation=row, here=True)

    client.post(url("groups", meeting.pk), {"count": "2", "way": "mixed", "item": ""})
    first, second = SmallGroup.objects.order_by("number")
    page = shown(client, "groups", meeting)
    assert page.count("Gast Nummer") == 6
    guest = first.members.first()
    client.post(url("groups", meeting.pk), {"guest": str(guest.pk), "group": str(second.pk)})
    assert second.members.count() == 4
    client.post(url("groups", meeting.pk), {"takers_of": str(first.pk), "takers": [str(coordinator.pk)]})
    assert first.takers.get() == coordinator

    given = a_note(meeting, "Das sagt die erste Gruppe.", group=str(first.pk))
    assert "Gruppe 1" in client.post(url("note", meeting.pk), given, headers=JSON).json()["html"]
    client.post(url("phones", meeting.pk) + f"?group={first.pk}")
    assert 'class="qr"' in client.get(url("phones", meeting.pk) + f"?group={first.pk}").content.decode()

    client.post(url("groups", meeting.pk), {"together": "1"})
    assert "Gruppe 1" in shown(client, "live", meeting)
    assert not SmallGroup.objects.filter(closed_at=None).exists()


def test_groups_refuse_nonsense_in_words(client, meeting):
    page = client.post(url("groups", meeting.pk), {"count": "1", "way": "mixed"})

    assert page.status_code == 422
    assert not SmallGroup.objects.exists()


def test_clock_says_when_a_topic_takes_too_long(client, meeting, coordinator):
    first, second = meeting.agenda.order_by("position")[:2]
    begun = now()
    with as_of(begun + timedelta(minutes=first.minutes + 6)):
        page = shown(client, "live", meeting)
        assert "clock-over" in page
        assert "6:0" in page
        open_item(by=coordinator, meeting=meeting, item=second)
    with as_of(begun + timedelta(minutes=first.minutes + 7)):
        page = shown(client, "live", meeting)

    assert "clock-over" not in page
    assert "+6" in page


def test_next_topic_is_one_button_and_skips_what_was_talked_about(client, meeting, coordinator):
    items = list(meeting.agenda.order_by("position"))
    open_item(by=coordinator, meeting=meeting, item=items[2])

    page = shown(client, "live", meeting)

    assert re.search(rf'value="{items[3].pk}" data-key="t"', page)


def test_questions_stand_in_two_languages_and_the_second_is_chosen(client, coordinator):
    three = start_meeting(by=coordinator, meeting=a_meeting(coordinator, languages=["ar", "sr", "de"]))

    page = client.get(url("live", three.pk)).content.decode()
    assert "ما المنصّات" in page
    assert "Које платформе" not in page
    page = client.get(url("live", three.pk), {"questions": "sr"}).content.decode()

    assert "Које платформе" in page
    assert "ما المنصّات" not in page


@pytest.mark.parametrize("rows", [1, 30])
def test_busy_pages_ask_little(client, meeting, coordinator, rows):
    for number in range(rows):
        statement = a_statement(coordinator, meeting, f"Das ist Aussage {number}.")
        turn_into_task(by=coordinator, statement=statement, title="Tun")
        sent(meeting, f"Vom Handy {number}.")
        if number < 6:
            note_here(by=coordinator, invitation=meeting.invitations.order_by("id")[number], here=True)
    open_phones(by=coordinator, meeting=meeting)
    split(by=coordinator, meeting=meeting, count=3)

    for name in ("live", "here", "phones", "groups", "screen"):
        assert number_of_queries(client, url(name, meeting.pk)) < 10, name
