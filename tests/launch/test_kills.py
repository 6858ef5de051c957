"""Everything is killed in the middle of its work: nothing is lost, nothing is doubled, nobody gets a mail twice."""

from __future__ import annotations

import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from uuid_utils.compat import uuid7

from tests.factories.meetings import a_meeting
from tests.factories.network import a_platform
from tests.factories.people import a_coordinator
from tests.factories.post import a_mail
from tests.journeys.words import say
from tests.support.house import House
from treffpunkt.intake import services as intake
from treffpunkt.intake.models import Import
from treffpunkt.journal.models import Entry
from treffpunkt.meetings.models import Meeting, Statement
from treffpunkt.meetings.services import meetings as holding
from treffpunkt.network.models import Space
from treffpunkt.post.delivery import message_id
from treffpunkt.post.models import Message
from treffpunkt.tasks.models import Task

S = Message.State
ROWS = 11_000


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def nothing_waits() -> bool:
    return not Message.objects.filter(state__in=[S.QUEUED, S.SENDING]).exists()


@pytest.fixture
def mails(house: House):
    """Write mails of which each takes the server a moment."""
    house.smtp.mails.clear()
    house.smtp.receivers.clear()

    def write(number: int) -> list[Message]:
        house.smtp.slow = 0.01
        return [a_mail() for _ in range(number)]

    Message.objects.all().delete()
    yield write
    house.smtp.slow, house.smtp.hold = 0, False


def test_worker_killed_between_handing_over_and_writing_it_down(house: House, mails):
    coordinator = a_coordinator()
    house.smtp.hold = True
    mails(20)
    house.wait(lambda: len(house.smtp.mails) == 1)
    kill(house.up.child("launch worker"))
    house.smtp.hold = False
    house.wait(nothing_waits)

    assert len(house.smtp.ids) == len(set(house.smtp.ids)) == 20
    unclear = Message.objects.get(state=S.UNCLEAR)
    assert message_id(unclear) == house.smtp.ids[0]
    assert Message.objects.filter(state=S.SENT).count() == 19
    assert "worker   | was killed by signal 9; starting it again" in house.up.said

    desk = house.visitor(coordinator)
    status, page = desk.get("/outbox/?state=unclear")
    assert (status, page.count(say("Send again"))) == (200, 1)
    assert desk.post(f"/outbox/{unclear.pk}/again/")[0] == 302
    house.wait(lambda: Message.objects.filter(pk=unclear.pk, state=S.SENT).exists())
    assert house.smtp.ids.count(message_id(unclear)) == 2  # sent again by a person, recognisable as the same


def test_launcher_and_database_killed_in_the_middle_of_a_mail_round(house: House, mails):
    written = mails(120)
    house.wait(lambda: len(house.smtp.mails) > 20)
    house.up.kill()
    house.start()
    house.wait(lambda: len(house.smtp.mails) > 60)
    kill(house.up.child("postgres -D"))
    house.wait(nothing_waits)

    ids = house.smtp.ids
    assert len(ids) == len(set(ids))
    states = dict(Message.objects.values_list("pk", "state"))
    assert set(states) == {message.pk for message in written}
    assert all(message_id(message) in ids for message in written if states[message.pk] == S.SENT)
    assert list(states.values()).count(S.UNCLEAR) <= 2
    assert set(states.values()) <= {S.SENT, S.UNCLEAR}
    assert "database | was killed by signal 9; starting it again" in house.up.said


def test_everything_killed_in_the_middle_of_an_import(house: House):
    a_platform("facebook")
    coordinator = a_coordinator()
    lines = ["Name;Link;Mitglieder"]
    lines += [f"Gruppe {number};https://www.facebook.com/groups/g{number}x;{number}" for number in range(ROWS)]
    before = Space.objects.count()
    found = intake.upload(by=coordinator, name="liste.csv", pieces=["\n".join(lines).encode()], target="spaces")
    intake.choose_mapping(by=coordinator, found=found, mapping=found.mapping, fixed=found.fixed)
    mine = Import.objects.filter(pk=found.pk)

    house.wait(mine.filter(state="checking", done__gt=0).exists)
    kill(house.up.child("launch worker"))
    house.wait(mine.filter(state="checked").exists)
    found = mine.get()
    assert (found.counts["new"], found.rows, found.done) == (ROWS, ROWS, ROWS)

    intake.apply_import(by=coordinator, found=found)
    house.wait(mine.filter(state="applying", done__gt=0).exists)
    kill(house.up.child("postgres -D"))
    house.wait(mine.filter(done__gte=10_000).exists)
    house.up.kill()
    house.start()
    house.wait(mine.filter(state="applied").exists)

    assert Space.objects.count() - before == ROWS
    assert mine.get().counts["made"] == {"network.space": ROWS}
    assert Entry.objects.filter(verb="import.applied", subject_id=found.pk).count() == 1


@pytest.fixture
def meeting(house: House) -> Meeting:
    """A meeting that is being held."""
    coordinator = a_coordinator()
    made = a_meeting(coordinator)
    return holding.start_meeting(by=coordinator, meeting=made)


def test_web_server_killed_while_two_write_live_notes(house: House, meeting):
    desk = house.visitor(meeting.hosts.get())
    item = meeting.agenda.order_by("position").first()
    notes = {str(uuid7()): f"Notiz {number}" for number in range(60)}

    def write(one: tuple[str, str]) -> int:
        """Send a note until it is stored, as the script on the page does; gives how often it took."""
        for turn in range(1, 400):
            status, answer = desk.post(f"/meetings/{meeting.pk}/live/note/", id=one[0], item=item.pk, text=one[1])
            if status == 200 and json.loads(answer)["state"] == "stored":
                return turn
            if turn % 20 == 0:
                house.wait(lambda: desk.get("/sign-in/")[0])
        return 0

    with ThreadPoolExecutor(2) as writers:
        turns = writers.map(write, notes.items())
        for stored in (10, 30):
            house.wait(lambda stored=stored: Statement.objects.filter(meeting=meeting).count() > stored)
            kill(house.up.child("launch web"))
            house.up.wait_for_page()
        assert all(turns)

    rows = Statement.objects.filter(meeting=meeting)
    assert {str(row.pk): row.text for row in rows} == notes
    assert len(set(rows.values_list("seq", flat=True))) == len(notes)
    assert house.up.said.count("web      | was killed by signal 9; starting it again") >= 2


def test_web_server_killed_in_the_middle_of_requests_leaves_no_half(house: House):
    desk = house.visitor(a_coordinator())
    answers: dict[str, int] = {}

    def send_until_nobody_answers(_sender: int) -> None:
        while 0 not in answers.values():
            pk = str(uuid7())
            answers[pk] = desk.post("/tasks/add/", id=pk, title="Aufgabe")[0]

    mine = Task.objects.filter(title="Aufgabe")
    with ThreadPoolExecutor(4) as senders:
        turns = senders.map(send_until_nobody_answers, range(4))
        house.wait(lambda: mine.count() > 5)
        kill(house.up.child("launch web"))
        list(turns)
    house.up.wait_for_page()

    assert set(answers.values()) == {0, 302}
    answered = {pk for pk, answer in answers.items() if answer == 302}
    stored = {str(pk) for pk in mine.values_list("pk", flat=True)}
    assert answered <= stored <= set(answers)
    assert Entry.objects.filter(subject_id__in=stored).count() == len(stored)
    for pk in answers:  # what got no answer is sent once more by its page
        assert desk.post("/tasks/add/", id=pk, title="Aufgabe")[0] == 302
    assert mine.count() == len(answers)
