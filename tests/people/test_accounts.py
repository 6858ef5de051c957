"""Inviting, roles, closing: nobody gets in who should not, nobody is left outside."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.factories.people import a_coordinator, a_counsellor, a_system_administrator
from tests.people.test_signin import ask_for_code
from treffpunkt.core.clock import as_of, now
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.people.models import Session
from treffpunkt.people.services.accounts import change_roles, invite_again, invite_staff
from treffpunkt.people.services.closing import deactivate_staff, reactivate_staff
from treffpunkt.post.delivery import deliver_due
from treffpunkt.post.models import Message

pytestmark = pytest.mark.django_db


def invited(by=None, **values):
    """Invite somebody."""
    given = {"email": "neu@example.org", "name": "Neue Kollegin", "roles": ["counsellor"]} | values
    return invite_staff(by=by or a_coordinator(), **given)


def link_in(mail):
    """Read the link out of a mail."""
    return re.search(r"https?://[^/]+(/l/\S+)", mail.get_content()).group(1)


def follow(client, mail):
    """Follow the link to the page that opens the account."""
    return client.get(link_in(mail))["Location"]


def test_invited_colleague_opens_her_account_with_the_link(client, smtp):
    staff = invited()
    deliver_due()
    address = follow(client, smtp.to("neu@example.org")[0])

    shown = client.get(address).content.decode()
    assert "Neue Kollegin" not in shown
    assert client.get("/settings/").status_code == 302

    assert client.post(address).status_code == 302
    assert client.get("/settings/").status_code == 200
    staff.refresh_from_db()
    assert not staff.is_invited


def test_link_opens_once(client, smtp):
    invited()
    deliver_due()
    address = follow(client, smtp.to("neu@example.org")[0])
    client.post(address)

    other = client.__class__()
    assert other.post(address).status_code == 410
    assert other.get("/settings/").status_code == 302


def test_mail_of_the_invitation_says_neither_network_nor_topic(smtp, settings):
    invited()
    deliver_due()

    mail = smtp.to("neu@example.org")[0]
    assert mail["Subject"] == "Dein Link"
    assert settings.NETWORK_NAME not in str(mail.get_content())


def test_invitation_runs_out_for_link_and_code(client, smtp):
    staff = invited()
    deliver_due()
    address = follow(client, smtp.to("neu@example.org")[0])
    sent = Message.objects.count()

    with as_of(now() + timedelta(days=15)):
        assert client.post(address).status_code == 410
        ask_for_code(client, staff.email)
        assert Message.objects.count() == sent
        invite_again(by=a_coordinator(), staff=staff)
        assert Message.objects.count() == sent + 1


def test_second_invitation_closes_the_first_link(client, smtp):
    staff = invited()
    deliver_due()
    first = follow(client, smtp.to("neu@example.org")[0])
    invite_again(by=a_coordinator(), staff=staff)

    assert client.post(first).status_code == 410


def test_closed_account_is_signed_out_at_once(client):
    staff = a_counsellor()
    client.force_login(staff)
    assert client.get("/settings/").status_code == 200

    deactivate_staff(by=a_coordinator(), staff=staff)

    assert client.get("/settings/").status_code == 302
    assert not Session.objects.filter(staff=staff).exists()


def test_reopened_account_signs_in_anew(client):
    staff, boss = a_counsellor(), a_coordinator()
    client.force_login(staff)
    deactivate_staff(by=boss, staff=staff)
    reactivate_staff(by=boss, staff=staff)

    assert client.get("/settings/").status_code == 302
    ask_for_code(client, staff.email)
    assert Message.objects.filter(to_id=staff.pk).exists()


@pytest.mark.parametrize("somebody", [a_coordinator, a_system_administrator])
def test_the_last_one_cannot_be_removed(somebody):
    last = somebody()
    helper = a_coordinator() if somebody is a_system_administrator else a_system_administrator()
    boss = a_system_administrator() if somebody is a_coordinator else helper
    if somebody is a_system_administrator:
        change_roles(by=last, staff=helper, roles=["coordinator", "counsellor"])

    with pytest.raises((DomainError, Forbidden)):
        deactivate_staff(by=boss, staff=last)
    with pytest.raises(DomainError):
        change_roles(by=last, staff=last, roles=["counsellor"])


def test_whoever_was_only_invited_does_not_count_as_somebody_left():
    boss = a_coordinator()
    invited(by=boss, roles=["coordinator"])

    with pytest.raises(DomainError):
        change_roles(by=boss, staff=boss, roles=["counsellor"])


def test_one_of_two_coordinators_may_go():
    one, two = a_coordinator(), a_coordinator()

    assert change_roles(by=one, staff=two, roles=["counsellor"]).roles == ["counsellor"]


def test_coordination_gives_no_system_administration():
    a_system_administrator()
    boss, staff = a_coordinator(), a_counsellor()

    with pytest.raises(Forbidden):
        change_roles(by=boss, staff=boss, roles=["coordinator", "system_administrator"])
    with pytest.raises(Forbidden):
        change_roles(by=boss, staff=staff, roles=["system_administrator"])


def test_counsellor_manages_nobody():
    one, two = a_counsellor(), a_counsellor()
    for act in (deactivate_staff, reactivate_staff, invite_again):
        with pytest.raises(Forbidden):
            act(by=one, staff=two)
