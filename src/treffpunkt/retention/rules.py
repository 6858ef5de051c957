"""Who decides how long things are kept."""

from __future__ import annotations

from treffpunkt.core.agent import Agent, has_role, is_system


def may_see(by: Agent) -> bool:
    """Everybody on the staff may know how long things are kept."""
    return is_system(by) or by.agent_kind == "staff"


def may_change(by: Agent) -> bool:
    """Coordination answers for the periods."""
    return is_system(by) or has_role(by, "coordinator")
