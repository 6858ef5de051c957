"""Who changes the reference data."""

from __future__ import annotations

from treffpunkt.core.agent import Agent, has_role, is_system
from treffpunkt.people.models import Role


def may_edit(by: Agent) -> bool:
    """Coordination decides how topics are called and what concerns women especially."""
    return is_system(by) or has_role(by, Role.COORDINATOR)
