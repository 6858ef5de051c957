"""Who may do what with accounts."""

from __future__ import annotations

from treffpunkt.core.agent import Agent, has_role, is_system
from treffpunkt.people.models import Role


def may_manage_staff(by: Agent) -> bool:
    """Coordination and system administration make and close accounts."""
    return is_system(by) or has_role(by, Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR)
