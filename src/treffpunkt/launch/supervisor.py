"""Running several processes as one: their logs prefixed, a crashed one started again, all stopped together."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Self

from treffpunkt.launch import children, logs

STOP_SECONDS = 1.7  # together with the database's stop all must be over within three seconds
CALM_SECONDS = 20  # who ran that long is started again at once
LONGEST_PAUSE = 15
WIDTH = len("database")  # of the longest name, before what it says


@dataclass
class Kept:
    """A process that is kept running; `start` begins it and gives it.

    One that is there already (`process`) belongs to somebody else, who also stops it. One that does its work `once`
    is not started again.
    """

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    once: bool = False
    begun: float = 0
    again_at: float | None = None
    pause: float = 0
    rest: bytes = b""
    ours: bool = field(init=False)

    def __post_init__(self) -> None:
        self.ours = self.process is None
        self.begun = time.monotonic()


def child(name: str, command: list[str], env: dict[str, str], *, once: bool = False) -> Kept:
    """Keep a command running, or run it once; its words are printed under its name."""

    def start() -> subprocess.Popen[bytes]:
        return children.start(command, when_orphaned=signal.SIGTERM, env=env, output=subprocess.PIPE)

    return Kept(name, start, once=once)


class Supervisor:
    """Keeps processes running until `ask_to_stop`; they end with its block."""

    def __init__(self) -> None:
        self.everything: list[Kept] = []
        self.stopping = False
        self._json = logs.as_json()
        self._selector = selectors.DefaultSelector()
        self._wake_read, self._wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._selector.register(self._wake_read, selectors.EVENT_READ, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop_all()

    def keep(self, *more: Kept) -> None:
        """Start processes that do not run yet, and look after them from now on."""
        for kept in more:
            self.everything.append(kept)
            if kept.process is None:
                self._start(kept)

    def ask_to_stop(self, *_: object) -> None:
        """Stop as soon as the loop comes round; safe in a signal handler."""
        self.stopping = True
        try:
            os.write(self._wake_write, b"x")
        except OSError:
            return

    def run(self) -> None:
        """Look after all of them until asked to stop."""
        while not self.stopping:
            self._read(0.2)
            for kept in self.everything:
                self._look_after(kept)

    def say(self, name: str, text: str) -> None:
        """Print one line under a name; where it cannot be written, on a full disk, the work goes on without it."""
        line = logs.line(name, text) if self._json else f"{name:<{WIDTH}} | {logs.blank(text)}"
        with suppress(OSError):
            os.write(sys.stdout.fileno(), f"{line}\n".encode())

    def _start(self, kept: Kept) -> None:
        kept.process = kept.start()
        kept.begun, kept.again_at, kept.rest = time.monotonic(), None, b""
        if kept.process.stdout is not None:
            os.set_blocking(kept.process.stdout.fileno(), False)
            self._selector.register(kept.process.stdout, selectors.EVENT_READ, kept)

    def _look_after(self, kept: Kept) -> None:
        now = time.monotonic()
        if kept.process is None:
            if kept.again_at is not None and now >= kept.again_at:
                self._start(kept)
            return
        code = kept.process.poll()
        if code is None:
            return
        self._let_go(kept)
        if kept.once:
            if code:
                self.say(kept.name, "failed; the reason stands above")
            return
        kept.pause = 0 if now - kept.begun > CALM_SECONDS else min(kept.pause * 2 or 0.5, LONGEST_PAUSE)
        kept.again_at = now + kept.pause
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        self.say(kept.name, f"{how}; starting it again" + (f" in {kept.pause:g} s" if kept.pause >= 1 else ""))

    def _let_go(self, kept: Kept) -> None:
        """Collect a dead process: its last words, and whatever it had started and left."""
        assert kept.process is not None
        if kept.ours:
            children.kill_group(kept.process, signal.SIGKILL)
        if kept.process.stdout is not None:
            self._drain(kept.process.stdout, kept)
            if kept.rest:
                self.say(kept.name, kept.rest.decode(errors="replace"))
            self._selector.unregister(kept.process.stdout)
            kept.process.stdout.close()
        kept.process = None

    def _read(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if key.data is None:
                os.read(self._wake_read, 64)
            else:
                self._drain(key.fileobj, key.data)  # type: ignore[arg-type]

    def _drain(self, stream: IO[bytes], kept: Kept) -> None:
        try:
            block = os.read(stream.fileno(), 65536)
        except BlockingIOError:
            return
        if not block:
            time.sleep(0.01)  # closed but not dead yet: do not spin
            return
        *lines, kept.rest = (kept.rest + block).split(b"\n")
        for line in lines:
            self.say(kept.name, line.decode(errors="replace").rstrip())

    def _stop_all(self) -> None:
        until = time.monotonic() + STOP_SECONDS
        running = [kept for kept in self.everything if kept.ours and kept.process is not None]
        for kept in running:
            assert kept.process is not None
            kept.process.send_signal(signal.SIGTERM)
        while time.monotonic() < until and any(kept.process and kept.process.poll() is None for kept in running):
            self._read(0.05)
        for kept in running:
            assert kept.process is not None
            children.kill_group(kept.process, signal.SIGKILL)
            kept.process.wait()
            self._let_go(kept)
        self._selector.close()
        os.close(self._wake_read)
        os.close(self._wake_write)
