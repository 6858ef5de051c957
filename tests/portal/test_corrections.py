"""What a participant proposes to the minutes behind her link."""

from __future__ import annotations

import pytest

from tests.factories.meetings import an_actor, in_review
from tests.portal.conftest import path_of
from treffpunkt.core.clock import as_of, now
from treffpunkt.meetings import pdf, reviewing
from treffpunkt.meetings.models import Correction
from treffpunkt.meetings.services.corrections import leave

pytestmark = pytest.mark.skipif(not any(pdf.FONTS.glob("*.ttf")), reason="fonts are copied by `npm run build`")


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Keep stored files apart."""
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def guest(coordinator, meeting):
    """Give an Arabic-speaking guest who came."""
    return in_review(coordinator, meeting, an_actor(name="Samira Haddad"))[0]


@pytest.fixture
def link(guest):
    """Give the path of her link to the minutes."""
    return path_of(reviewing.newest(guest.meeting)["ar"], "minutes", holder_id=guest.actor_id)


def propose(phone, link, text="كل شيء واضح، إلا المواعيد.", number="1", **more):
    page = phone.get(f"{link}correct/?n={number}")
    values = {"id": page.context["form"]["id"].value(), "text": text} | more
    return phone.post(f"{link}correct/?n={number}", values)


def test_guest_proposes_and_reads_what_became_of_it(phone, coordinator, link):
    assert "?lang=ar&amp;n=1" in phone.get(link).content.decode()
    answer = propose(phone, link)
    assert answer.status_code == 302
    assert "كل شيء واضح، إلا المواعيد." in phone.get(answer["Location"]).content.decode()

    leave(by=coordinator, correction=Correction.objects.get(), word="هكذا قيل.")
    assert "هكذا قيل." in phone.get(link).content.decode()


def test_what_she_proposed_is_not_shown_on_another_phone(phone, client, link):
    propose(phone, link)
    elsewhere = client.get(link).content.decode()
    assert "إلا المواعيد" not in elsewhere
    assert "Haddad" not in elsewhere


def test_her_own_sentence_stands_in_the_field_to_be_changed(phone, link):
    assert phone.get(f"{link}correct/?n=1").context["form"]["text"].value() == "كل شيء واضح الآن."
    assert phone.get(f"{link}correct/?n=1&lang=de").context["form"]["text"].value() == ""


def test_what_is_missing_is_proposed_with_its_topic(phone, guest, link):
    page = phone.get(f"{link}correct/?lang=de")
    phone.post(
        f"{link}correct/?lang=de", {"id": page.context["form"]["id"].value(), "text": "Es fehlt etwas.", "topic": 2}
    )
    found = Correction.objects.get()
    assert (found.statement, found.item.position, found.language, found.invitation) == (None, 2, "de", guest)


def test_personal_data_is_asked_about_and_taken_out(phone, link):
    text = "Frau Haddad: +49 30 23125 011"
    assert "<mark>" in propose(phone, link, text).content.decode()
    assert not Correction.objects.exists()
    assert propose(phone, link, text, personal="take_out").status_code == 302
    assert "23125" not in Correction.objects.get().text


@pytest.mark.parametrize("number", ["0", "2", "99", "-1", "x", "²", "9" * 30])
def test_number_that_names_nothing_leads_back_or_to_what_is_missing(phone, link, number):
    assert phone.get(f"{link}correct/?n={number}").status_code in (200, 302)


def test_after_the_day_the_page_says_nothing_of_it(phone, link, guest):
    with as_of(now().replace(year=now().year + 1)):
        fresh = path_of(reviewing.newest(guest.meeting)["ar"], "minutes", holder_id=guest.actor_id)
        assert b"correct/" not in phone.get(fresh).content
        assert phone.get(f"{fresh}correct/?n=1").status_code == 302


def test_page_is_built_with_few_questions(phone, link, django_assert_max_num_queries):
    propose(phone, link)
    with django_assert_max_num_queries(10):
        phone.get(link)
