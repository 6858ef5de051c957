"""Asking for what is worked out from all records to be worked out anew, whenever what it rests on has changed."""

from __future__ import annotations

from treffpunkt.core.jobs import defer


def ask_for_new_plan() -> None:
    """Ask for the plan to be renewed; asked many times at once, it is renewed once."""
    defer("network.renew_plan", once="network.renew_plan")


def ask_for_suspects() -> None:
    """Ask for the list of records that may be the same; asked many times at once, it is worked out once."""
    defer("network.renew_suspects", once="network.renew_suspects")
