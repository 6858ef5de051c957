"""For whom the database reads: told to it in each transaction, obeyed by row-level security.

The application's rules are the first lock, this is the second. Whoever has not said who they are sees no row that is
under it. The setting is local to the transaction: one of the session would leak through a pooler.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from treffpunkt.core.agent import Agent, LinkHolder

NOBODY, SYSTEM = "", "system"
TELL = "select set_config('app.subject', %s, true)"

_acting: ContextVar[str | None] = ContextVar("acting", default=None)
# Workers and commands act for the system; the web server says that it serves nobody until somebody says who they are.
_otherwise = SYSTEM


def subject_of(by: Agent) -> str:
    """Name an agent as policies know it: the id of a member of staff, "system", or "purpose:id" of a link."""
    if isinstance(by, LinkHolder):
        return f"{by.purpose}:{by.subject_id}"
    return str(by.agent_id) if by.agent_kind == "staff" else SYSTEM


def acting() -> str:
    """Tell who acts here; outside any block whoever this process works for."""
    found = _acting.get()
    return _otherwise if found is None else found


def work_for(subject: str) -> None:
    """Say whom this process works for outside any block."""
    global _otherwise
    _otherwise = subject


@contextmanager
def acting_as(subject: str) -> Iterator[None]:
    """Act as somebody for the length of a block, in a transaction of its own or in the one that is open."""
    inside = connection.in_atomic_block
    before = acting()
    mark = _acting.set(subject)
    try:
        # A transaction that begins here is told by the connection itself (see `core.postgresql`).
        with transaction.atomic(savepoint=False):
            if inside and subject != before:
                _tell(subject)
            yield
            if inside and subject != before and not connection.needs_rollback:
                _tell(before)
    finally:
        _acting.reset(mark)


def as_system() -> AbstractContextManager[None]:
    """Step over the second lock where a use case must reach rows that whoever asks may not read: to blank, to count."""
    return acting_as(SYSTEM)


def _tell(subject: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TELL, [subject])
