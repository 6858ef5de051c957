"""Figures for monitoring: how long requests take by route, and how much waits. No names, no ids, no addresses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.metadata import version

from django.db import Error
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from treffpunkt.core.clock import now
from treffpunkt.post.holding import held
from treffpunkt.upkeep import figures
from treffpunkt.upkeep.queries import last_backup

_OWN = CollectorRegistry()
REQUESTS = Histogram(
    "treffpunkt_request_seconds",
    "How long requests took.",
    ["route", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=_OWN,
)


def text() -> bytes:
    """Write all figures out as Prometheus reads them, those of every process of this web server."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_Own())
    registry.register(_Stock())
    return generate_latest(registry)


class _Own(Collector):
    def collect(self) -> Iterator[Metric]:
        """Give what this process has measured."""
        yield from _OWN.collect()


class _Stock(Collector):
    """What the database holds at this moment; counted anew each time somebody asks."""

    def describe(self) -> list[Metric]:
        """Promise nothing beforehand, since that would already ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Count; where the database is away, say so instead."""
        yield _one("info", "The version that runs.", 1, {"version": version("treffpunkt")})
        try:
            found = [*_jobs(), *_messages(), *_backup()]
        except Error:
            yield _one("database_up", "Whether the database answers.", 0)
            return
        yield _one("database_up", "Whether the database answers.", 1)
        yield from found


def _jobs() -> Iterator[Metric]:
    jobs = figures.jobs()
    states = GaugeMetricFamily("treffpunkt_jobs", "Background jobs that are not done, by state.", labels=["state"])
    for state in ("todo", "due", "doing", "stalled", "failed"):
        states.add_metric([state], jobs.states.get(state, 0))
    yield states
    failed = GaugeMetricFamily("treffpunkt_jobs_failed", "Jobs that failed in the last week.", labels=["job"])
    for name, number in jobs.failed.items():
        failed.add_metric([name], number)
    yield failed
    waits = (now() - jobs.waiting_since).total_seconds() if jobs.waiting_since else 0
    yield _one("jobs_waiting_seconds", "How long the oldest due job has been waiting.", waits)
    yield _one("workers", "Workers that gave a sign of life within a minute.", jobs.workers)


def _messages() -> Iterator[Metric]:
    messages = figures.messages()
    states = GaugeMetricFamily("treffpunkt_messages", "Messages out, by state.", labels=["channel", "state"])
    for (channel, state), number in messages.states.items():
        states.add_metric([channel, state], number)
    yield states
    waits = (now() - messages.due_since).total_seconds() if messages.due_since else 0
    yield _one("mail_waiting_seconds", "How long the oldest due mail has been waiting.", waits)
    yield _one("messages_held", "Whether messages are held back after a restore.", int(held() is not None))


def _backup() -> Iterator[Metric]:
    if (backup := last_backup()) is not None:
        age = (now() - backup.created_at).total_seconds()
        yield _one("backup_age_seconds", "How old the last backup is.", age)


def _one(name: str, says: str, value: float, labels: dict[str, str] | None = None) -> Metric:
    family = GaugeMetricFamily(f"treffpunkt_{name}", says, labels=list(labels or {}))
    family.add_metric(list((labels or {}).values()), value)
    return family
