"""An agreement behind a link: a few sentences, three answers, own language, ended with one tap."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from uuid_utils.compat import uuid4

from tests.factories.agreements import a_leader, in_force, offered, on_offer
from tests.factories.network import a_community, a_coordinator, a_space
from tests.portal.conftest import path_of
from treffpunkt.agreements.models import Agreement, Remark, Signature
from treffpunkt.agreements.services import drafting, offering, remarks
from treffpunkt.journal.models import Entry
from treffpunkt.links.models import Link
from treffpunkt.post.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    """Give who looks after it."""
    return a_coordinator()


@pytest.fixture
def agreement(coordinator) -> Agreement:
    """Give an agreement on offer, in Arabic."""
    space = a_space(a_community(), name="نساء برلين")
    return offered(coordinator, a_leader(space, name="ليلى منصور", handle="leila_m77"), spaces=[space])


@pytest.fixture
def link(agreement) -> str:
    """Give the path of the party's link."""
    return link_of(agreement)


def link_of(agreement: Agreement) -> str:
    party = agreement.parties.get()
    return path_of(party, "agreement", holder_id=party.actor_id)


def words(response) -> str:
    return response.content.decode()


def agree(phone, link, agreement, name="ليلى"):
    return phone.post(link + "agree/", {"name": name, "text": on_offer(agreement).sha256})


def test_reads_the_sentences_in_her_language_with_german_beside(phone, link, agreement):
    page = words(phone.get(link))

    assert '<html lang="ar" dir="rtl"' in page
    for row in on_offer(agreement).sentences:
        assert row["text"] in page
        assert row["de"] in page
    assert "ليلى منصور" not in page
    assert on_offer(agreement).sha256 not in page.replace('value="' + on_offer(agreement).sha256, "")


def test_preview_of_the_link_tells_nothing(phone, link):
    title = words(phone.get(link, {"lang": "de"})).split("<title>")[1].split("</title>")[0]

    assert title == "Etwas zum Lesen · Treffpunkt"


def test_reading_changes_nothing(phone, link, agreement):
    before = (Entry.objects.count(), Agreement.objects.get().version, Signature.objects.count())

    for path in (link, link + "about-us/", link + "about-you/", link + "text.pdf", link + "end/"):
        assert phone.get(path).status_code in (200, 302)
    for path in ("agree/", "ask/", "rather-not/"):
        assert phone.get(link + path).status_code == 405

    assert (Entry.objects.count(), Agreement.objects.get().version, Signature.objects.count()) == before
    assert not Link.objects.exclude(browser_hash="").exists()


def test_agrees_under_a_name_of_her_choice_and_keeps_the_text(phone, link, agreement):
    assert agree(phone, link, agreement, " قمر ").status_code == 302

    page = words(phone.get(link))
    agreement.refresh_from_db()
    assert agreement.state == "in_force"
    assert Signature.objects.get().name == "قمر"
    assert "قمر" in page
    other = Client()
    assert "قمر" not in words(other.get(link))
    text = PdfReader(BytesIO(phone.get(link + "text.pdf").content))
    assert len(text.pages) == 1
    assert agreement.current.sha256 in text.pages[0].extract_text()


def test_a_name_is_wanted_and_only_what_was_read_is_agreed_to(phone, link, agreement, coordinator):
    assert agree(phone, link, agreement, "  ").status_code == 422
    read = on_offer(agreement).sha256
    offering.take_back_offer(by=coordinator, agreement=agreement)
    drafting.change_agreement(
        by=coordinator, agreement=agreement, version=Agreement.objects.get().version, answer_days=5
    )
    offering.offer(by=coordinator, agreement=agreement)

    response = phone.post(link + "agree/?lang=de", {"name": "Leila", "text": read})

    assert response.status_code == 422
    assert "hat sich inzwischen geändert" in words(response)
    assert not Signature.objects.exists()


def test_rather_not_is_taken_without_a_reason(phone, link, agreement):
    assert phone.post(link + "rather-not/", {"text": on_offer(agreement).sha256}).status_code == 302

    agreement.refresh_from_db()
    assert (agreement.state, agreement.ending) == ("ended", "declined")
    assert "keinen Nachteil" in words(phone.get(link, {"lang": "de"}))


def test_asks_and_reads_the_answer_where_she_asked(phone, link, agreement, coordinator):
    asked = {"id": str(uuid4()), "remark": "هل يمكن مرة واحدة في الشهر؟", "proposal": "on"}
    for _ in range(2):
        assert phone.post(link + "ask/", asked).status_code == 302
    remark = Remark.objects.get()
    assert (remark.remark_kind, remark.version) == ("proposal", on_offer(agreement))

    remarks.answer(by=coordinator, remark=remark, text="نعم، بالتأكيد.")

    assert "نعم، بالتأكيد." in words(phone.get(link))
    assert "نعم، بالتأكيد." not in words(Client().get(link))
    assert Message.objects.filter(template="agreements/messages/answered").count() == 1
    remark.refresh_from_db()
    assert remark.settled_at is not None


def test_ends_it_at_once_without_a_reason_and_quietly(phone, coordinator):
    agreement = in_force(coordinator)
    link, before = link_of(agreement), Message.objects.count()
    assert "Sie endet sofort" in words(phone.get(link + "end/", {"lang": "de"}))

    assert phone.post(link + "end/").status_code == 302

    agreement.refresh_from_db()
    assert (agreement.state, agreement.ending) == ("ended", "withdrawn")
    assert Message.objects.count() == before
    page = words(phone.get(link, {"lang": "de"}))
    assert "Danke für alles bis dahin" in page
    assert "rather-not" not in page


def test_who_comes_later_may_say_rather_not_and_cannot_end_it_for_the_others(phone, coordinator):
    agreement = in_force(coordinator)
    late = drafting.add_party(by=coordinator, agreement=agreement, actor=a_leader(*agreement.spaces.all()))
    offering.offer_to(by=coordinator, party=late)
    link = path_of(late, "agreement", holder_id=late.actor_id)
    page = words(phone.get(link))
    assert link + "rather-not/" in page
    assert link + "end/" not in page

    assert phone.post(link + "rather-not/", {"text": agreement.current.sha256}).status_code == 302

    agreement.refresh_from_db()
    assert agreement.state == "in_force"
    page = words(phone.get(link, {"lang": "de"}))
    assert "Alles bleibt, wie es war" in page
    assert link + "rather-not/" not in page


def test_amendment_marks_what_is_new(phone, coordinator):
    agreement = in_force(coordinator)
    link = link_of(agreement)
    drafting.change_agreement(by=coordinator, agreement=agreement, version=agreement.version, answer_days=5)
    drafting.begin_version(by=coordinator, agreement=agreement)
    offering.offer(by=coordinator, agreement=agreement)

    page = words(phone.get(link, {"lang": "de"}))

    assert page.count('<span class="tag" lang="de">neu</span>') == 1
    assert "bleibt alles, wie es ist" in page


def test_latin_serbian_reads_latin_letters(phone, coordinator):
    space = a_space(a_community("sr"), name="Жене у Немачкој")
    agreement = offered(coordinator, a_leader(space, languages=["sr-latn"]), spaces=[space])

    page = words(phone.get(link_of(agreement)))

    assert "Na pitanja iz vaše grupe odgovaramo" in page
    assert "Slažem se" in page


def test_fresh_link_comes_by_her_own_channel(phone, link, agreement):
    assert phone.post(link + "fresh/").status_code == 302

    message = Message.objects.get(template="meetings/messages/fresh_link")
    assert message.to_id == agreement.parties.get().actor_id


def test_page_costs_few_queries(phone, coordinator):
    link = link_of(in_force(coordinator))
    phone.get(link)

    with CaptureQueriesContext(connection) as seen:
        phone.get(link)

    asked = [one for one in seen.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "select set_"))]
    assert len(asked) < 10
