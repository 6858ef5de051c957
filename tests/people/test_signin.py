"""Staff sign in with a code by mail."""

from __future__ import annotations

import re

import pytest

from tests.factories.people import a_coordinator, a_counsellor
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.people.services import create_staff, deactivate_staff
from treffpunkt.post.delivery import deliver_due
from treffpunkt.post.models import Message

pytestmark = pytest.mark.django_db


def ask_for_code(client, address):
    """Ask for a code as the sign-in page does."""
    return client.post("/sign-in/", {"email": address}, follow=True)


def code_of(mail):
    """Read the code out of a mail."""
    return re.search(r"^([A-Z0-9-]{6,9})\s*$", mail.get_content(), re.MULTILINE).group(1)


def test_staff_signs_in_with_the_code_from_the_mail(client, smtp):
    staff = a_counsellor()
    ask_for_code(client, staff.email.upper())
    deliver_due()

    response = client.post("/sign-in/code/", {"code": code_of(smtp.to(staff.email)[0])})

    assert response.status_code == 302
    assert client.get("/settings/").status_code == 200


def test_wrong_code_does_not_open(client, smtp):
    staff = a_counsellor()
    ask_for_code(client, staff.email)

    client.post("/sign-in/code/", {"code": "WRONG1"})

    assert client.get("/settings/").status_code == 302


def test_unknown_address_gets_the_same_page_and_no_mail(client):
    known = ask_for_code(client, a_counsellor().email)
    client.session.flush()
    unknown = ask_for_code(client, "nobody@example.org")

    assert known.redirect_chain == unknown.redirect_chain
    assert Message.objects.count() == 1


def test_closed_account_gets_no_code(client):
    staff = a_counsellor()
    deactivate_staff(by=a_coordinator(), staff=staff)

    ask_for_code(client, staff.email)

    assert Message.objects.count() == 0


def test_code_is_gone_once_delivered(client, smtp):
    staff = a_counsellor()
    ask_for_code(client, staff.email)
    deliver_due()

    code = code_of(smtp.to(staff.email)[0])
    assert code not in str(list(Message.objects.values()))


def test_one_address_is_one_account():
    create_staff(by=SYSTEM, email="Ana@example.org", name="Ana", roles=["counsellor"])

    with pytest.raises(DomainError):
        create_staff(by=SYSTEM, email="ana@EXAMPLE.org", name="Ana", roles=["counsellor"])


def test_counsellor_makes_no_accounts():
    with pytest.raises(Forbidden):
        create_staff(by=a_counsellor(), email="x@example.org", name="X", roles=["counsellor"])


def test_settings_change_the_language_at_once(client):
    client.force_login(a_counsellor())

    client.post("/settings/", {"name": "Ana", "language": "en", "time_zone": "Europe/Berlin", "theme": ""})

    assert 'lang="en"' in client.get("/settings/").content.decode()


def test_a_mistyped_address_can_be_replaced(client):
    staff = a_counsellor()
    code_page = ask_for_code(client, "nobody@example.org").content.decode()
    other = re.search(r'href="(/sign-in/\?other[^"]*)"', code_page).group(1)

    assert client.get(other).status_code == 200
    ask_for_code(client, staff.email)

    assert Message.objects.filter(to_id=staff.pk).exists()


def test_no_page_claims_that_a_code_was_sent_to_an_unknown_address(client):
    assert not list(ask_for_code(client, "nobody@example.org").context["messages"])
