"""The log names routes and kinds of errors, never people, addresses or secrets."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys

import pytest
import structlog
from django.db import DataError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import path

from tests.factories.network import an_actor
from tests.factories.people import a_coordinator
from treffpunkt.intake.models import Alias
from treffpunkt.launch import logs
from treffpunkt.people.models import Staff
from treffpunkt.post.delivery import deliver_due

SECRET = "RhiHbEuuVqldinzspnllkjBl"


@pytest.fixture
def log(caplog):
    """Give what the log says, line by line, as a machine reads it."""
    form = logs.formatter(machine=True, debug=False)
    caplog.set_level(logging.INFO)
    return lambda: [json.loads(form.format(record)) for record in caplog.records]


def test_error_tells_its_kind_and_place_and_none_of_its_words(log):
    try:
        try:
            raise KeyError("Amina Haddad")
        except KeyError as error:
            raise ValueError("amina@example.org") from error
    except ValueError:
        logging.getLogger("treffpunkt").exception("broke")

    (line,) = log()
    assert line["error"] == "ValueError < KeyError"
    assert "test_logs.py" in line["at"][0]
    assert "mina" not in json.dumps(line)


@pytest.mark.django_db
def test_refused_row_tells_the_constraint_and_not_the_values(log):
    staff = a_coordinator(email="amina.haddad@example.org")
    try:
        with transaction.atomic():
            Staff.objects.create(email=staff.email, name="x")
    except IntegrityError:
        structlog.get_logger("treffpunkt").exception("refused")

    (line,) = log()
    assert "23505" in line["error"]
    assert "amina" not in json.dumps(line)


HANDLE = "samira.haddad.koeln"


def refuse() -> None:
    """Meet a real error of the database, whose detail repeats a handle."""
    with transaction.atomic():
        for _ in range(2):
            Alias.objects.create(kind="network.actor", key=HANDLE, record_id=None)


def says(debug: bool, machine: bool, caplog) -> str:
    form = logs.formatter(machine=machine, debug=debug)
    return "\n".join(form.format(record) for record in caplog.records)


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("machine", [False, True])
def test_error_of_the_database_keeps_its_words_to_itself_in_every_form(caplog, debug, machine):
    log = logging.getLogger("treffpunkt")
    for way in (
        lambda error: log.error("refused", exc_info=error),
        lambda error: log.error("refused: %s", error),
        lambda error: log.error("refused: %(why)s", {"why": error}),
        lambda error: log.error(f"refused: {error}", exc_info=error),
        lambda error: structlog.get_logger("treffpunkt").error("refused", why=error),
        lambda error: log.error("wrapped", exc_info=wrapped(error)),
    ):
        caplog.clear()
        with pytest.raises(IntegrityError, match=HANDLE) as refusal:  # that is what must not come through
            refuse()
        way(refusal.value)
        said = says(debug, machine, caplog)
        assert HANDLE not in said
        assert "IntegrityError" in said
        assert "23505 intake_alias alias_once" in said


def wrapped(error: BaseException) -> BaseException:
    """Give an error of ours that repeats what the database said."""
    try:
        raise ValueError(f"cannot keep: {error}") from error
    except ValueError as ours:
        return ours


@pytest.mark.django_db
def test_statement_that_fails_before_it_is_done_is_not_repeated(caplog):
    with (
        pytest.raises(DataError, match=HANDLE) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT %s::text::uuid", [HANDLE])
    logging.getLogger("treffpunkt").error("could not", exc_info=refusal.value)

    said = says(True, True, caplog)
    assert HANDLE not in said
    assert "22P02" in said


def test_program_that_ends_by_such_an_error_says_its_kind(tmp_path):
    program = (
        "from treffpunkt.launch import logs; logs.config()\n"
        "import psycopg; raise psycopg.errors.UniqueViolation('Key (handle)=(samira) already exists.')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "samira" not in done.stderr
    assert "psycopg.errors.UniqueViolation" in done.stderr


def test_what_slips_into_a_message_is_blanked(log):
    logging.getLogger("x").error("to amina@example.org via /l/%s/ and /search/?q=Haddad&page=2", SECRET)

    assert log()[0]["event"] == "to …@… via /l/…/ and /search/?…"


@pytest.mark.django_db
def test_refused_form_of_a_link_names_the_route_only(log):
    Client(enforce_csrf_checks=True).post(f"/l/{SECRET}/answer/")

    assert SECRET not in json.dumps(log())
    assert {line["route"] for line in log() if "route" in line} <= {"portal:answer", "none", "portal:invitation"}


@pytest.mark.django_db
def test_requests_are_logged_by_route(client, log):
    client.force_login(a_coordinator(name="Ayla Demir"))
    actor = an_actor(name="Amina Haddad")
    client.get(f"/network/people/{actor.pk}/")
    client.get("/search/?q=Haddad")
    client.get("/nowhere/Haddad/")

    lines = [line for line in log() if line["logger"] == "treffpunkt.requests"]
    assert [(line["status"], line["method"]) for line in lines][-2:] == [(200, "GET"), (404, "GET")]
    said = json.dumps(lines)
    assert "web:search:results" in said
    for word in ("Haddad", "Amina", "Ayla", str(actor.pk)):
        assert word not in said


def broken(request, name):
    """Break with words that name somebody."""
    raise ValueError(f"no place for Amina {name} at {request.path}")


urlpatterns = [path("people/<str:name>/", broken, name="broken")]


@pytest.mark.django_db
@pytest.mark.urls("tests.launch.test_logs")
def test_broken_page_is_logged_with_its_route_and_place(client, log):
    client.raise_request_exception = False
    client.force_login(a_coordinator())

    assert client.get("/people/Haddad/?mail=amina@example.org").status_code == 500

    (error,) = [line for line in log() if "error" in line]
    assert (error["event"], error["route"], error["error"]) == ("Internal Server Error", "broken", "ValueError")
    assert "test_logs.py" in error["at"][-1]
    for word in ("Haddad", "Amina", "amina@"):
        assert word not in json.dumps(log())


@pytest.mark.django_db
def test_signing_in_leaves_no_address_and_no_code(client, log, smtp):
    staff = a_coordinator(email="ayla.demir@example.org")
    client.post("/sign-in/", {"email": staff.email})
    deliver_due()
    code = re.search(r"\b[A-Z0-9]{4}-?[A-Z0-9]{4}\b|\b[A-Z0-9]{6}\b", smtp.to(staff.email)[0].get_content()).group()
    client.post("/sign-in/code/", {"code": code})
    client.post("/sign-in/", {"email": "nobody.known@example.org"})

    said = json.dumps(log())
    assert "account_request_login_code" in said
    for word in (code, "ayla", "demir", "nobody.known", str(staff.pk)):
        assert word.lower() not in said.lower()


def test_lines_of_other_programs_become_json_and_json_stays(monkeypatch):
    assert json.loads(logs.line("web", "was killed by signal 9"))["event"] == "was killed by signal 9"
    assert json.loads(logs.line("web", "x@example.org"))["event"] == "…@…"
    assert logs.line("web", '{"event": "x"}') == '{"event": "x"}'


@pytest.mark.parametrize(("wanted", "machine"), [("json", True), ("text", False), ("", True)])
def test_machines_get_json_and_people_text(monkeypatch, wanted, machine):
    monkeypatch.setenv("TREFFPUNKT_LOG", wanted)
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)

    assert logs.as_json() is machine
