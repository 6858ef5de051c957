"""What is stored about a person is told to a colleague as far as they may read it elsewhere, and to the person whole."""

from __future__ import annotations

import pytest
from django.test import Client
from uuid_utils.compat import uuid4

from tests.factories.agreements import a_leader, an_agreement, on_offer
from tests.factories.meetings import a_coordinator, a_meeting, holder_of, invited
from tests.factories.network import a_community, a_counsellor, a_space
from treffpunkt.agreements.services import concluding
from treffpunkt.agreements.services.offering import offer
from treffpunkt.core.clock import now
from treffpunkt.meetings.services.meetings import start_meeting
from treffpunkt.meetings.services.needs import answer_with_needs
from treffpunkt.meetings.services.phones import contribute
from treffpunkt.network.models import Actor
from treffpunkt.network.services.roles import add_role
from treffpunkt.people.models import Staff
from treffpunkt.tasks.services import create_task

pytestmark = pytest.mark.django_db
THERE = {
    "group": "Frauen von drüben", "meeting": "Rencontre là-bas", "remark": "Bitte ruhig", "needs": "Leise Umgebung",
    "phone": "Das wartet noch", "agreement": "Zusage von drüben", "quote": "Gern, sagt sie", "task": "Flyer hinbringen",
}  # fmt: skip


@pytest.fixture
def host() -> Staff:
    """Give who looks after everything in the other community."""
    return a_coordinator()


@pytest.fixture
def counsellor() -> Staff:
    """Give who sees the person through one role here."""
    return a_counsellor()


@pytest.fixture
def actor(host, counsellor) -> Actor:
    """Give somebody with a role here and a life over there."""
    near, there = a_community(), a_community()
    near.counsellors.add(counsellor)
    here = a_space(near, name="Frauen von hier")
    space = a_space(there, name=THERE["group"])
    found = a_leader(here, name="Samira Haddad")
    add_role(by=host, actor=found, space=space, role="moderator")
    create_task(by=host, title=THERE["task"], promised_by=found)
    meeting = a_meeting(host, communities=[there], title={"ar": THERE["meeting"]})
    (guest,) = invited(host, meeting, found)
    answer_with_needs(
        by=holder_of(guest), invitation=guest, state="accepted", remark=THERE["remark"], other=THERE["needs"]
    )
    start_meeting(by=host, meeting=meeting)
    contribute(by=holder_of(guest), meeting=meeting, id=uuid4(), text=THERE["phone"], shown_name="Sam", as_guest=True)
    agreement = an_agreement(host, found, spaces=[space], name=THERE["agreement"])
    offer(by=host, agreement=agreement)
    assert on_offer(agreement)
    concluding.note_agreed(
        by=host, party=agreement.parties.get(), way="chat", name="Samira", at=now(), quote=THERE["quote"]
    )
    return found


def page_of(staff: Staff, actor: Actor) -> str:
    desk = Client()
    desk.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return desk.get(f"/network/people/{actor.pk}/stored/").content.decode()


def test_colleague_reads_what_they_see_elsewhere_and_that_there_is_more(counsellor, actor):
    page = page_of(counsellor, actor)

    assert "Frauen von hier" in page
    assert "Samira Haddad" in page
    assert [word for word in THERE.values() if word in page] == []
    for kind in ("Gruppen und Organisationen", "Einladungen und Antworten", "Was sie bei unseren Treffen"):
        assert kind in page
    assert page.count("für dich nicht sichtbar") == 6


def test_who_looks_after_it_reads_all_of_it(host, actor):
    page = page_of(host, actor)

    assert [word for word in THERE.values() if word not in page] == []
    assert "für dich nicht sichtbar" not in page


def test_what_is_needed_only_hosts_read_there(actor):
    page = page_of(a_coordinator(), actor)

    assert [word for word in THERE.values() if word not in page] == [THERE["needs"]]
    assert page.count("für dich nicht sichtbar") == 1


def test_file_for_the_person_tells_all_of_it(actor):
    desk = Client()
    desk.force_login(a_coordinator(), backend="allauth.account.auth_backends.AuthenticationBackend")

    for kind in ("document", "data"):
        text = desk.post(f"/network/people/{actor.pk}/stored/export/", {"as": kind}).content.decode()
        assert [word for word in THERE.values() if word not in text] == []
