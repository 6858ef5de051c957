"""Noting what ended for good and what was backed up."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.core.jobs import defer
from treffpunkt.journal.services import Named
from treffpunkt.upkeep import ended, listing, rules
from treffpunkt.upkeep.listing import Ended
from treffpunkt.upkeep.models import Backup, Erasure


@transaction.atomic
def note_erasure(record: Named, which: Collection[str] = ()) -> None:
    """Note that a record was erased, so that restoring an older backup erases it again; call it where it is erased.

    With `which`, what was decided about texts that mention it, as places and never as words.
    The row commits with the erasure. The list outside the database is written at once on this machine, and by a
    job on the worker's: should we be killed in between, the job still does it.
    """
    noted, _made = Erasure.objects.get_or_create(record_kind=record.kind, record_id=record.pk)
    noted.which = sorted({*noted.which, *which})
    noted.save(update_fields=["which"])
    keep_list_soon()
    one = Ended(kind=record.kind, id=str(record.pk), which=tuple(noted.which))
    transaction.on_commit(partial(listing.add, list_path(), [one]), robust=True)


def keep_list_soon() -> None:
    """Ask for what ended just now to be added to the list outside the database once this transaction commits."""
    defer("upkeep.keep_erasures", once="upkeep.keep_erasures")


def keep_list() -> int:
    """Add to the list outside the database what is missing there; return how much that was."""
    return listing.add(list_path(), known_to_have_ended())


def forgotten_erasures() -> list[Ended]:
    """Give what the list says was erased and this database, younger or older, knows nothing of."""
    erased = {one for one in listing.read(list_path()) if not one.at and one.kind != ended.LINK}
    # By kind and id: what was decided about texts may stand in the one and not in the other.
    known = {(one.kind, one.id) for one in known_to_have_ended()} if erased else set()
    return sorted(one for one in erased if (one.kind, one.id) not in known)


def known_to_have_ended() -> set[Ended]:
    """Give what this database knows to have ended."""

    def ask(question: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return list(cursor.fetchall())

    return ended.known(ask)


def list_path() -> Path:
    """Say where the list outside the database lies."""
    return Path(settings.ERASURES_FILE)


@transaction.atomic
def note_backup(*, by: Agent, version: str, size: int, rows: int, files: int, encrypted: bool) -> Backup:
    """Note that a backup was made: bytes, rows and files in it."""
    require(rules.may_look_after(by))
    return Backup.objects.create(version=version, size=size, rows=rows, files=files, encrypted=encrypted)
