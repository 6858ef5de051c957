"""Eight hours of mixed use compressed into ten minutes: does memory grow, does anything go wrong?

A real `treffpunkt up` with the real groups, people and roles. Meanwhile staff look through lists and records, search,
note along in a running meeting, write tasks, export; lists are imported and taken back; guests answer by their links;
rounds of invitations go out to a real mail server. Twelve people without a break, with seconds instead of minutes
between two steps, do in ten minutes what twenty-five people do in a working day.

`soak.growth_mb` is what the processes of web and worker hold in the last tenth of the time more than after warming
up, both as medians, shared memory counted once. `soak.errors` counts refused steps, failed jobs, mail that did not
arrive exactly once, and errors in the log. SOAK_SECONDS makes it shorter, for a try.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.figures import Figure
from tests.support.mail import free_port

if TYPE_CHECKING:
    from bench.crowd import Day
    from bench.landscape import World

SECONDS = float(os.environ.get("SOAK_SECONDS") or 600)
GROWTH, ERRORS = 30.0, 0.0
WARM = 0.25  # the share of the time in which caches fill and every kind of step is done at least once
STAFF, PAUSE, ROUND, GUESTS = 10, 0.9, 45, 40


def measure(data: Path) -> Iterator[Figure]:
    """Load the real network, start everything, let the crowd in and look at the processes."""
    from bench.database import fresh

    with fresh() as folder:
        from bench import landscape

        world = landscape.load(data)
        with _mail_server() as mails, _running(folder, mails.port) as (port, up, log):
            day, people = _day(world, port)
            samples = _live(day, people, up, world)
            errors = day.errors + _left_undone(mails, day) + _complaints(log)
            warm = [held for at, held in samples if at >= SECONDS * WARM]
            few = max(3, len(warm) // 8)
            growth = statistics.median(warm[-few:]) - statistics.median(warm[:few])
        for what, times in sorted(errors.items()):
            print(f"  {times} x {what}", file=sys.stderr)
        yield Figure("soak.seconds", SECONDS, "s")
        yield Figure("soak.steps", sum(day.steps.values()), "")
        for name, times in sorted(day.steps.items()):
            yield Figure(f"soak.steps.{name}", times, "")
        yield Figure("soak.mails", len(mails.mails), "")
        yield Figure("soak.held_mb", statistics.median(warm[-few:]), "MB")
        yield Figure("soak.growth_mb", growth, "MB", GROWTH)
        yield Figure("soak.errors", sum(errors.values()), "", ERRORS)


def _live(day: Day, people: list[Any], up: int, world: World) -> list[tuple[float, float]]:
    """Let everybody work until the time is over; gives the memory every few seconds."""
    threads = [threading.Thread(target=person.work, daemon=True) for person in people]
    began, next_round, samples = time.monotonic(), 0.0, []
    for thread in threads:
        thread.start()
    while (at := time.monotonic() - began) < SECONDS:
        if at >= next_round:
            next_round += ROUND
            day.run(lambda: _invite_round(world), "mail round")
        samples.append((at, _held(up)))
        day.over.wait(min(5, SECONDS / 60))
    day.over.set()
    for thread in threads:
        thread.join(130)
    return samples


def _day(world: World, port: int) -> tuple[Day, list[Any]]:
    """Sign the staff in, begin the meeting, write the guests' links."""
    from bench.crowd import Day, Guests, Importer, Worker
    from tests.support.browsing import Browser
    from treffpunkt.core.agent import SYSTEM
    from treffpunkt.links.services import issue
    from treffpunkt.meetings.services.meetings import start_meeting
    from treffpunkt.network.models import Actor, Space
    from treffpunkt.people.services import create_staff

    meeting = start_meeting(by=world.coordinator, meeting=world.meeting)
    day = Day(
        port=port,
        spaces=[str(pk) for pk in Space.objects.order_by("-members").values_list("pk", flat=True)[:400]],
        actors=[str(pk) for pk in Actor.objects.order_by("-potential_reach").values_list("pk", flat=True)[:400]],
        names=[
            name for name in Space.objects.order_by("-members").values_list("name", flat=True)[:300] if name.isascii()
        ],
        meeting=str(meeting.pk),
        item=str(meeting.agenda.order_by("position").values_list("pk", flat=True)[0]),
    )
    links = [
        "/" + issue("invitation", subject_kind=one.kind, subject_id=one.pk, holder_id=one.actor_id).split("/", 3)[3]
        for one in _invite_round(world)
    ]
    people: list[Any] = [Guests(day, links, pause=1.5)]
    for number in range(STAFF):
        staff = create_staff(
            by=SYSTEM, email=f"soak{number}@example.org", name=f"Kollegin {number}", roles=["coordinator"]
        )
        browser = Browser(port, cookies={"sessionid": _session(staff)}, address=f"10.1.0.{number}")
        browser.get("/")
        kind = Importer if number == 0 else Worker
        people.append(kind(day, browser, seed=number, pause=8 if number == 0 else PAUSE))
    return day, people


def _session(staff: Any) -> str:
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(staff.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _invite_round(world: World) -> list[Any]:
    """Invite forty new people by mail to a new meeting."""
    from tests.factories.meetings import a_community, a_meeting, an_actor, invited

    languages = ("ar", "fr", "en", "es", "sr")
    meeting = a_meeting(world.coordinator, communities=[a_community()], day=_soon())
    return invited(world.coordinator, meeting, *(an_actor(language=languages[n % 5]) for n in range(GUESTS)))


def _soon() -> Any:
    from treffpunkt.core.clock import today

    return today() + timedelta(days=20)


# --- what runs ----------------------------------------------------------------------------------------------------


@contextmanager
def _mail_server() -> Iterator[Any]:
    from aiosmtpd.controller import Controller

    from tests.support.mail import MailServer

    server = MailServer(port=free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def _running(folder: Path, mail_port: int) -> Iterator[tuple[int, int, Path]]:
    """Run `treffpunkt up` on the loaded database; gives its port, its process and its log."""
    port, log = free_port(), folder / "up.log"
    environment = os.environ | {
        "TREFFPUNKT_BEHIND_PROXY": "1",  # so that each person counts as a client of her own
        "TREFFPUNKT_SMTP_URL": f"smtp://127.0.0.1:{mail_port}",
        "TREFFPUNKT_BASE_URL": f"http://127.0.0.1:{port}",
    }
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "treffpunkt.launch", "up", "--port", str(port)],
            env=environment, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until and process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        else:
            raise SystemExit(f"treffpunkt up did not start:\n{log.read_text(errors='replace')}")
        yield port, process.pid, log
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _held(up: int) -> float:
    """Give the MB that web and worker hold, memory they share counted once (the database runs beside them)."""
    return sum(_proportional(pid) for pid in _below(up)) / 1024


def _below(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            child = int(status.parent.name)
            found += [child, *_below(child)]
    return found


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


# --- what went wrong ----------------------------------------------------------------------------------------------


def _left_undone(mails: Any, day: Day) -> Counter[str]:
    """Wait until no job is left; count what failed and mail that did not arrive exactly once."""
    from django.db import connection

    until = time.monotonic() + 120
    wrong: Counter[str] = Counter()
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from procrastinate_jobs where status in ('todo', 'doing')"
                " and (scheduled_at is null or scheduled_at < now() + interval '1 minute')"
            )
            if not cursor.fetchone()[0]:
                break
        time.sleep(1)
    else:
        wrong["jobs did not end"] += 1
    with connection.cursor() as cursor:
        cursor.execute("select task_name, count(*) from procrastinate_jobs where status = 'failed' group by 1")
        wrong.update({f"job {name} failed": times for name, times in cursor.fetchall()})
        cursor.execute("select count(*) from meetings_invitation i join network_channel c using (actor_id)"
                       " where c.channel_kind = 'mail'")  # fmt: skip
        expected = cursor.fetchone()[0]
    arrived = Counter(str(mail["Message-ID"]) for mail in mails.mails if "gast" in str(mail["To"]))
    wrong["mail that did not arrive"] += max(0, expected - len(arrived))
    wrong["mail that arrived twice"] += sum(times - 1 for times in arrived.values())
    return +wrong


def _complaints(log: Path) -> Counter[str]:
    words = ("Traceback", "ERROR", "was killed", "ended with code")
    lines = log.read_text(errors="replace").splitlines()
    return Counter(line.split("|")[-1].strip()[:120] for line in lines if any(word in line for word in words))
