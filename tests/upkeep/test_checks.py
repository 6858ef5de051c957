"""What the doctor finds, tried by breaking it."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from uuid_utils.compat import uuid4

from tests.factories.post import a_mail
from tests.support.mail import free_port
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of, now
from treffpunkt.core.jobs import defer
from treffpunkt.post.holding import hold_messages
from treffpunkt.post.models import Message
from treffpunkt.site.env import Smtp
from treffpunkt.upkeep import figures, listing
from treffpunkt.upkeep.checks import examine
from treffpunkt.upkeep.findings import Finding, worst
from treffpunkt.upkeep.listing import Ended
from treffpunkt.upkeep.services import note_backup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_and_a_home(settings, tmp_path):
    settings.HOME, settings.ERASURES_FILE = tmp_path, tmp_path / "erasures.jsonl"
    with translation.override("en"):
        yield


def look(*subjects: str) -> list[Finding]:
    return examine(only=subjects)


def levels(*subjects: str) -> set[str]:
    return {one.level for one in look(*subjects)}


def text(*subjects: str) -> str:
    return " ".join(f"{one.says} {one.remedy}" for one in look(*subjects))


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def a_worker(age: int = 0) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - %s * interval '1 second') returning id",
            [age],
        )
        return cursor.fetchone()[0]


def test_every_bad_finding_names_a_remedy(settings):
    settings.BASE_URL, settings.DEBUG, settings.SMTP = "http://treffpunkt.example.com", True, None
    a_mail(due=now() - timedelta(hours=1))
    found = examine()

    assert worst(found) == "broken"
    assert [one for one in found if one.level != "good" and not one.remedy.strip()] == []
    assert [one.level for one in found] == sorted(
        (one.level for one in found), key=["broken", "attention", "good"].index
    )
    assert {"database", "mail", "jobs", "messages", "disk", "clock", "backup", "configuration", "erasures"} <= {
        one.subject for one in found
    }


def test_missing_and_unknown_migrations(tmp_path):
    assert "lacks" not in text("database")
    sql("delete from django_migrations where app = 'upkeep' and name = '0001_initial'")
    assert "lacks 1 migrations. Run: treffpunkt upgrade" in text("database")
    sql("insert into django_migrations (app, name, applied) values ('upkeep', '0001_initial', now()), "
        "('upkeep', '9999_later', now())")  # fmt: skip
    assert "newer version" in text("database")


def test_server_that_gives_up_safety_is_named():
    """The tests' own server does: it is quick and loses everything at a power cut."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('fsync')")
        if cursor.fetchone()[0] == "on":
            pytest.skip("this server is a safe one")
    assert "fsync or full_page_writes is off" in text("database")


def test_mail_server_is_greeted_and_nothing_is_sent(smtp, settings):
    assert levels("mail") == {"good"}
    assert smtp.mails == []
    settings.SMTP = Smtp("127.0.0.1", smtp.port, "somebody", "wrong", starttls=False, tls=False)
    assert levels("mail") == {"broken"}
    settings.SMTP = Smtp("127.0.0.1", free_port(), "", "", starttls=False, tls=False)
    assert "ConnectionRefusedError" in text("mail")
    settings.SMTP = None
    assert "TREFFPUNKT_SMTP_URL" in text("mail")


def test_jobs_without_a_worker_late_stalled_and_failed():
    assert "No worker is running" in text("jobs")
    worker = a_worker()
    assert levels("jobs") == {"good"}

    defer("network.renew_plan")
    sql("update procrastinate_events set at = now() - interval '20 minutes'")
    assert "waiting for 20 minutes" in text("jobs")
    sql("update procrastinate_jobs set status = 'doing', worker_id = %s", a_worker(age=300))
    assert "1 job belongs to a worker that is gone" in text("jobs")
    sql("update procrastinate_jobs set worker_id = %s", worker)
    assert levels("jobs") == {"good"}
    sql("update procrastinate_jobs set status = 'failed', worker_id = null")
    assert "1 job failed in the last week (network.renew_plan)" in text("jobs")
    sql("update procrastinate_events set at = now() - interval '8 days'")
    assert levels("jobs") == {"good"}


def test_messages_that_are_late_lost_unclear_or_held():
    assert levels("messages") == {"good"}
    message = a_mail(secret={}, due=now() - timedelta(minutes=30))
    assert "due for 30 minutes" in text("messages")
    Message.objects.filter(pk=message.pk).update(state=Message.State.FAILED)
    assert "1 mail did not arrive" in text("messages")
    Message.objects.filter(pk=message.pk).update(state=Message.State.UNCLEAR)
    assert "nobody knows whether it went out" in text("messages")
    Message.objects.filter(pk=message.pk).update(state=Message.State.QUEUED)
    hold_messages(by=SYSTEM)
    assert "1 message is held back" in text("messages")
    assert figures.messages().number("queued") == 1


@pytest.mark.parametrize(("days", "level"), [(0, "good"), (3, "attention"), (9, "broken")])
def test_backup_grows_old(days, level):
    assert levels("backup") == {"broken"}
    with as_of(now() - timedelta(days=days)):
        note_backup(by=SYSTEM, version="0.1.0", size=1, rows=1, files=0, encrypted=False)
    assert levels("backup") == {level}


def test_database_older_than_the_list_of_erasures(settings):
    assert levels("erasures") == {"good"}
    listing.add(settings.ERASURES_FILE, [Ended("network.actor", str(uuid4()))])
    assert "people who were erased" in text("erasures")


def test_list_of_erasures_that_cannot_be_written(settings, tmp_path):
    settings.ERASURES_FILE = tmp_path / "not there" / "erasures.jsonl"
    assert levels("erasures") == {"broken"}


def test_clock_that_was_ahead():
    assert levels("clock") == {"good"}
    with as_of(now() + timedelta(days=1)):
        assert "seconds apart" in text("clock")
    sql("insert into journal_entry (id, created_at, verb, agent_kind, subject_kind, subject_id, fields) "
        "values ('fffff000-0000-7000-8000-000000000000', now() + interval '1 year', 'x', 'system', 'x', %s, '{}')",
        uuid4())  # fmt: skip
    assert "has not come yet" in text("clock")


def test_settings_of_somebody_who_goes_public_too_early(settings, tmp_path):
    (tmp_path / "secret-key").write_text("x" * 60)
    (tmp_path / "secret-key").chmod(0o600)
    settings.SECRET_KEY = "x" * 60
    settings.BASE_URL, settings.ALLOWED_HOSTS = "https://treffpunkt.example.com", ["treffpunkt.example.com"]
    settings.MAIL_FROM = "Netz <netz@verein.de>"
    assert levels("configuration") == {"good"}

    for name, value, says in (
        ("BASE_URL", "http://treffpunkt.example.com", "without https"),
        ("ALLOWED_HOSTS", ["other.example.com"], "not among the hosts"),
        ("ALLOWED_HOSTS", ["*"], "Every host name"),
        ("MAIL_FROM", "Treffpunkt <treffpunkt@example.org>", "only an example"),
        ("DEBUG", True, "program's inside"),
        ("DEMO", True, "everybody's mail"),
        ("SECRET_KEY", "short", "too short"),
    ):
        kept = getattr(settings, name)
        setattr(settings, name, value)
        assert says in text("configuration"), name
        setattr(settings, name, kept)
    (tmp_path / "secret-key").chmod(0o644)
    assert "chmod 600" in text("configuration")


def test_certificate_is_looked_at_where_links_are_https(settings, tmp_path):
    settings.BASE_URL = "http://127.0.0.1:8000"
    assert look("certificate") == []
    settings.BASE_URL = f"https://127.0.0.1:{free_port()}"
    assert "cannot be seen from here" in text("certificate")
    with self_signed(tmp_path) as port:
        settings.BASE_URL = f"https://127.0.0.1:{port}"
        assert "Browsers refuse the certificate" in text("certificate")


def test_disk_that_is_nearly_full(monkeypatch, settings):
    assert levels("disk") == {"good"}
    usage = type("Usage", (), {"free": 100 * 2**20})
    monkeypatch.setattr("shutil.disk_usage", lambda place: usage)  # a full disk is not for tests to make
    assert levels("disk") == {"broken"}


def self_signed(folder: Path):
    """Serve TLS with a certificate nobody has signed."""
    import ssl
    import threading
    from contextlib import contextmanager

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now()).not_valid_after(now() + timedelta(days=3)).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = folder / "certificate.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )

    @contextmanager
    def serving():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        with socket.create_server(("127.0.0.1", 0)) as server:

            def answer() -> None:
                plain, _ = server.accept()
                with plain:
                    try:
                        context.wrap_socket(plain, server_side=True)
                    except ssl.SSLError:
                        return

            thread = threading.Thread(target=answer)
            thread.start()
            yield server.getsockname()[1]
            thread.join()

    return serving()
