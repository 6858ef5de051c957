"""Asking for a new plan of whom to talk to next, whenever what it rests on has changed."""

from __future__ import annotations

from treffpunkt.core.jobs import defer


def ask_for_new_plan() -> None:
    """Ask for the plan to be renewed; asked many times at once, it is renewed once."""
    defer("network.renew_plan", once="network.renew_plan")
