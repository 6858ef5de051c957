"""Three questions and a certificate behind a link."""

from __future__ import annotations

import pytest

from tests.factories.meetings import an_actor, invited
from tests.portal.conftest import path_of
from treffpunkt.meetings import pdf
from treffpunkt.meetings.models import Ballot, Evaluation
from treffpunkt.meetings.services.evaluating import thank_guests
from treffpunkt.meetings.services.invitations import note_attendance
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting


@pytest.fixture
def guest(coordinator, meeting):
    """Give an Arabic-speaking guest who was there."""
    row = invited(coordinator, meeting, an_actor(name="Samira Haddad"))[0]
    start_meeting(by=coordinator, meeting=meeting)
    note_attendance(by=coordinator, meeting=meeting, attendance={row.pk: "attended"})
    end_meeting(by=coordinator, meeting=meeting)
    return row


@pytest.fixture
def questions(coordinator, meeting, guest):
    """Give the path of a link to the questions."""
    thank_guests(by=coordinator, meeting=meeting)
    return path_of(Ballot.objects.get(), "evaluation")


def test_guest_answers_once_in_her_language(phone, questions):
    assert 'dir="rtl"' in phone.get(questions + "?lang=ar").content.decode()
    answer = phone.post(questions + "opinion/?lang=ar", {"useful": "4", "helpful": "الحديث معكم"})
    assert "شكرًا" in answer.content.decode()
    found = Evaluation.objects.get()
    assert (found.useful, found.helpful, found.language) == (4, "الحديث معكم", "ar")
    assert "<form" not in phone.get(questions + "?lang=ar").content.decode().split("<main")[1].split("</main")[0]
    assert phone.post(questions + "opinion/", {"useful": "1"}).status_code == 422
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize("useful", ["", "0", "6", "x", "٣"])
def test_nothing_and_odd_numbers_are_refused(phone, questions, useful):
    assert phone.post(questions + "opinion/", {"useful": useful}).status_code == 422


def test_personal_data_is_taken_out_of_both_texts(phone, questions):
    values = {"helpful": "Frau Haddad", "missing": "+49 30 23125 011"}
    assert "<mark>" in phone.post(questions + "opinion/", values).content.decode()
    phone.post(questions + "opinion/", values | {"personal": "take_out"})
    found = Evaluation.objects.get()
    assert "Haddad" not in found.helpful
    assert "23125" not in found.missing


@pytest.mark.skipif(not any(pdf.FONTS.glob("*.ttf")), reason="fonts are copied by `npm run build`")
def test_guest_gets_her_certificate_under_the_name_she_types(phone, client, guest):
    link = path_of(guest, holder_id=guest.actor_id)
    assert link + "certificate/" in phone.get(link).content.decode()
    page = phone.get(link + "certificate/")
    assert "Haddad" not in page.content.decode()
    answer = phone.post(link + "certificate/", {"name": "رنا"})
    assert (answer["Content-Type"], answer.content[:4], answer["Cache-Control"]) == (
        "application/pdf",
        b"%PDF",
        "no-store",
    )
    for name in ("", " ", "\u200f", "名前", "x" * 81):
        assert phone.post(link + "certificate/", {"name": name}).status_code == 422
    assert client.get(link + "certificate/").status_code == 302  # first used on another phone


def test_who_was_not_there_is_told_so(phone, coordinator, guest):
    note_attendance(by=coordinator, meeting=guest.meeting, attendance={guest.pk: "absent"})
    link = path_of(guest, holder_id=guest.actor_id)
    assert "certificate/" not in phone.get(link).content.decode()
    assert "<form" not in phone.get(link + "certificate/").content.decode().split("<main")[1].split("</main")[0]
