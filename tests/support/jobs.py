"""The jobs a test has asked for, read from the real table of jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import connection

Job = tuple[str, dict[str, Any]]


class Deferred(Sequence):
    """The jobs deferred since the test began, as (name, arguments) in the order they were asked for."""

    def __init__(self) -> None:
        self._after = self._newest()

    @property
    def names(self) -> list[str]:
        """Give the names alone."""
        return [name for name, _ in self._jobs()]

    def __getitem__(self, index):
        return self._jobs()[index]

    def __len__(self) -> int:
        return len(self._jobs())

    def __iter__(self) -> Iterator[Job]:
        return iter(self._jobs())

    def __eq__(self, other: object) -> bool:
        return self._jobs() == other

    __hash__ = None

    def __repr__(self) -> str:
        return repr(self._jobs())

    def clear(self) -> None:
        """Forget what was deferred so far."""
        self._after = self._newest()

    def forget_waiting(self) -> None:
        """Take away the jobs that wait, so that one asked for only once at a time is asked for again."""
        with connection.cursor() as cursor:
            cursor.execute("delete from procrastinate_jobs where status = 'todo'")

    def _jobs(self) -> list[Job]:
        import json

        with connection.cursor() as cursor:
            cursor.execute("select task_name, args from procrastinate_jobs where id > %s order by id", [self._after])
            return [(name, json.loads(args) if isinstance(args, str) else args) for name, args in cursor.fetchall()]

    def _newest(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("select coalesce(max(id), 0) from procrastinate_jobs")
            return cursor.fetchone()[0]


@pytest.fixture
def deferred(db) -> Deferred:
    """Give the jobs deferred in this test; compares with a list of (name, arguments)."""
    return Deferred()
