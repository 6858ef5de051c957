"""Noting what was erased and what was backed up."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.core.jobs import defer
from treffpunkt.journal.services import Named
from treffpunkt.upkeep import listing, rules
from treffpunkt.upkeep.listing import Erased
from treffpunkt.upkeep.models import Backup, Erasure


@transaction.atomic
def note_erasure(record: Named) -> None:
    """Note that a record was erased, so that restoring an older backup erases it again; call it where it is erased.

    The row commits with the erasure. The list outside the database is written at once on this machine, and by a
    job on the worker's: should we be killed in between, the job still does it.
    """
    Erasure.objects.get_or_create(record_kind=record.kind, record_id=record.pk)
    defer("upkeep.keep_erasures", once="upkeep.keep_erasures")
    one = Erased(kind=record.kind, id=str(record.pk))
    transaction.on_commit(partial(listing.add, list_path(), [one]), robust=True)


def keep_erasures() -> int:
    """Add to the list outside the database what is missing there; return how much that was."""
    return listing.add(list_path(), _noted())


def forgotten_erasures() -> list[Erased]:
    """Give what the list says was erased and this database, younger or older, knows nothing of."""
    return sorted(listing.read(list_path()) - _noted(), key=lambda one: (one.kind, one.id))


def list_path() -> Path:
    """Say where the list outside the database lies."""
    return Path(settings.ERASURES_FILE)


@transaction.atomic
def note_backup(*, by: Agent, version: str, size: int, rows: int, files: int, encrypted: bool) -> Backup:
    """Note that a backup was made: bytes, rows and files in it."""
    require(rules.may_look_after(by))
    return Backup.objects.create(version=version, size=size, rows=rows, files=files, encrypted=encrypted)


def _noted() -> set[Erased]:
    rows = Erasure.objects.values_list("record_kind", "record_id").iterator()
    return {Erased(kind=kind, id=str(pk)) for kind, pk in rows}
