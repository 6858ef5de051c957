"""Whoever stops the tests before their end is told which of them were going on, and for how long."""

from __future__ import annotations

import os
import signal
import sys
import time

_begun: dict[str, float] = {}


def pytest_configure(config) -> None:
    """Listen for the signal, once: in the process that also hears of the tests of all workers."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        signal.signal(signal.SIGTERM, _stopped)


def pytest_runtest_logstart(nodeid: str) -> None:
    """Note that a test begins."""
    _begun[nodeid] = time.monotonic()


def pytest_runtest_logfinish(nodeid: str) -> None:
    """Note that a test is over."""
    _begun.pop(nodeid, None)


def _stopped(*_: object) -> None:
    for nodeid, begun in _begun.items():
        print(f"\nwas going on for {time.monotonic() - begun:.0f} s: {nodeid}", file=sys.__stderr__, flush=True)
    raise KeyboardInterrupt
