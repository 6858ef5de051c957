"""Who acts: a member of staff, the holder of a signed link, or the system itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol, runtime_checkable
from uuid import UUID


@runtime_checkable
class Agent(Protocol):
    """Whoever acts in a use case.

    `agent_kind` is "staff", "link" or "system". `agent_id` is the id of the staff account, or of the
    person whom a link was given to. `roles` are staff roles, or the one purpose of a link.
    """

    @property
    def agent_kind(self) -> str: ...

    @property
    def agent_id(self) -> UUID | None: ...

    @property
    def roles(self) -> Collection[str]: ...


@dataclass(frozen=True)
class System:
    """The system itself: jobs, migrations and the demo story."""

    agent_kind: str = "system"
    agent_id: UUID | None = None
    roles: Collection[str] = frozenset({"system"})


@dataclass(frozen=True)
class LinkHolder:
    """Somebody outside who opened a signed link; may do exactly what the link is for."""

    purpose: str
    subject_kind: str
    subject_id: UUID
    agent_id: UUID | None
    agent_kind: str = "link"

    @property
    def roles(self) -> Collection[str]:
        """Give the link's purpose as its only role."""
        return frozenset({self.purpose})


SYSTEM = System()


def is_system(by: Agent) -> bool:
    """Say whether the system itself acts."""
    return by.agent_kind == "system"


def has_role(by: Agent, *roles: str) -> bool:
    """Say whether a member of staff holds one of these roles."""
    return by.agent_kind == "staff" and any(role in by.roles for role in roles)
