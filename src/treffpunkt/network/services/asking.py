"""Noting that people were asked, where no entry of the contact log says so: an invitation asks as well."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.journal.services import record_many
from treffpunkt.network.models import Actor
from treffpunkt.network.services.planning import ask_for_new_plan


@transaction.atomic
def note_asked(*, by: Agent, ids: Iterable[UUID]) -> int:
    """Note of people who were not contacted yet that they are asked now; the caller has asked them. Gives how many."""
    waiting = Actor.objects.filter(pk__in=list(ids), standing=Actor.Standing.UNKNOWN, erased_at=None)
    rows = list(waiting.select_for_update().order_by("pk"))
    if not rows:
        return 0
    Actor.objects.filter(pk__in=[row.pk for row in rows]).update(
        standing=Actor.Standing.ASKED, version=F("version") + 1, changed_at=now()
    )
    record_many(by, "actor.standing_changed", [(row, ()) for row in rows], fields=["standing"])
    ask_for_new_plan()
    return len(rows)
