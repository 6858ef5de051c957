"""Who looks after the installation."""

from __future__ import annotations

from treffpunkt.core.agent import Agent, has_role, is_system

SYSTEM_ADMINISTRATION = "system_administrator"


def may_look_after(by: Agent) -> bool:
    """System administration sees how the installation is."""
    return is_system(by) or has_role(by, SYSTEM_ADMINISTRATION)
