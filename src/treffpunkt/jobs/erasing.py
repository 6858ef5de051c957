"""Erasing anew what was erased after a backup was made."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from treffpunkt.core.agent import SYSTEM
from treffpunkt.network.models import Actor
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.upkeep.listing import Erased
from treffpunkt.upkeep.models import Erasure
from treffpunkt.upkeep.services import forgotten_erasures


def erase_again() -> int:
    """Erase what the list outside the database names and this database still holds; return how many that were."""
    return sum(_erase(one) for one in forgotten_erasures() if one.kind in KINDS)


@transaction.atomic
def _erase(one: Erased) -> bool:
    pk = UUID(one.id)
    erased = KINDS[one.kind](pk)
    # Also noted where the record is not here: it was made after the backup and will not come back.
    Erasure.objects.get_or_create(record_kind=one.kind, record_id=pk)
    return erased


def _erase_actor(pk: UUID) -> bool:
    actor = Actor.objects.filter(pk=pk, erased_at=None).first()
    if actor is None:
        return False
    erase_actor(by=SYSTEM, actor=actor)
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    # At once: nobody may read a name until a worker comes round.
    app.tasks["network.actor_erased"](actor_id=str(pk))
    return True


KINDS: dict[str, Callable[[UUID], bool]] = {"network.actor": _erase_actor}
