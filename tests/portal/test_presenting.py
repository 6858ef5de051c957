"""An organisation looks at its entry behind a link: right as it is, or in its own words."""

from __future__ import annotations

import pytest

from tests.factories.meetings import a_coordinator, a_meeting
from tests.factories.network import an_organisation
from treffpunkt.links.services import issue
from treffpunkt.meetings.models import Presentation
from treffpunkt.meetings.services.presenting import give_slot


@pytest.fixture
def slot(db) -> Presentation:
    host = a_coordinator()
    meeting = a_meeting(host, name="Intern: Treffen")
    organisation = an_organisation(*meeting.communities.all(), name="Frauenzentrum", purpose={"de": "Beratung."})
    return give_slot(by=host, meeting=meeting, organisation=organisation).presentation


@pytest.fixture
def link(slot) -> str:
    address = issue("presentation", subject_kind=slot.kind, subject_id=slot.pk)
    return "/l/" + address.rstrip("/").rpartition("/")[2] + "/"


def sent(**changes):
    return {
        "name": "Frauenzentrum", "languages": ["de", "ar"], "website": "", "phone": "040 123456",
        "purpose_ar": "استشارات للنساء", "audience_ar": "للنساء",
    } | changes  # fmt: skip


def test_entry_is_read_in_the_language_chosen_and_names_no_meeting(client, link):
    text = client.get(link, {"lang": "ar"}).content.decode()

    assert 'dir="rtl"' in text
    assert "Frauenzentrum" in text
    assert "Intern" not in text


def test_reading_changes_nothing(client, link, slot):
    client.get(link)

    slot.refresh_from_db()
    assert (slot.state, slot.version) == ("planned", 1)


def test_one_tap_confirms(client, link, slot):
    assert client.post(f"{link}entry/?lang=de", {"right": "1"}).status_code == 302

    slot.refresh_from_db()
    assert slot.state == "confirmed"


def test_own_words_wait(client, link, slot):
    answer = client.post(f"{link}entry/?lang=ar", sent(), follow=True)

    slot.refresh_from_db()
    assert slot.state == "changed"
    assert slot.proposed["purpose"] == {"de": "Beratung.", "ar": "استشارات للنساء"}
    # Whoever looks again sees what was sent, though nobody else does yet.
    assert "استشارات للنساء" in answer.content.decode()


@pytest.mark.parametrize(
    "changes", [{"name": ""}, {"website": "https://["}, {"languages": ["xx"]}, {"name": "x" * 301}]
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, link, slot, changes):
    answer = client.post(f"{link}entry/?lang=de", sent(**changes))

    assert answer.status_code == 422
    assert "040 123456" in answer.content.decode()
    slot.refresh_from_db()
    assert slot.proposed == {}


def test_link_of_a_slot_that_is_gone_is_closed(client, link, slot):
    slot.item.delete()

    assert client.get(link).status_code == 410
    assert client.post(f"{link}entry/", {"right": "1"}).status_code == 410
