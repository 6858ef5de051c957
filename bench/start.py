"""From a fresh clone to the first page, again on existing data, and how long a stop takes.

Cold means: nothing fetched and nothing built in the clone, no data. What the package managers keep in the caches of
this machine may be used, since how fast a registry answers is not ours to measure. Warm means: everything fetched
and built, but no data yet, so the database is made and migrated; the demo story is told beside the first page, which
shows its people as soon as they are there (`story`, from the start on). A restart finds its data. The path has a space
in it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure
from tests.support.mail import free_port

ROOT = Path(__file__).resolve().parent.parent
COLD, WARM, RESTART, STOP = 30.0, 8.0, 3.0, 3.0
PATIENCE = 600  # seconds after which a start has failed
FIRST_PAGE = "/sign-in/"  # where everybody lands first


def measure(data: Path) -> Iterator[Figure]:
    """Clone the committed state and start it as a newcomer does, with `make run`."""
    with tempfile.TemporaryDirectory(prefix="treffpunkt-bench-") as name:
        Path(name).chmod(0o755)  # the database's own user passes through
        clone = Path(name) / "a clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        cold, warm = Path(name) / "cold", Path(name) / "warm"
        with _running(clone, cold) as seconds:
            yield Figure("start.cold_s", seconds, "s", COLD)
        with _running(clone, warm) as seconds, warm.with_suffix(".log").open() as said:
            yield Figure("start.warm_s", seconds, "s", WARM)
            began = time.perf_counter()
            while "The demo story is loaded." not in said.read():
                time.sleep(0.02)
            yield Figure("start.story_s", seconds + time.perf_counter() - began, "s")
        stops = []
        with _running(clone, warm, stops) as seconds:
            yield Figure("start.restart_s", seconds, "s", RESTART)
        yield Figure("start.stop_s", stops[0], "s", STOP)


@contextmanager
def _running(clone: Path, home: Path, stops: list[float] | None = None) -> Iterator[float]:
    """Run `make run`; gives the seconds until the first page is whole, and notes those from Ctrl-C to the end."""
    port = free_port()
    log = home.with_suffix(".log")
    with log.open("ab") as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            ["make", "run", f"PORT={port}"], cwd=clone, env=_environment(home), stdout=said,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            _first_page(process, port, log)
            yield time.perf_counter() - began
        finally:
            began = time.perf_counter()
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)  # what Ctrl-C in a terminal does
            process.wait(60)
            if stops is not None:
                stops.append(time.perf_counter() - began)


def _first_page(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{FIRST_PAGE}", timeout=5) as answer:
                if b"</html>" in answer.read():
                    return
        except OSError:  # also of the launcher, which holds the port until the web server takes it
            time.sleep(0.02)
    print(log.read_text(errors="replace"), file=sys.stderr)
    raise SystemExit("`make run` did not reach its first page; what it said stands above.")


def _environment(home: Path) -> dict[str, str]:
    """Give the environment of somebody at a terminal: none of our settings, nothing of the bench's own tools."""
    gone = ("TREFFPUNKT_", "MAKE", "MFLAGS", "UV_", "VIRTUAL_ENV", "DJANGO_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(gone)}
    own = str(ROOT / ".venv" / "bin")
    path = os.pathsep.join(part for part in kept.get("PATH", "").split(os.pathsep) if part != own)
    return kept | {"PATH": path, "TREFFPUNKT_HOME": str(home)}
