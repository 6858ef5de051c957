"""Mail at full size: a thousand invitations in six languages, and a worker that is killed a hundred times."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time as clock_time
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.figures import Figure

SECONDS = 15
GUESTS, KILLS = 1000, 100
LANGUAGES = ("ar", "de", "en", "es", "fr", "sr")
LONGEST_LIFE = 0.25  # seconds a worker lives, at most, after it has handed over its first mail
PATIENCE = 60


def measure(_data: Path) -> Iterator[Figure]:
    """Invite a thousand people and hand their mail to a relay in another process; then kill workers at their work."""
    port = _free_port()
    os.environ["TREFFPUNKT_SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    from bench.database import fresh

    with fresh() as folder, _sink(port, folder / "mails") as taken:
        yield from _invitations(taken)
        yield from _kills(folder, taken)


class Taken:
    """What the relay has taken."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __len__(self) -> int:
        return self.path.read_bytes().count(b"\n")

    def ids(self) -> Counter[str]:
        """Count the mails by their Message-ID."""
        return Counter(line.split()[0] for line in self.path.read_text().splitlines())


def _invitations(taken: Taken) -> Iterator[Figure]:
    from treffpunkt.meetings.services import invitations as inviting
    from treffpunkt.post.delivery import deliver_due

    coordinator, meeting = _meeting()
    began, busy = time.perf_counter(), time.process_time()
    sent = inviting.send_invitations(by=coordinator, meeting=meeting)
    prepared = time.perf_counter()
    deliver_due()
    ended, busy = time.perf_counter(), time.process_time() - busy
    if (sent.mails, len(taken)) != (GUESTS, GUESTS):
        raise SystemExit(f"{GUESTS} were invited, {sent.mails} mails written, {len(taken)} taken by the relay")
    yield Figure("mail.invitations.seconds", ended - began, "s", SECONDS)
    yield Figure("mail.invitations.prepared_seconds", prepared - began, "s")
    yield Figure("mail.invitations.cpu_seconds", busy, "s")
    yield Figure("mail.invitations.handed_over", GUESTS / (ended - prepared), "a second")


def _kills(folder: Path, taken: Taken) -> Iterator[Figure]:
    """Kill a real worker at a random moment of its round, again and again; then let one come to the end."""
    from treffpunkt.meetings.services import invitations as inviting
    from treffpunkt.post.delivery import message_id
    from treffpunkt.post.models import Message

    chance = random.Random(4)
    waiting = Message.objects.filter(state=Message.State.QUEUED)
    said = (folder / "worker.log").open("wb")
    for _ in range(KILLS):
        if waiting.count() < GUESTS // 2:
            coordinator, meeting = _meeting()
            inviting.send_invitations(by=coordinator, meeting=meeting)
        before = len(taken)
        with _worker(said) as worker:
            _until(lambda: len(taken) > before, "no worker hands over any mail")  # noqa: B023
            time.sleep(chance.uniform(0, LONGEST_LIFE))
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
    with _worker(said):
        _until(lambda: not waiting.exists(), "the last worker does not come to the end", 10 * PATIENCE)
        time.sleep(1)
    ids = taken.ids()
    rows = {message_id(row): str(row.state) for row in Message.objects.all()}
    states = Counter(rows.values())
    lost = sum(state == "sent" and name not in ids for name, state in rows.items())
    lost += sum(number for state, number in states.items() if state not in ("sent", "unclear"))
    yield Figure("mail.kill.doubled", sum(number > 1 for number in ids.values()), "mails", 0)
    yield Figure("mail.kill.lost", lost, "mails", 0)
    # Each is named in the Outbox, with "send again"; some of them did go out.
    yield Figure("mail.kill.unclear", states["unclear"], "mails")
    yield Figure("mail.kill.unclear_taken", sum(rows.get(name) == "unclear" for name in ids), "mails")
    yield Figure("mail.kill.mails", len(rows), "mails")


def _meeting() -> tuple[Any, Any]:
    """Plan a meeting to which a thousand people are to be invited, each by mail and in one of six languages."""
    from uuid_utils.compat import uuid7

    from treffpunkt.core.agent import SYSTEM
    from treffpunkt.core.clock import today
    from treffpunkt.meetings.services import invitations as inviting
    from treffpunkt.meetings.services import meetings as holding
    from treffpunkt.network.models import Actor, Channel
    from treffpunkt.network.services.communities import create_community
    from treffpunkt.people.services import create_staff

    mark = str(uuid7())[-12:]
    coordinator = create_staff(by=SYSTEM, email=f"{mark}@example.org", name="Bench", roles=["coordinator"])
    community = create_community(by=coordinator, name=f"Community {mark}", language="ar")
    meeting = holding.create_meeting(
        by=coordinator,
        name="Meeting",
        day=today() + timedelta(days=14),
        time=clock_time(18),
        communities=[community],
        hosts=[coordinator],
        languages=list(LANGUAGES),
    )
    guests = [Actor(name=f"Guest {n} {mark}", languages=[LANGUAGES[n % len(LANGUAGES)]]) for n in range(GUESTS)]
    Actor.objects.bulk_create(guests)
    Channel.objects.bulk_create(
        Channel(actor=guest, channel_kind="mail", value=f"guest{n}.{mark}@example.org")
        for n, guest in enumerate(guests)
    )
    inviting.plan_invitations(by=coordinator, meeting=meeting, actor_ids=[guest.pk for guest in guests])
    return coordinator, meeting


@contextmanager
def _sink(port: int, path: Path) -> Iterator[Taken]:
    process = subprocess.Popen([sys.executable, "-m", "bench.sink", str(port), str(path)])
    try:
        _until(lambda: _answers(port), "the relay does not answer")
        yield Taken(path)
    finally:
        process.kill()
        process.wait()


@contextmanager
def _worker(said: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker as `treffpunkt up` does; it is killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "treffpunkt.launch", "worker"], stdout=said, stderr=subprocess.STDOUT
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _until(done: Any, otherwise: str, seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            raise SystemExit(f"Mail: {otherwise} within {seconds:g} seconds.")
        time.sleep(0.005)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
