"""One lock for everything an agreement holds: whoever changes any of it locks the agreement first."""

from __future__ import annotations

from typing import Any

from treffpunkt.agreements.models import Agreement
from treffpunkt.core.clock import now


def locked(agreement: Agreement) -> Agreement:
    """Lock an agreement, so that two people acting at once leave one truth."""
    return Agreement.objects.select_for_update(of=("self",)).select_related("owner", "current").get(pk=agreement.pk)


def neighbours(agreement: Agreement) -> list[Any]:
    """List the records in whose threads an agreement's entries show: its groups, people and organisations."""
    found: dict[Any, Any] = {space.pk: space for space in agreement.spaces.all()}
    for party in agreement.parties.select_related("actor", "organisation"):
        found |= {one.pk: one for one in (party.actor, party.organisation) if one is not None}
    return list(found.values())


def move(agreement: Agreement, state: str) -> None:
    """Take an agreement to another state as of now; the caller holds its lock."""
    agreement.move_to(state)
    agreement.state_since = now()
    agreement.advance()
    agreement.save()
