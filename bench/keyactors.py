"""Whom to win next: the reach of the first k people, against the references of the same data, and the time."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure


def measure(data: Path) -> Iterator[Figure]:
    """Plan k steps on the real network; share of all members reached, seconds and peak memory."""
    from bench.database import fresh

    with fresh():
        from bench import landscape
        from treffpunkt.network import plan

        landscape.load(data)
        begun = time.perf_counter()
        tracemalloc.start()
        steps, total = plan.steps(50), plan.members()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        seconds = time.perf_counter() - begun
        for k, least in ((5, 0.23), (10, 0.34), (20, 0.43), (50, 0.53)):
            yield Figure(f"keyactors.reach_k{k}", sum(step.reach_added for step in steps[:k]) / total, "", least, True)
        yield Figure("keyactors.seconds", seconds, "s")
        yield Figure("keyactors.mb", peak / 2**20, "MB")
