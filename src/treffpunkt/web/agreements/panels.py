"""Agreements on the pages of groups, people and organisations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from treffpunkt.agreements.models import Agreement
from treffpunkt.web.agreements.words import STATE_KINDS, state_labels, state_of


def agreed(agreements: Iterable[Agreement]) -> list[dict[str, Any]]:
    """Say the agreements of a page in words."""
    labels = state_labels()
    return [
        {
            "pk": one.pk,
            "name": one.name,
            "state": state_of(one, labels),
            "kind": STATE_KINDS[Agreement.State(one.state)],
            "since": one.in_force_since if one.is_running else one.state_since,
        }
        for one in agreements
    ]
