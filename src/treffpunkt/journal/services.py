"""Writing the journal: called by every use case, inside its transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from treffpunkt.core import bulk
from treffpunkt.core.agent import Agent
from treffpunkt.journal.models import Entry, Origin, Touched


class Named(Protocol):
    """Anything that can be named by kind and id."""

    @property
    def kind(self) -> str: ...

    @property
    def pk(self) -> UUID: ...


def record(by: Agent, verb: str, subject: Named, *others: Named, fields: Iterable[str] = ()) -> Entry:
    """Note that `by` did `verb` to `subject`; the entry also shows in the threads of `others`."""
    return record_many(by, verb, [(subject, others)], fields=fields)[0]


def record_many(
    by: Agent, verb: str, subjects: Iterable[tuple[Named, Sequence[Named]]], *, fields: Iterable[str] = ()
) -> list[Entry]:
    """Note one act on many records at once: two inserts, whatever their number."""
    names = list(fields)
    pairs = list(subjects)
    entries = [
        Entry(
            verb=verb,
            agent_kind=by.agent_kind,
            agent_id=by.agent_id,
            subject_kind=subject.kind,
            subject_id=subject.pk,
            fields=names,
        )
        for subject, _ in pairs
    ]
    Entry.objects.bulk_create(entries, batch_size=2000)
    Touched.objects.bulk_create(
        (
            Touched(entry=entry, record_kind=kind, record_id=pk)
            for entry, (subject, others) in zip(entries, pairs, strict=True)
            for pk, kind in {named.pk: named.kind for named in (subject, *others)}.items()
        ),
        batch_size=4000,
    )
    return entries


def record_thousands(
    by: Agent, verb: str, kind: str, subjects: Iterable[tuple[UUID, Sequence[tuple[str, UUID]]]]
) -> None:
    """Note one act on thousands of records of a kind, each with the (kind, id) of others it touched: copied in."""
    entries: list[dict[str, Any]] = []
    touched: list[dict[str, Any]] = []
    who = {"verb": verb, "agent_kind": by.agent_kind, "agent_id": by.agent_id, "subject_kind": kind}
    for pk, others in subjects:
        entry = uuid7()
        entries.append({"id": entry, "subject_id": pk, **who})
        for other_kind, other in dict.fromkeys(((kind, pk), *others)):
            touched.append({"entry_id": entry, "record_kind": other_kind, "record_id": other})
    bulk.insert(Entry, entries)
    bulk.insert(Touched, touched)


@transaction.atomic
def grow(source: Named, result: Named) -> Origin:
    """Note that `result` grew from `source`; a second time changes nothing."""
    origin, _ = Origin.objects.get_or_create(
        source_id=source.pk,
        result_id=result.pk,
        defaults={"source_kind": source.kind, "result_kind": result.kind},
    )
    return origin
