"""A running `treffpunkt up`, as somebody at a terminal sees it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TypeVar

from tests.support.mail import free_port
from treffpunkt.launch.children import is_alive

T = TypeVar("T")
STARTS_WITHIN = 180  # seconds; generous, for a busy machine


class Up:
    """A running `treffpunkt up`."""

    def __init__(self, home: Path, *more: str, port: int | None = None, user: str | None = None, **env: str) -> None:
        self.home, self.port = home, port or free_port()
        # Into a file: a pipe that nobody reads would hold it up.
        self._said = home.parent / f"up-{time.monotonic_ns()}.log"
        with self._said.open("wb") as log:
            self.process = subprocess.Popen(
                [*(("setpriv", "--reuid", user, "--regid", "nogroup", "--clear-groups", "--") if user else ()),
                 sys.executable, "-m", "treffpunkt.launch", "up", "--port", str(self.port), *more],
                env=environment(home) | env, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    @property
    def said(self) -> str:
        """Give what stands in its terminal."""
        return self._said.read_text(errors="replace")

    def wait_for_page(self) -> str:
        return self.wait_for(lambda: page(self.port))

    def wait_for(self, what: Callable[[], T]) -> T:
        """Wait until something is true, and give it."""
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError(self.said)
            if found := what():
                return found
            time.sleep(0.1)
        raise AssertionError(f"this never came:\n{self.said}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Stop it in order; one that does not stop fails the test. How long it takes is for the bench to say."""
        self.process.send_signal(number)
        self.process.wait(60)

    def kill(self) -> None:
        """Kill the launcher, as the kernel does when memory runs out; what it started is not ours to stop."""
        self.process.kill()
        self.process.wait()

    @property
    def children(self) -> list[int]:
        """Give the processes started by it, theirs included."""
        return descendants(self.process.pid)

    def child(self, word: str) -> int:
        return next(pid for pid in descendants(self.process.pid, depth=1) if word in command_of(pid))


def environment(home: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TREFFPUNKT_", "PYTEST_"))}
    return clean | {
        "TREFFPUNKT_HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(home),
        "TREFFPUNKT_LOG": "text",
    }


def page(port: int) -> str:
    """Get the page that waits at the root, signing in; empty while nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/sign-in/")
        with connection.getresponse() as response:
            return response.read().decode() if response.status == 200 else ""
    except (OSError, HTTPException):
        return ""
    finally:
        connection.close()


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def descendants(pid: int, depth: int = 9) -> list[int]:
    found = []
    for task in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(task.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            child = int(task.parent.name)
            found += [child, *(descendants(child, depth - 1) if depth > 1 else ())]
    return found


def none_alive(pids: list[int], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while any(is_alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(is_alive(pid) for pid in pids)


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "treffpunkt.launch", *arguments],
        env=environment(home), capture_output=True, text=True, check=False, timeout=STARTS_WITHIN,
    )  # fmt: skip
