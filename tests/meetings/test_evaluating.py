"""After a meeting: thanks to whoever was there, three questions answered by nobody, a certificate."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from tests.factories.meetings import a_colleague, a_coordinator, a_meeting, an_actor, holder_of, invited
from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.journal.models import Entry
from treffpunkt.links.models import Link
from treffpunkt.meetings import evaluation, pdf
from treffpunkt.meetings.certificate import certificate, may_have
from treffpunkt.meetings.models import Ballot, Evaluation
from treffpunkt.meetings.services.evaluating import answer_questions, thank_guests
from treffpunkt.meetings.services.invitations import note_attendance
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.post.models import Message

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "sr-latn", "sr", "fr", "es", "de")


@pytest.fixture
def host():
    """Give a host."""
    return a_coordinator()


@pytest.fixture
def held(host):
    """Give a meeting to which six people came and one did not."""
    meeting = a_meeting(host)
    rows = invited(host, meeting, *(an_actor(language=language) for language in (*LANGUAGES, "en")))
    start_meeting(by=host, meeting=meeting)
    note_attendance(by=host, meeting=meeting, attendance={row.pk: "attended" for row in rows[:6]})
    return end_meeting(by=host, meeting=meeting)


def holder(ballot: Ballot) -> LinkHolder:
    return LinkHolder("evaluation", ballot.kind, ballot.pk, None)


def answer(ballot: Ballot, **values) -> None:
    answer_questions(by=holder(ballot), ballot=ballot, **values)


def test_whoever_was_there_is_thanked_once_in_their_language(host, held):
    assert (thank_guests(by=host, meeting=held), thank_guests(by=host, meeting=held)) == (6, 0)
    letters = Message.objects.filter(template=evaluation.THANKS)
    assert sorted(letter.language for letter in letters) == sorted(LANGUAGES)
    assert len({letter.address for letter in letters}) == 6
    assert evaluation.thanked(held) == 6


def test_letter_may_go_without_questions(host, held):
    thank_guests(by=host, meeting=held, ask=False)
    assert not Ballot.objects.exists()
    assert not Link.objects.filter(purpose="evaluation").exists()


def test_link_knows_nobody(host, held):
    thank_guests(by=host, meeting=held)
    assert set(Link.objects.filter(purpose="evaluation").values_list("holder_id", "subject_kind")) == {
        (None, "meetings.ballot")
    }
    entries = Entry.objects.count()
    for ballot in Ballot.objects.all():
        answer(ballot, useful=4)
    assert Entry.objects.count() == entries  # no moment of an answer is written down
    assert {field.name for field in Evaluation._meta.fields} == {
        "id", "meeting", "useful", "helpful", "missing", "language"
    }  # fmt: skip


def test_each_answers_once(host, held):
    thank_guests(by=host, meeting=held)
    ballot = Ballot.objects.first()
    answer(ballot, useful=5, helpful="كل شيء")
    with pytest.raises(DomainError):
        answer(ballot, useful=1)
    other = Ballot.objects.exclude(pk=ballot.pk).first()
    for wrong in ({}, {"useful": 6}, {"useful": 0}, {"helpful": "  "}):
        with pytest.raises(DomainError):
            answer(other, **wrong)
    with pytest.raises(Forbidden):
        answer_questions(by=holder(ballot), ballot=other, useful=3)
    with pytest.raises(Forbidden):
        answer_questions(by=replace(holder(other), purpose="invitation"), ballot=other, useful=3)
    assert Evaluation.objects.count() == 1


def test_personal_data_is_asked_about(host, held):
    thank_guests(by=host, meeting=held)
    ballot = Ballot.objects.first()
    with pytest.raises(PersonalDataFound) as found:
        answer(ballot, useful=3, missing="Frau Haddad, +49 30 23125 011")
    assert found.value.field == "missing"
    answer(ballot, useful=3, missing="Frau Haddad", keep_findings=True)


def test_answers_are_read_from_five_on(host, held):
    thank_guests(by=host, meeting=held)
    for number, ballot in enumerate(Ballot.objects.all()):
        told = evaluation.opinions(held)
        assert (told.answered, told.enough, told.asked) == (number, number >= 5, 6)
        if number < 5:
            assert (told.useful, told.helpful, told.missing, told.mean) == ({}, [], [], None)
        answer(ballot, useful=5 - number % 2, helpful="Der Austausch.", language="de")
    told = evaluation.opinions(held)
    assert (told.useful, told.mean, told.helpful[0]) == ({1: 0, 2: 0, 3: 0, 4: 3, 5: 3}, 4.5, ("Der Austausch.", "de"))


def test_numbers_stay_hidden_while_only_words_are_many(host, held):
    thank_guests(by=host, meeting=held)
    for ballot in Ballot.objects.all()[:5]:
        answer(ballot, helpful="Der Austausch.")
    assert evaluation.opinions(held).useful == {}


def test_nobody_is_thanked_before_the_meeting_or_by_somebody_else(host, held):
    with pytest.raises(DomainError):
        thank_guests(by=host, meeting=a_meeting(host))
    with pytest.raises(Forbidden):
        thank_guests(by=a_colleague(), meeting=held)


@pytest.mark.skipif(not any(pdf.FONTS.glob("*.ttf")), reason="fonts are copied by `npm run build`")
@pytest.mark.parametrize("language", ["de", "en", "ar", "fr", "sr", "sr-latn", "es"])
def test_certificate_bears_the_chosen_name_and_no_topic_unless_wanted(held, language):
    row = held.invitations.filter(attendance="attended").first()
    held.title = {"de": "Hilfe für Frauen in Gruppen", language.split("-")[0]: "Thema"}
    row.meeting = held
    assert may_have(row)
    plain, full = (
        PdfReader(io.BytesIO(certificate(row, name="Rana Haddad", language=language, with_topics=wanted)))
        for wanted in (False, True)
    )
    assert (len(plain.pages), len(full.pages)) == (1, 1)
    assert "Rana Haddad" in plain.pages[0].extract_text()
    assert "Thema" not in plain.pages[0].extract_text()
    assert plain.metadata.title
    if language != "ar":
        assert str(held.day.year) in plain.pages[0].extract_text()
    if language != "ar":
        assert "Thema" in full.pages[0].extract_text()


def test_whoever_was_not_there_gets_no_certificate(host, held):
    assert not may_have(held.invitations.exclude(attendance="attended").get())
    assert holder_of(held.invitations.first()).purpose == "invitation"
