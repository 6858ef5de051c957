"""Invitations in waves: by hand, on a day, while seats are free."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories.meetings import a_colleague, a_coordinator, a_meeting, a_wave, an_actor, holder_of, invited
from tests.factories.polls import a_poll
from treffpunkt.core.clock import as_of, today
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.meetings.models import Invitation, Meeting, Wave
from treffpunkt.meetings.services.invitations import answer, send_invitations
from treffpunkt.meetings.services.meetings import cancel_meeting, change_meeting
from treffpunkt.meetings.services.waves import dissolve_wave, make_wave, send_due_waves, send_wave
from treffpunkt.network.models import Channel
from treffpunkt.post.models import Message

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def host():
    return a_coordinator()


@pytest.fixture
def meeting(host):
    return a_meeting(host, seats=1)


def in_the_morning(day, hour=9):
    return datetime.combine(day, time(hour, 30), tzinfo=BERLIN)


def states(wave):
    return {row.state for row in Invitation.objects.filter(wave=wave)}


def test_who_is_in_a_wave_is_not_invited_with_the_others(host, meeting):
    wave = a_wave(host, meeting, an_actor())
    invited(host, meeting, an_actor())

    assert states(wave) == {"planned"}
    assert Message.objects.count() == 1
    assert send_wave(by=host, wave=wave).mails == 1
    assert send_wave(by=host, wave=wave).mails == 0
    assert states(wave) == {"sent"}
    assert Message.objects.count() == 2


def test_guest_whom_no_channel_reached_in_her_wave_is_invited_once_one_is_known(host, meeting):
    guest = an_actor(mail=False)
    wave = a_wave(host, meeting, an_actor(), guest)
    sent = send_wave(by=host, wave=wave)
    assert (sent.mails, len(sent.unreachable), wave.invitations.count()) == (1, 1, 1)

    Channel.objects.create(actor=guest, channel_kind="mail", value="erreichbar@example.org")
    assert send_invitations(by=host, meeting=meeting).mails == 1
    assert Invitation.objects.get(actor=guest).state == "sent"


def test_wave_goes_out_in_the_morning_of_its_day_once(host, meeting):
    day = today() + timedelta(days=4)
    wave = a_wave(host, meeting, an_actor(), goes_on=day)

    with as_of(in_the_morning(day - timedelta(days=1))):
        assert send_due_waves() == 0
    with as_of(in_the_morning(day, hour=7)):
        assert send_due_waves() == 0
    with as_of(in_the_morning(day)):
        assert [send_due_waves() for _ in range(2)] == [1, 0]
    assert states(wave) == {"sent"}
    assert Meeting.objects.get().state == "inviting"


def test_wave_for_free_seats_waits_until_there_are_some(host, meeting):
    (first,) = invited(host, meeting, an_actor())
    answer(by=holder_of(first), invitation=first, state="accepted")
    day = today() + timedelta(days=4)
    wave = a_wave(host, meeting, an_actor(), goes_on=day, only_if_free=True)

    with as_of(in_the_morning(day)):
        assert send_due_waves() == 0
        answer(by=holder_of(first), invitation=first, state="declined")
        assert send_due_waves() == 1
    assert states(wave) == {"sent"}


def test_no_wave_goes_out_while_the_date_is_looked_for_or_after_all_is_off(host, meeting):
    day = today() + timedelta(days=4)
    a_wave(host, meeting, an_actor(), goes_on=day)
    a_poll(host, meeting, an_actor())
    gone = a_meeting(host)
    a_wave(host, gone, an_actor(), goes_on=day)
    cancel_meeting(by=host, meeting=gone)

    with as_of(in_the_morning(day)):
        assert send_due_waves() == 0
    with as_of(in_the_morning(meeting.day + timedelta(days=1))):
        assert send_due_waves() == 0


def test_dissolved_wave_leaves_its_guests_on_the_list(host, meeting):
    wave = a_wave(host, meeting, an_actor())
    dissolve_wave(by=host, wave=wave)

    assert not Wave.objects.exists()
    assert send_invitations(by=host, meeting=meeting).mails == 1


def test_wave_that_is_out_stays(host, meeting):
    wave = a_wave(host, meeting, an_actor())
    send_wave(by=host, wave=wave)
    with pytest.raises(DomainError):
        dissolve_wave(by=host, wave=wave)


def test_wave_needs_guests_and_a_day_before_the_meeting(host, meeting):
    (told,) = invited(host, meeting, an_actor())
    with pytest.raises(DomainError):
        make_wave(by=host, meeting=meeting, invitation_ids=[told.pk])
    for days in (-1, 21):
        with pytest.raises(DomainError):
            a_wave(host, meeting, an_actor(), goes_on=today() + timedelta(days=days))
    with pytest.raises(Forbidden):
        make_wave(by=a_colleague(), meeting=meeting, invitation_ids=[told.pk])


def test_wave_whose_day_the_meeting_has_overtaken_is_sent_by_hand(host, meeting):
    early, late, gone = (
        a_wave(host, meeting, an_actor(), goes_on=today() + timedelta(days=days)) for days in (2, 10, 10)
    )
    send_wave(by=host, wave=gone)
    meeting.refresh_from_db()
    change_meeting(by=host, meeting=meeting, version=meeting.version, day=today() + timedelta(days=10))

    rows = [(wave.goes_on is not None, wave.sent_at is not None) for wave in Wave.objects.order_by("number")]
    assert rows == [(True, False), (False, False), (True, True)]
    assert send_wave(by=host, wave=late).mails == 1
    assert early.goes_on < today() + timedelta(days=10)


def test_waves_are_numbered_and_made_once(host, meeting):
    first, second = (a_wave(host, meeting, an_actor()) for _ in range(2))
    again = make_wave(by=host, meeting=meeting, invitation_ids=[], id=second.pk)

    assert (first.number, second.number, again.pk) == (1, 2, second.pk)
