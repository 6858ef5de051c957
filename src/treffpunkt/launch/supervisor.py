"""Running several processes as one: their logs prefixed, a crashed one started again, all stopped together."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import IO

from treffpunkt.launch import children

STOP_SECONDS = 1.7  # together with the database's stop all must be over within three seconds
CALM_SECONDS = 20  # who ran that long is started again at once
LONGEST_PAUSE = 15


@dataclass
class Child:
    """A process that is kept running."""

    name: str
    command: list[str]
    env: dict[str, str] = field(repr=False)
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0
    again_at: float | None = None
    pause: float = 0
    rest: bytes = b""


class Supervisor:
    """Keeps its children running until `ask_to_stop` or a signal."""

    def __init__(self, children_: list[Child]) -> None:
        self.children = children_
        self.stopping = False
        self._selector = selectors.DefaultSelector()
        self._width = max(len(child.name) for child in children_)
        self._wake_read, self._wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._selector.register(self._wake_read, selectors.EVENT_READ, None)

    def ask_to_stop(self, *_: object) -> None:
        """Stop as soon as the loop comes round; safe in a signal handler."""
        self.stopping = True
        try:
            os.write(self._wake_write, b"x")
        except OSError:
            return

    def run(self) -> None:
        """Start everything and stay until asked to stop."""
        try:
            for child in self.children:
                self._start(child)
            while not self.stopping:
                self._read(0.2)
                for child in self.children:
                    self._look_after(child)
        finally:
            self._stop_all()

    def say(self, name: str, text: str) -> None:
        """Print one line under a name."""
        sys.stdout.write(f"{name:<{self._width}} | {text}\n")
        sys.stdout.flush()

    def _start(self, child: Child) -> None:
        child.process = children.start(
            child.command, when_orphaned=signal.SIGTERM, env=child.env, output=subprocess.PIPE
        )
        child.begun, child.again_at, child.rest = time.monotonic(), None, b""
        assert child.process.stdout is not None
        os.set_blocking(child.process.stdout.fileno(), False)
        self._selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if child.again_at is not None and now >= child.again_at:
                self._start(child)
            return
        code = child.process.poll()
        if code is None:
            return
        self._let_go(child)
        child.pause = 0 if now - child.begun > CALM_SECONDS else min(child.pause * 2 or 0.5, LONGEST_PAUSE)
        child.again_at = now + child.pause
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        self.say(child.name, f"{how}; starting it again" + (f" in {child.pause:g} s" if child.pause >= 1 else ""))

    def _let_go(self, child: Child) -> None:
        """Collect a dead child: its last words, and whatever it had started and left."""
        assert child.process is not None
        assert child.process.stdout is not None
        children.kill_group(child.process, signal.SIGKILL)
        self._drain(child.process.stdout, child)
        if child.rest:
            self.say(child.name, child.rest.decode(errors="replace"))
        self._selector.unregister(child.process.stdout)
        child.process.stdout.close()
        child.process = None

    def _read(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if key.data is None:
                os.read(self._wake_read, 64)
            else:
                self._drain(key.fileobj, key.data)  # type: ignore[arg-type]

    def _drain(self, stream: IO[bytes], child: Child) -> None:
        try:
            block = os.read(stream.fileno(), 65536)
        except BlockingIOError:
            return
        if not block:
            time.sleep(0.01)  # closed but not dead yet: do not spin
            return
        *lines, child.rest = (child.rest + block).split(b"\n")
        for line in lines:
            self.say(child.name, line.decode(errors="replace").rstrip())

    def _stop_all(self) -> None:
        until = time.monotonic() + STOP_SECONDS
        running = [child for child in self.children if child.process is not None]
        for child in running:
            assert child.process is not None
            child.process.send_signal(signal.SIGTERM)
        while time.monotonic() < until and any(child.process and child.process.poll() is None for child in running):
            self._read(0.05)
        for child in running:
            assert child.process is not None
            children.kill_group(child.process, signal.SIGKILL)
            child.process.wait()
            self._let_go(child)
        self._selector.close()
        os.close(self._wake_read)
        os.close(self._wake_write)
