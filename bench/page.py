"""Pages on real data: CPU against a floor, wall time, queries, bytes, and how they grow with ten times the data."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.figures import Figure

if TYPE_CHECKING:
    from django.test import Client

WARM, ROUNDS = 6, 40
RATIO, P95, QUERIES, FIRST, LATER, GROWTH = 4.0, 100.0, 10.0, 120.0, 20.0, 1.5


def measure(data: Path) -> Iterator[Figure]:
    """Load the real groups, people and roles, then measure every page once and at ten times the data."""
    from bench.database import fresh

    with fresh() as folder:
        from bench import growing, landscape, transfer

        world = landscape.load(data)
        client, pages = _client(world), landscape.pages(world)
        once: dict[str, float] = {}
        for name, path in pages.items():
            cpu, floor = _cpu(client, path, landscape.FLOOR)
            once[name] = _p95(_walls(client, path))
            yield Figure(f"page.{name}.cpu_ms", cpu * 1000, "ms")
            yield Figure(f"page.{name}.cpu_ratio", cpu / floor, "", RATIO)
            yield Figure(f"page.{name}.p95_ms", once[name] * 1000, "ms", P95)
            yield Figure(f"page.{name}.queries", _queries(client, path), "", QUERIES)
        for name, (first, later) in transfer.weigh(folder, client, pages).items():
            yield Figure(f"page.{name}.kb_first", first / 1000, "KB", FIRST)
            yield Figure(f"page.{name}.kb_later", later / 1000, "KB", LATER)
        growing.grow(10)
        pages = landscape.pages(world)
        grown = {name: _p95(_walls(client, path)) for name, path in pages.items()}
        for name, seconds in grown.items():
            yield Figure(f"page.{name}.p95_ms_tenfold", seconds * 1000, "ms")
        yield Figure("page.growth", max(grown.values()) / max(once.values()), "", GROWTH)


def _client(world: Any) -> Client:
    from django.conf import settings
    from django.test import Client
    from django.urls import clear_url_caches

    settings.ROOT_URLCONF = "bench.urls"
    clear_url_caches()
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(world.coordinator)
    return client


def _get(client: Client, path: str) -> None:
    response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answers {response.status_code}.")


def _cpu(client: Client, *paths: str) -> list[float]:
    """Give the CPU seconds of the process for one request to each address, the medians of many.

    They are asked by turns, so that what slows the machine down for a while slows them all down alike.
    """
    for path in paths * WARM:
        _get(client, path)
    spent: dict[str, list[float]] = {path: [] for path in paths}
    for path in paths * ROUNDS:
        begun = time.process_time()
        _get(client, path)
        spent[path].append(time.process_time() - begun)
    return [statistics.median(spent[path]) for path in paths]


def _walls(client: Client, path: str) -> list[float]:
    for _ in range(WARM):
        _get(client, path)
    spent = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        _get(client, path)
        spent.append(time.perf_counter() - begun)
    return spent


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _queries(client: Client, path: str) -> int:
    """Count the statements of a request but for those that only open, close and name the transaction."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    with CaptureQueriesContext(connection) as captured:
        _get(client, path)
    return sum(
        1
        for query in captured.captured_queries
        if not query["sql"].upper().startswith(quiet) and "set_config" not in query["sql"]
    )
