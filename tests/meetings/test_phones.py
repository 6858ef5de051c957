"""What participants write from their phones: once, waiting for release, under the name they chose or none."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.meetings import (
    a_colleague,
    a_community,
    a_coordinator,
    a_meeting,
    an_actor,
    holder_of,
    invited,
)
from treffpunkt.core.agent import SYSTEM, LinkHolder
from treffpunkt.core.clock import as_of, now
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.journal.models import Entry
from treffpunkt.links.services import LinkClosed, find, holder
from treffpunkt.meetings import rules, running
from treffpunkt.meetings.models import Contribution, Meeting, Statement
from treffpunkt.meetings.services import forgetting, groups, meetings, minutes, phones
from treffpunkt.meetings.services.invitations import note_attendance

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    """Give the host."""
    return a_coordinator(name="Katrin Oster")


@pytest.fixture
def meeting(host) -> Meeting:
    """Give a running meeting of an Arabic and a Serbian speaker."""
    planned = a_meeting(host, communities=[a_community("ar", a_colleague())], languages=["ar", "sr", "de"])
    invited(host, planned, an_actor(name="Layla Mansour"), an_actor(name="Jelena Ilić", language="sr"))
    return meetings.start_meeting(by=host, meeting=planned)


@pytest.fixture
def phone(host, meeting) -> LinkHolder:
    """Give whoever scanned the code on the screen."""
    return holder(find(token_of(phones.open_phones(by=host, meeting=meeting))))


def token_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def send(phone, meeting, text="تسأل نساء كثيرات عن حق الإقامة.", **more) -> Contribution:
    return phones.contribute(by=phone, meeting=meeting, id=more.pop("id", uuid4()), text=text, **more)


def test_link_is_short_and_typed_as_people_type(host, meeting):
    token = token_of(phones.open_phones(by=host, meeting=meeting))

    assert len(token) == 8
    assert find(f" {token[:4].upper()}-{token[4:]} ").subject_id == meeting.pk
    assert phones.open_phones(by=host, meeting=meeting).endswith(f"/{token}/")


def test_what_comes_by_phone_waits_and_is_no_statement(meeting, phone, host):
    sent = send(phone, meeting, "Људи прелазе на Телеграм.", language="sr")

    assert (sent.state, sent.language, sent.item) == ("waiting", "sr", meeting.current_item)
    assert running.waiting(host, meeting) == [sent]
    assert list(running.on_screen(meeting, sent.item)) == []
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("text", "language"),
    [("Žene nam pišu svaki dan.", "sr-latn"), ("Жене нам пишу сваки дан.", "sr"), ("تسأل نساء", "ar")],
)
def test_script_tells_the_language(meeting, phone, text, language):
    assert send(phone, meeting, text, language="sr").language == language


def test_sent_twice_is_stored_once_before_and_after_release(meeting, phone, host):
    first = send(phone, meeting)
    assert send(phone, meeting, id=first.pk).pk == first.pk

    one = phones.release_contribution(by=host, contribution=first)
    two = phones.release_contribution(by=host, contribution=first)
    send(phone, meeting, id=first.pk)

    assert one.pk == two.pk == first.pk
    assert (Contribution.objects.count(), Statement.objects.count()) == (1, 1)


def test_released_statement_stands_on_the_screen_and_the_phone_keeps_no_copy(meeting, phone, host):
    sent = send(phone, meeting, sent_at=now() - timedelta(minutes=2))

    statement = phones.release_contribution(by=host, contribution=sent)

    assert list(running.on_screen(meeting, sent.item)) == [statement]
    assert (statement.by_phone, statement.noted_by, statement.noted_at) == (True, host, sent.sent_at)
    sent.refresh_from_db()
    assert (sent.text, sent.state) == ("", "released")
    assert sent.seq > statement.seq


def test_put_aside_is_brought_back(meeting, phone, host):
    sent = send(phone, meeting)

    phones.put_aside(by=host, contribution=sent)
    assert running.waiting(host, meeting) == []
    assert [one.pk for one in running.put_aside(host, meeting)] == [sent.pk]

    phones.bring_back(by=host, contribution=sent)
    assert [one.pk for one in running.waiting(host, meeting)] == [sent.pk]


def test_personal_data_is_asked_about_by_both(meeting, phone, host):
    with pytest.raises(PersonalDataFound):
        send(phone, meeting, "Bitte Frau Sabine Keller anrufen.")
    sent = send(phone, meeting, "Bitte Frau Sabine Keller anrufen.", keep_findings=True)

    with pytest.raises(PersonalDataFound):
        phones.release_contribution(by=host, contribution=sent)
    assert phones.release_contribution(by=host, contribution=sent, keep_findings=True).text.startswith("Bitte")


def test_phone_does_not_learn_who_is_invited(host, meeting, phone):
    """Names of guests are known to us; a phone that asks whether Mansour is found hears nothing."""
    sent = send(phone, meeting, "Fragt mansour danach.")

    with pytest.raises(PersonalDataFound):
        phones.release_contribution(by=host, contribution=sent)


def test_without_a_name_nobody_is_noted_by_name_not_even_by_us(host, meeting):
    guest = holder_of(meeting.invitations.order_by("id")[0])

    sent = send(guest, meeting)

    assert (sent.invitation, sent.shown_name) == (None, "")
    assert Entry.objects.get(verb="contribution.sent").agent_id is None
    assert phones.release_contribution(by=host, contribution=sent).said_by is None


def test_name_she_chose_is_shown_until_the_minutes_are_out(host, meeting):
    invitation = meeting.invitations.order_by("id")[0]
    sent = send(holder_of(invitation), meeting, shown_name="Layla aus Köln")
    waiting = send(holder_of(invitation), meeting, "نحتاج إلى وقت.", shown_name="ل. م.")

    statement = phones.release_contribution(by=host, contribution=sent)
    assert (statement.shown_name, statement.said_by) == ("Layla aus Köln", invitation.actor)

    meetings.end_meeting(by=host, meeting=meeting)
    minutes.close_meeting(by=host, meeting=meeting, summary="Gut.")
    statement.refresh_from_db()
    waiting.refresh_from_db()
    assert (statement.shown_name, waiting.text, waiting.shown_name, waiting.invitation) == ("", "", "", None)


def test_erased_guest_leaves_no_name_behind(host, meeting):
    invitation = meeting.invitations.order_by("id")[0]
    statement = phones.release_contribution(
        by=host, contribution=send(holder_of(invitation), meeting, shown_name="Layla")
    )
    waiting = send(holder_of(invitation), meeting, shown_name="Layla")

    forgetting.forget_guests(by=SYSTEM, actor_ids=[invitation.actor_id])

    statement.refresh_from_db()
    waiting.refresh_from_db()
    assert (statement.shown_name, waiting.text, waiting.shown_name) == ("", "", "")


def test_names_go_with_the_attendance(host, meeting, phone):
    statement = phones.release_contribution(by=host, contribution=send(phone, meeting, shown_name="Rana"))
    send(phone, meeting, shown_name="Rana")

    forgetting.forget_attendance(now() + timedelta(days=400))

    statement.refresh_from_db()
    assert statement.shown_name == ""
    assert not Contribution.objects.exclude(text="").exists()


def test_link_is_for_one_meeting_and_for_writing_only(host, meeting, phone):
    other = meetings.start_meeting(by=host, meeting=a_meeting(host))

    with pytest.raises(Forbidden):
        send(phone, other)
    assert list(rules.viewable(phone)) == []
    assert not rules.may_write(phone, meeting)
    with pytest.raises(Forbidden):
        phones.release_contribution(by=phone, contribution=send(phone, meeting))


def test_nobody_writes_before_the_beginning_or_long_after_the_end(host, meeting, phone):
    waiting = a_meeting(host)
    early = holder(find(token_of(phones.open_phones(by=host, meeting=waiting))))
    with pytest.raises(DomainError):
        send(early, waiting)

    token = token_of(phones.open_phones(by=host, meeting=meeting))
    meetings.end_meeting(by=host, meeting=meeting)
    assert send(phone, meeting, "Vor dem Ende geschrieben, ohne Netz.").state == "waiting"
    with as_of(now() + phones.LATE + timedelta(minutes=1)):
        with pytest.raises(DomainError):
            send(phone, meeting)
        with pytest.raises(LinkClosed):
            find(token)


def test_closed_link_opens_nothing_and_a_new_one_is_another(host, meeting):
    first = token_of(phones.open_phones(by=host, meeting=meeting))

    phones.close_phones(by=host, meeting=meeting)

    with pytest.raises(LinkClosed):
        find(first)
    assert token_of(phones.open_phones(by=host, meeting=meeting)) != first


def test_flood_fills_one_meeting_and_no_more(host, meeting, phone, monkeypatch):
    monkeypatch.setattr(phones, "MOST_WAITING", 3)
    for number in range(3):
        send(phone, meeting, f"Nummer {number}")

    with pytest.raises(DomainError):
        send(phone, meeting, "Nummer 4")
    phones.put_aside(by=host, contribution=Contribution.objects.earliest("seq"))
    send(phone, meeting, "Nummer 4")


def test_what_a_group_sends_is_the_groups(host, meeting):
    note_attendance(by=host, meeting=meeting, attendance={row.pk: "attended" for row in meeting.invitations.all()})
    first, _second = groups.split(by=host, meeting=meeting, count=2)
    token = token_of(phones.open_phones(by=host, meeting=meeting, group=first))
    by_code = holder(find(token))
    member = first.members.get()

    sent = send(by_code, meeting, group=first)
    own = send(holder_of(member), meeting)

    assert (sent.group, own.group) == (first, first)
    assert phones.release_contribution(by=host, contribution=sent).group == first
    with pytest.raises(Forbidden):
        send(by_code, meeting)

    groups.close_groups(by=host, meeting=meeting)
    with pytest.raises(LinkClosed):
        find(token)
    assert running.place_of(by_code) is None
