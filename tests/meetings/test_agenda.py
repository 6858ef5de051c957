"""The seven topics and what a meeting makes of them."""

from __future__ import annotations

import re

import pytest

from tests.factories.meetings import a_colleague, a_coordinator, a_meeting, a_statement
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.core.text import LANGUAGES
from treffpunkt.meetings import queries, wording
from treffpunkt.meetings.models import AgendaTopic
from treffpunkt.meetings.services import agenda

pytestmark = pytest.mark.django_db


def test_seven_topics_come_in_six_languages():
    agenda.load_topics()

    topics = list(AgendaTopic.objects.order_by("position"))
    assert len(topics) == 7
    for topic in topics:
        assert set(topic.titles) == set(topic.questions) == set(LANGUAGES)
        assert {len(lines) for lines in topic.questions.values()} == {3}
        assert topic.kinds


def test_serbian_is_cyrillic_and_arabic_arabic():
    agenda.load_topics()

    for topic in AgendaTopic.objects.all():
        serbian = [topic.titles["sr"], *topic.questions["sr"]]
        arabic = [topic.titles["ar"], *topic.questions["ar"]]
        assert not re.search("[a-z]", " ".join(serbian), re.IGNORECASE)
        assert not re.search("[a-z?,]", " ".join(arabic), re.IGNORECASE)


def test_loading_again_adds_nothing_and_keeps_what_people_wrote():
    agenda.load_topics()
    topic = AgendaTopic.objects.get(key="needs")
    topic.titles["de"] = "Was gebraucht wird"
    topic.advance()
    topic.save()

    assert agenda.load_topics() == 0
    assert AgendaTopic.objects.get(key="needs").titles["de"] == "Was gebraucht wird"


def test_host_adds_moves_and_drops_a_topic():
    host = a_coordinator()
    meeting = a_meeting(host)

    own = agenda.add_item(by=host, meeting=meeting, titles={"de": "Kinderbetreuung"}, minutes=5)
    agenda.move_item(by=host, item=own, position=1)
    items = queries.agenda(meeting)
    assert [items[0].titles["de"], len(items)] == ["Kinderbetreuung", 8]
    agenda.drop_item(by=host, item=own)
    assert [item.position for item in queries.agenda(meeting)] == [1, 2, 3, 4, 5, 6, 7]


def test_topic_with_statements_stays():
    host = a_coordinator()
    meeting = a_meeting(host)
    a_statement(host, meeting)

    with pytest.raises(DomainError):
        agenda.drop_item(by=host, item=meeting.agenda.get(position=1))


def test_stranger_changes_no_agenda():
    meeting = a_meeting()

    with pytest.raises(Forbidden):
        agenda.add_item(by=a_colleague(), meeting=meeting, titles={"de": "Kaffee"})


def test_questions_are_read_in_the_readers_language():
    meeting = a_meeting()
    item = meeting.agenda.get(position=3)

    lines, language = wording.item_questions(item, "sr-latn")
    assert (len(lines), language) == (3, "sr-latn")
    assert lines[0].startswith("Šta")
