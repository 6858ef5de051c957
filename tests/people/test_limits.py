"""What may be tried how often: counted beside the transaction, and never against somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from tests.factories.people import a_counsellor
from tests.people.test_signin import ask_for_code, code_of
from treffpunkt.core.clock import as_of, now
from treffpunkt.people.limits import Limit, client, let_go
from treffpunkt.people.models import Tally
from treffpunkt.post.delivery import deliver_due

pytestmark = pytest.mark.django_db

TWICE = Limit("test", 2, 60)
STRANGER, OWNER = "203.0.113.7", "198.51.100.4"


def test_the_third_of_two_waits():
    assert [TWICE.count("me") for _ in range(2)] == [0, 0]
    assert 0 < TWICE.count("me") <= 60
    assert TWICE.count("somebody else") == 0


def test_time_lets_go():
    for _ in range(3):
        TWICE.count("me")

    with as_of(now() + timedelta(seconds=61)):
        assert TWICE.left("me") == 0
        assert TWICE.count("me") == 0


def test_a_rollback_does_not_undo_the_count():
    with transaction.atomic():
        TWICE.count("me")
        TWICE.count("me")
        transaction.set_rollback(True)

    assert TWICE.count("me") > 0


def test_the_table_names_nobody():
    TWICE.count("ana@example.org", STRANGER)

    kept = str(list(Tally.objects.values()))
    assert "ana@example.org" not in kept
    assert STRANGER not in kept


def test_old_counts_are_forgotten():
    TWICE.count("me")
    with as_of(now() + timedelta(hours=1)):
        assert let_go() >= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("::ffff:192.0.2.1", "192.0.2.1"), ("what", "ever")],
)
def test_one_holder_of_addresses_is_one_client(one, other):
    assert client(one) == client(other)


def test_networks_of_different_people_differ():
    assert client("2001:db8:1:2::1") != client("2001:db8:1:3::1")


def test_guessing_codes_ends_with_429_in_the_readers_language(client):
    ask_for_code(client, a_counsellor().email)
    answers = [client.post("/sign-in/code/", {"code": "WRONG1"}, REMOTE_ADDR=STRANGER) for _ in range(31)]

    last = client.post("/sign-in/code/", {"code": "X"}, REMOTE_ADDR=STRANGER, headers={"accept-language": "fr"})
    assert answers[0].status_code != 429
    assert last.status_code == 429
    assert 0 < int(last["Retry-After"]) <= 900
    assert 'lang="fr"' in last.content.decode()
    assert "15 minutes" in last.content.decode()


def test_stranger_cannot_lock_the_owner_out(client, smtp):
    """However often somebody else asks for codes and guesses, the owner signs in from her own place."""
    staff = a_counsellor()
    stranger = client.__class__()
    for _ in range(12):
        asked = stranger.post("/sign-in/", {"email": staff.email}, REMOTE_ADDR=STRANGER)
        stranger.post("/sign-in/code/", {"code": "WRONG1"}, REMOTE_ADDR=STRANGER)
    assert asked.status_code == 429
    deliver_due()
    smtp.mails.clear()
    smtp.receivers.clear()

    client.post("/sign-in/", {"email": staff.email}, REMOTE_ADDR=OWNER)
    deliver_due()
    entered = client.post("/sign-in/code/", {"code": code_of(smtp.to(staff.email)[0])}, REMOTE_ADDR=OWNER)

    assert entered.status_code == 302
    assert client.get("/settings/").status_code == 200


def test_guessing_links_is_stopped_and_real_links_are_not(client):
    answers = [client.get(f"/l/guess{number}/", REMOTE_ADDR=STRANGER).status_code for number in range(42)]

    assert answers[0] == 410
    assert answers[-1] == 429
    assert client.get("/l/guess/", REMOTE_ADDR=OWNER).status_code == 410
    # A phone that goes on asking for a link that closed does not close all others behind its address.
    for _time in range(42):
        closed = client.get("/l/a-long-one-that-nobody-guesses/", REMOTE_ADDR=OWNER)
    assert closed.status_code == 410
    assert client.get("/l/guess/", REMOTE_ADDR=OWNER).status_code == 410


def test_only_our_own_proxy_says_where_somebody_comes_from(client, settings):
    settings.BEHIND_PROXY = True
    for number in range(42):
        client.get("/l/guess/", headers={"x-forwarded-for": f"10.0.0.{number}, {STRANGER}"})

    assert client.get("/l/guess/", headers={"x-forwarded-for": STRANGER}).status_code == 429
    assert client.get("/l/guess/", headers={"x-forwarded-for": f"{STRANGER}, {OWNER}"}).status_code == 410
