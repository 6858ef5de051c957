"""What the radar finds: its kinds, worst first, each with the record it is about."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from treffpunkt.tasks.services import Reference

# Worst first; what stands before is shown before.
GONE, PARTY_GONE, FAILING, LEAVING, SUSPENDED, SINGLE, MOVED, REVIEW, LIMITED, UNPROVEN, UNTRIED, UNCHECKED = KINDS = (
    "gone", "party_gone", "failing", "leaving", "suspended", "single", "moved", "review", "limited", "unproven",
    "untried", "unchecked",
)  # fmt: skip
# Not of the radar but of Today: what either side promised and is due.
PROMISE = "promise"
RANK = {kind: rank for rank, kind in enumerate((*KINDS[:5], PROMISE, *KINDS[5:]))}
# Somebody is known who can be asked first.
ASKED_FIRST = frozenset({GONE, PARTY_GONE, LEAVING})
OF_PROFILE = frozenset({SUSPENDED, LIMITED})
OF_AGREEMENT = frozenset({PARTY_GONE, MOVED, REVIEW})
OF_RIGHT = frozenset({FAILING, UNPROVEN, UNTRIED})


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with our access, since when, and what is being done about it."""

    kind: str
    # The space, right, agreement, profile or role of which it is found.
    thing: UUID
    name: str
    language: str
    short: str
    right_kind: str
    since: date | None
    # Members of the group: the more, the worse.
    size: int | None
    space_id: UUID | None
    agreement_id: UUID | None
    actor_id: UUID | None
    owner_id: UUID | None
    # Of the remedy: the state of its task, and of asking somebody who leaves.
    task: str
    succession: str

    @property
    def task_id(self) -> UUID:
        """Give the id of its task: the same finding has the same task."""
        return task_id_of(self.kind, self.thing, self.since)

    @property
    def key(self) -> str:
        """Name it in a form."""
        return f"{self.kind}:{self.thing}"

    @property
    def is_handled(self) -> bool:
        """Say whether somebody is at it."""
        return self.task == "open" or bool(self.succession)

    @property
    def about(self) -> Reference:
        """Give the record its task is about."""
        if self.kind in OF_PROFILE:
            return Reference("network.profile", self.thing)
        if self.kind in OF_AGREEMENT and self.agreement_id:
            return Reference("agreements.agreement", self.agreement_id)
        return Reference("network.space", self.space_id or self.thing)


def task_id_of(kind: str, thing: UUID, since: date | None) -> UUID:
    """Give the id of the task that settles a finding; the query works out the same."""
    text = f"{kind}:{thing}:{since.isoformat() if since else ''}"
    return UUID(hashlib.sha256(text.encode()).hexdigest()[:32])
