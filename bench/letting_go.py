"""Names that go by themselves, all at once: everybody of the real network whom nobody ever told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from bench.figures import Figure

SECONDS, PIECE_SECONDS, SLOWDOWN, MEGABYTES = 120, 5, 2, 400


def measure(data: Path) -> Iterator[Figure]:
    """Load the network, let every name of it go, and look how steadily that went."""
    from bench.database import fresh

    with fresh():
        from bench import landscape
        from treffpunkt.core.agent import SYSTEM
        from treffpunkt.core.clock import now
        from treffpunkt.meetings.services import forgetting
        from treffpunkt.network import queries
        from treffpunkt.network.services import letting_go

        landscape.load(data)
        ends: list[float] = []

        def told(ids: list[UUID]) -> None:
            forgetting.forget_guests(by=SYSTEM, actor_ids=ids)
            ends.append(time.perf_counter())

        _forget_peak()
        began = time.perf_counter()
        due = now() + timedelta(days=1)
        gone = letting_go.let_go_untold(due, told)
        seconds = time.perf_counter() - began
        pieces = [end - start for start, end in zip([began, *ends], ends, strict=False)]
        yield Figure("retention.leaving.people", gone, "")
        # Guests whose invitation is under way are being told: their names stay.
        yield Figure("retention.leaving.left", queries.untold_since(due).count(), "", 0)
        yield Figure("retention.leaving.seconds", seconds, "s", SECONDS)
        # Of the whole process, with what it held before.
        yield Figure("retention.leaving.mb", _peak(), "MB", MEGABYTES)
        yield Figure("retention.leaving.piece_seconds", max(pieces), "s", PIECE_SECONDS)
        # How much longer the last pieces took than the first: what grows with what is already gone shows here.
        tenth = max(1, len(pieces) // 10)
        yield Figure("retention.leaving.slowdown", sum(pieces[-1 - tenth : -1]) / sum(pieces[:tenth]), "×", SLOWDOWN)


def _forget_peak() -> None:
    """Let the system count the peak of this process anew."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise LookupError("The system does not tell the peak of a process.")
