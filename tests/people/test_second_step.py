"""The second step, as forms send it."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator

from tests.factories.people import a_coordinator, a_counsellor
from tests.people.test_signin import ask_for_code, code_of
from tests.support.totp import totp
from treffpunkt.people.services.closing import forget_second_step
from treffpunkt.post.delivery import deliver_due

pytestmark = pytest.mark.django_db


def with_app(client, staff):
    """Set the app up and give its secret."""
    client.force_login(staff)
    proved(client, staff)
    page = client.get("/settings/access/app/").content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page).group(1)
    answer = client.post("/settings/access/app/", {"code": totp(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/settings/access/codes/")
    return secret


def proved(client, staff):
    """Stand where somebody has just typed a code that came by mail."""
    session = client.session
    record_authentication(SimpleNamespace(session=session), staff, "code")
    session.save()


def sign_in(client, staff, smtp):
    """Sign in with the code by mail."""
    smtp.mails.clear()
    smtp.receivers.clear()
    ask_for_code(client, staff.email)
    deliver_due()
    code = next(mail for mail in smtp.to(staff.email) if mail["Subject"] == "Dein Code")
    return client.post("/sign-in/code/", {"code": code_of(code)})


def test_app_is_asked_for_and_its_code_holds_once(client, smtp):
    staff = a_counsellor()
    secret = with_app(client, staff)
    client.logout()

    assert sign_in(client, staff, smtp)["Location"] == "/sign-in/second/"
    assert client.get("/settings/").status_code == 302
    code = totp(secret)
    assert client.post("/sign-in/second/", {"code": code}).status_code == 302
    assert client.get("/settings/").status_code == 200

    client.logout()
    sign_in(client, staff, smtp)
    assert client.post("/sign-in/second/", {"code": code}).status_code == 200
    assert client.get("/settings/").status_code == 302


def test_owner_is_told_by_mail_that_the_ways_in_have_changed(client, smtp, django_capture_on_commit_callbacks):
    staff = a_counsellor()
    with django_capture_on_commit_callbacks(execute=True):
        with_app(client, staff)
    deliver_due()

    assert [mail["Subject"] for mail in smtp.to(staff.email)] == ["Dein Konto"]


def test_lost_device_is_forgotten_by_coordination(client, smtp):
    staff = a_counsellor()
    with_app(client, staff)

    forget_second_step(by=a_coordinator(), staff=staff)

    assert not Authenticator.objects.filter(user=staff).exists()
    assert client.get("/settings/").status_code == 302
    assert sign_in(client, staff, smtp)["Location"] == "/"


def test_ways_in_change_only_after_the_second_step_again(client):
    staff = a_counsellor()
    with_app(client, staff)
    client.logout()
    client.force_login(staff)

    answer = client.post("/settings/access/app/off/")

    assert answer["Location"].startswith("/again/")
    assert Authenticator.objects.filter(user=staff, type="totp").exists()


def test_new_recovery_codes_are_shown_at_once(client):
    with_app(client, a_counsellor())

    assert len(re.findall(r"<li>\d{8}</li>", client.get("/settings/access/codes/").content.decode())) == 10


def test_pages_of_the_second_step_open(client):
    staff = a_counsellor()
    client.force_login(staff)
    proved(client, staff)
    for address in ("passkeys/add/", "app/"):
        assert client.get(f"/settings/access/{address}").status_code == 200


@pytest.mark.parametrize("address", ["/settings/access/app/", "/settings/access/passkeys/add/"])
def test_stolen_session_adds_no_way_in(client, smtp, address):
    staff = a_counsellor()
    client.force_login(staff)

    for answer in (client.get(address), client.post(address, {"code": "123456"})):
        assert answer["Location"].startswith("/again/mail/")
    client.get(answer["Location"])
    assert deliver_due() == 0  # looking sends nothing

    client.post(answer["Location"], {"send": "1"})
    assert deliver_due() == 1
    (mail,) = smtp.to(staff.email)
    for _ in range(2):
        assert client.post(answer["Location"], {"code": "AAAAAA"}).status_code == 422
    code = client.post(answer["Location"], {"code": code_of(mail)})
    assert code["Location"] == address
    assert client.get(address).status_code == 200
    assert client.post(answer["Location"], {"code": code_of(mail)}).status_code == 422  # once


def test_code_is_not_guessed(client, smtp):
    staff = a_counsellor()
    client.force_login(staff)
    client.post("/again/mail/", {"send": "1"})
    deliver_due()
    (mail,) = smtp.to(staff.email)
    for _ in range(5):
        client.post("/again/mail/", {"code": "AAAAAA"})

    assert client.post("/again/mail/", {"code": code_of(mail)}).status_code == 422
    assert client.get("/settings/access/app/")["Location"].startswith("/again/mail/")


def test_code_leads_to_no_other_place(client, smtp):
    staff = a_counsellor()
    client.force_login(staff)
    client.post("/again/mail/?next=https://evil.example", {"send": "1"})
    deliver_due()
    (mail,) = smtp.to(staff.email)

    assert client.post("/again/mail/?next=https://evil.example", {"code": code_of(mail)})["Location"] == (
        "/settings/access/"
    )
