"""`treffpunkt backup`, `restore`, `release` and `upgrade` as somebody at a terminal uses them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from uuid_utils.compat import uuid7

from tests.support.cluster import Cluster, named
from treffpunkt.core.clock import now
from treffpunkt.launch.dumping import Playback, dump, snapshot
from treffpunkt.launch.emptying import emptied
from treffpunkt.links.models import Link
from treffpunkt.network.models import Actor, Channel
from treffpunkt.people.models import Staff
from treffpunkt.post.models import Message

CONTENT = b"Name;Gruppe\nAmina Haddad;Frauen in Leipzig\n"
FILE = f"{sha256(CONTENT).hexdigest()[:2]}/{sha256(CONTENT).hexdigest()}"


@dataclass
class Place:
    """An installation: its data folder and, unless it is embedded, its database on the server of the tests."""

    home: Path
    app: str = ""
    owner: str = ""

    def run(self, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            env=self.environment() | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    def command(self, *words: object) -> list[str]:
        return [sys.executable, "-m", "treffpunkt.launch", *map(str, words)]

    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TREFFPUNKT_", "PYTEST_"))}
        given = {"TREFFPUNKT_DATABASE_URL": self.app, "TREFFPUNKT_OWNER_DATABASE_URL": self.owner} if self.app else {}
        return clean | {"TREFFPUNKT_HOME": str(self.home), "PYTHONDONTWRITEBYTECODE": "1"} | given

    def ask(self, question: str, *values: object) -> object:
        row = self.every(question, *values)
        return row[0] if row else None

    def every(self, question: str, *values: object) -> tuple | None:
        with psycopg.connect(self.owner) as connection:
            return connection.execute(question, values).fetchone()

    def tell(self, statement: str, *values: object) -> None:
        with psycopg.connect(self.owner) as connection:
            connection.execute(statement, values)


@pytest.fixture
def make(cluster: Cluster, tmp_path: Path) -> Iterator:
    """Make installations, each with a migrated database of its own."""
    made = []

    def place(name: str) -> Place:
        database = f"backup_{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        cluster.clone(database)
        made.append(database)
        home = tmp_path / name
        home.mkdir()
        (home / "static").mkdir()  # nobody looks at pages here: there is no need to collect their files
        from treffpunkt.launch import fingerprint

        (home / "static-files").write_text(fingerprint.of_static_files())
        return Place(home, named(cluster.app, database), named(cluster.owner, database))

    yield place
    for database in made:
        cluster.drop(database)


@pytest.fixture
def full(make) -> Place:
    """Give an installation with a person, a file, a waiting mail and somebody who is signed in."""
    place = make("full")
    path = place.home / "files" / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    (place.home / "secret-key").write_text("s" * 60)
    place.tell(*row(Actor, name="Amina Haddad"))
    place.tell(
        *row(
            Message, template="meetings/reminder", language="ar", channel="mail", to_kind="network.actor", to_id=uuid4(),
            address="a@example.org", occasion="one", state="queued", due_at=now(),
        )
    )  # fmt: skip
    return place


def row(model, **values: object) -> tuple:
    """Write an insert of a row as its model would make it, for a database of its own."""
    from django.db import connection

    made = model(**values)
    fields = made._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    given = [field.get_db_prep_save(field.pre_save(made, True), connection=connection) for field in fields]
    return f"insert into {made._meta.db_table} ({columns}) values ({', '.join(['%s'] * len(given))})", *given


def manifest(path: Path) -> dict:
    with tarfile.open(path) as tar:
        return json.load(tar.extractfile("manifest.json"))


def test_backup_of_a_running_installation_is_of_one_moment(full, make, tmp_path):
    """Rows are written all the while; what the manifest counts is what comes back, files included."""
    stop = threading.Event()

    def write() -> None:
        with psycopg.connect(full.owner, autocommit=True) as connection:
            while not stop.is_set():
                connection.execute(
                    "insert into upkeep_erasure (id, created_at, record_kind, record_id) values (%s, now(), 'x', %s)",
                    [uuid7(), uuid4()],
                )

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = full.run("backup", tmp_path / "one.tar")
    finally:
        stop.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    said = manifest(tmp_path / "one.tar")
    assert 0 < said["tables"]["upkeep_erasure"] < full.ask("select count(*) from upkeep_erasure")
    assert list(said["files"]) == [FILE]
    assert (tmp_path / "one.tar").stat().st_mode & 0o077 == 0
    assert said["key"] == ""  # the secret only lies in encrypted ones
    assert full.ask("select files from upkeep_backup") == 1

    empty = make("empty")
    done = empty.run("restore", tmp_path / "one.tar")
    assert done.returncode == 0, done.stderr
    counted = {table: empty.ask(f"select count(*) from {table}") for table in said["tables"]}
    changed = {table for table, number in said["tables"].items() if counted[table] != number}
    # What the restore itself writes: the hold, its entry in the journal, the job that will keep the erasures.
    assert changed <= {"post_hold", "journal_entry", "journal_touched", "procrastinate_jobs", "procrastinate_events"}
    assert (empty.home / "files" / FILE).read_bytes() == CONTENT


def test_restored_installation_holds_messages_and_forgets_who_was_erased_since(full, make, tmp_path):
    (tmp_path / "pass").write_text("drei Worte sind besser\n")
    secret = ("--passphrase-file", tmp_path / "pass")
    assert full.run("backup", tmp_path / "one.age", "--encrypt", *secret).returncode == 0
    assert b"Amina" not in (tmp_path / "one.age").read_bytes()
    gone = full.ask("select id::text from network_actor")
    full.tell("insert into upkeep_erasure (id, created_at, record_kind, record_id) values (%s, now(), 'network.actor', %s)",
              uuid7(), gone)  # fmt: skip

    done = full.run("restore", tmp_path / "one.age", *secret)
    assert (done.returncode, "not empty (1 people, 1 files)" in done.stderr) == (1, True)
    (full.home / "files" / "left-over").write_text("of nothing")
    done = full.run("restore", tmp_path / "one.age", *secret, "--force")

    assert done.returncode == 0, done.stderr
    assert full.ask("select name from network_actor where id = %s", gone) == ""
    assert gone in (full.home / "erasures.jsonl").read_text()
    assert not (full.home / "files" / "left-over").exists()
    assert full.ask("select count(*) from post_hold where released_at is null") == 1
    assert "1 messages may go out" in full.run("release").stdout
    assert full.run("release").stdout == "No messages are held back.\n"

    # On another machine the list comes from elsewhere, and the secret from the encrypted backup.
    other = make("other")
    done = other.run("restore", tmp_path / "one.age", *secret, "--erasures", full.home / "erasures.jsonl")
    assert done.returncode == 0, done.stderr
    assert other.ask("select name from network_actor where id = %s", gone) == ""
    assert (other.home / "secret-key").read_text() == "s" * 60


# What happens to an installation after its backup was made: somebody is shut out, phones and passkeys are stolen.
_SINCE = """
from allauth.mfa.models import Authenticator
from treffpunkt.core.agent import SYSTEM
from treffpunkt.links.services import revoke
from treffpunkt.network.models import Actor, Channel
from treffpunkt.network.services.phone import note_lost_phone
from treffpunkt.people.models import Staff
from treffpunkt.people.services.closing import deactivate_staff, forget_second_step
deactivate_staff(by=SYSTEM, staff=Staff.objects.get(email="gone@example.org"))
forget_second_step(by=SYSTEM, staff=Staff.objects.get(email="stays@example.org"))
note_lost_phone(by=SYSTEM, actor=Actor.objects.get(), unsafe=[Channel.objects.get().pk])
revoke(subject_id=Staff.objects.get(email="stays@example.org").pk)
"""
_OPEN = """select (select count(*) from people_staff where is_active), (select count(*) from mfa_authenticator),
(select count(*) from network_channel where safe), (select count(*) from links_link where revoked_at is null)"""


def test_restored_installation_keeps_shut_what_was_closed_and_revoked_since(full, make, tmp_path):
    actor, stays = full.ask("select id from network_actor"), uuid7()
    full.tell(*row(Staff, id=stays, email="stays@example.org", name="Bea", roles=["coordinator"]))
    full.tell(*row(Staff, email="gone@example.org", name="Cem", roles=["counsellor"]))
    full.tell("insert into mfa_authenticator (user_id, type, data, created_at) values (%s, 'totp', '{}', now())", stays)
    full.tell(*row(Channel, actor_id=actor, channel_kind="telegram", value="@amina"))
    for number, of in enumerate(({"holder_id": actor, "subject_id": uuid4()}, {"subject_id": stays})):
        full.tell(
            *row(Link, purpose="x", subject_kind="x", token_hash=str(number), expires_at=now() + timedelta(9), **of)
        )
    assert full.run("backup", tmp_path / "one.tar").returncode == 0
    assert full.every(_OPEN) == (2, 1, 1, 2)
    done = full.run("manage", "shell", "-c", _SINCE)
    assert (done.returncode, full.every(_OPEN)) == (0, (1, 0, 0, 0)), done.stderr

    done = full.run("restore", tmp_path / "one.tar", "--force")

    assert done.returncode == 0, done.stderr
    assert full.every(_OPEN) == (1, 0, 0, 0)
    assert full.ask("select email from people_staff where is_active") == "stays@example.org"
    kept = (full.home / "erasures.jsonl").read_text()
    assert not [word for word in ("amina", "example.org", "Cem") if word in kept]

    # On another machine, from the list of the old one.
    other = make("other")
    assert other.run("restore", tmp_path / "one.tar", "--erasures", full.home / "erasures.jsonl").returncode == 0
    assert other.every(_OPEN) == (1, 0, 0, 0)


def test_nothing_is_overwritten_or_touched_by_what_is_damaged(full, tmp_path):
    good, bad = tmp_path / "good.age", tmp_path / "bad"
    key = {"TREFFPUNKT_BACKUP_PASSPHRASE": "drei Worte"}
    assert full.run("backup", bad).returncode == 0
    assert full.run("backup", good, "--encrypt", **key).returncode == 0
    again = full.run("backup", bad)
    assert (again.returncode, "is there already" in again.stderr) == (1, True)
    assert full.run("backup", bad, "--force").returncode == 0
    assert "To encrypt, name" in full.run("backup", tmp_path / "x", "--encrypt").stderr
    assert not (tmp_path / "x").exists()

    plain, sealed = bad.read_bytes(), good.read_bytes()
    flipped, end = bytearray(plain), bytearray(sealed)
    flipped[plain.index(b"PGDMP") + 5000] ^= 1
    end[-40] ^= 1
    for content, says in (
        (bytes(flipped), "does not fit its manifest"),
        (plain[: len(plain) // 2], "cut off"),
        (bytes(end), "encryption does not fit"),
        (sealed[:-5000], "damaged"),
        (b"PK\x03\x04 no backup", "no backup of Treffpunkt"),
    ):
        bad.write_bytes(content)
        done = full.run("restore", bad, "--force", **key)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert says in done.stderr
    assert "passphrase does not open" in full.run("restore", good, TREFFPUNKT_BACKUP_PASSPHRASE="falsch").stderr
    assert full.ask("select name from network_actor") == "Amina Haddad"


def test_playing_back_that_ends_early_never_happened(full):
    with snapshot(full.owner) as moment, dump(full.owner, moment) as stream:
        content = stream.read()
    play = Playback(full.owner, int(full.ask("show server_version_num")) // 10000)
    play.run(emptied())
    play.begin_dump()
    play.write(content)
    play.end_dump()
    play.close()

    assert full.ask("select name from network_actor") == "Amina Haddad"


def test_killed_restore_is_taken_up_by_migrate(full, make, tmp_path):
    """Whenever it is killed, what was is still there, or what came is finished by the next command."""
    assert full.run("backup", tmp_path / "one.tar").returncode == 0
    other = make("other")
    other.tell(*row(Actor, name="Bea"))
    process = subprocess.Popen(
        other.command("restore", tmp_path / "one.tar", "--force"), env=other.environment(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Restored."):  # the database has changed, nothing is finished
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    refused = other.run("worker")
    assert (refused.returncode, "treffpunkt migrate" in refused.stderr) == (1, True)

    done = other.run("migrate")

    assert done.returncode == 0, done.stderr
    assert other.ask("select name from network_actor") == "Amina Haddad"
    assert other.ask("select count(*) from post_hold where released_at is null") == 1


def test_backup_of_an_earlier_version_is_migrated_and_upgrade_goes_on_after_a_kill(full, make, tmp_path):
    back = full.run("manage", "migrate", "upkeep", "zero", TREFFPUNKT_DATABASE_URL=full.owner)
    assert back.returncode == 0, back.stderr
    full.tell("comment on table django_migrations is null")
    assert "treffpunkt migrate" in full.run("worker").stderr
    done = full.run("backup", tmp_path / "old.tar")
    assert done.returncode == 0, done.stderr
    assert "upkeep" not in manifest(tmp_path / "old.tar")["migrations"]

    newer = make("newer")
    done = newer.run("restore", tmp_path / "old.tar")
    assert done.returncode == 0, done.stderr
    assert newer.ask("select count(*) from upkeep_erasure") == 0
    assert newer.ask("select name from network_actor") == "Amina Haddad"

    process = subprocess.Popen(full.command("upgrade"), env=full.environment(), start_new_session=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
    note = full.home / "upgrade.json"
    until = time.monotonic() + 60
    while not note.exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()

    again = full.run("upgrade")

    assert "An upgrade was interrupted. The backup from before it is kept" in again.stdout, again.stderr
    assert "The database is up to date." in again.stdout
    assert "lacks" not in again.stdout
    assert len(list((full.home / "backups").iterdir())) == 1
    assert not note.exists()
    assert full.ask("select name from network_actor") == "Amina Haddad"
    assert "nothing to upgrade" in full.run("upgrade").stdout


def test_embedded_database_takes_over_a_backup_of_another_server(full, tmp_path):
    """From a server of one's own to the embedded one; a folder keeps the newest backups only."""
    folder = tmp_path / "nightly"
    folder.mkdir()
    for old in ("treffpunkt-20200101-010101.tar", "treffpunkt-20200102-010101.tar", "mine.tar"):
        (folder / old).touch()
    assert full.run("backup", folder, "--keep", "2").returncode == 0
    names = sorted(path.name for path in folder.iterdir())
    assert (len(names), names[:2]) == (3, ["mine.tar", "treffpunkt-20200102-010101.tar"])

    parent = Path(tempfile.mkdtemp(prefix="treffpunkt-backup-"))
    parent.chmod(0o755)  # the server's own user, where we are root, must pass through
    home = parent / "embedded home"
    home.mkdir()
    (home / "static").mkdir()
    shutil.copy(full.home / "static-files", home)
    embedded = Place(home)
    done = embedded.run("restore", folder / names[2])
    try:
        assert done.returncode == 0, done.stderr
        assert "1 messages may go out" in embedded.run("release").stdout
        assert (home / "files" / FILE).read_bytes() == CONTENT
    finally:
        shutil.rmtree(parent, ignore_errors=True)
