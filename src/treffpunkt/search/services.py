"""Keeping names findable: called by whoever makes, changes or erases a record, inside its transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from treffpunkt.core.jobs import defer
from treffpunkt.core.text import fold, tidy
from treffpunkt.search import keys
from treffpunkt.search.models import ALL_NAMES, RARE, Name

CHUNK = 10_000
# From so many records on, the keys are counted anew: what is rare has changed.
MANY = 500


class Named(Protocol):
    """Anything that can be named by kind and id."""

    @property
    def kind(self) -> str: ...

    @property
    def pk(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """What one record is found by; without a name, its first handle stands for it."""

    kind: str
    record_id: UUID
    names: Sequence[str] = ()
    phones: Sequence[str] = ()
    urls: Sequence[str] = ()
    handles: Sequence[str] = ()
    addresses: Sequence[str] = ()


def index(
    record: Named,
    *,
    names: Sequence[str],
    phones: Sequence[str] = (),
    urls: Sequence[str] = (),
    handles: Sequence[str] = (),
    addresses: Sequence[str] = (),
) -> None:
    """Make a record findable by these and no longer by what it was called before."""
    index_many([Entry(record.kind, record.pk, names, phones, urls, handles, addresses)])


@transaction.atomic
def index_many(entries: Iterable[Entry]) -> int:
    """Make many records findable; three statements for ten thousand. Returns how many names were written."""
    every, written, records = iter(entries), 0, 0
    while chunk := list(islice(every, CHUNK)):
        forget([entry.record_id for entry in chunk])
        written += _insert([row for entry in chunk for row in _rows(entry)])
        records += len(chunk)
    if records >= MANY:
        defer("search.renew_frequencies", once="search.renew_frequencies")
    return written


def forget(record_ids: Iterable[UUID]) -> None:
    """Take records out of the search."""
    ids = list(record_ids)
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM search_name WHERE record_id = ANY(%s) RETURNING id, keys), "
            "pairs AS (SELECT unnest(keys) AS key, id FROM gone) "
            "DELETE FROM search_posting p USING pairs WHERE p.key = pairs.key AND p.name_id = pairs.id",
            [ids],
        )


def rename(record_ids: Iterable[UUID], change: Callable[[str], str]) -> None:
    """Change the words under which records are found, where a name was taken out of them; their keys are hashes."""
    for name in Name.objects.filter(record_id__in=list(record_ids)):
        text = change(name.text)
        if text != name.text:
            Name.objects.filter(pk=name.pk).update(text=text[: keys.LONGEST], folded=fold(text)[: keys.LONGEST])


@transaction.atomic
def renew_frequencies() -> int:
    """Count anew how many names carry each key; returns how many keys are worth remembering."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search.renew_frequencies'))")
        cursor.execute(
            "WITH counted AS MATERIALIZED ("
            "  SELECT key, count(*) AS names FROM search_posting GROUP BY key HAVING count(*) >= %s"
            "  UNION ALL SELECT %s, count(*) FROM search_name"
            "), gone AS (DELETE FROM search_frequency f WHERE NOT EXISTS (SELECT 1 FROM counted c WHERE c.key = f.key)"
            ") INSERT INTO search_frequency AS f (key, names) SELECT key, names FROM counted "
            "ON CONFLICT (key) DO UPDATE SET names = excluded.names WHERE f.names <> excluded.names",
            [RARE, ALL_NAMES],
        )
        # Searching reads the pairs through the index alone where the statistics say how many there are.
        cursor.execute("ANALYZE search_name, search_posting")
        cursor.execute("SELECT count(*) FROM search_frequency")
        return int(cursor.fetchone()[0])


def _rows(entry: Entry) -> Iterator[tuple[str, UUID, str, str, list[int]]]:
    """Give a record's names with their keys; the keys of its other fields go with the first one."""
    others = [
        *keys.phone_keys(entry.phones),
        *keys.url_keys(entry.urls),
        *keys.handle_keys(entry.handles),
        *keys.address_keys(entry.addresses),
    ]
    seen = set()
    for name in (*entry.names, *entry.handles[:1]) if not any(entry.names) else entry.names:
        text = tidy(name)[: keys.LONGEST]
        folded = fold(text)[: keys.LONGEST]
        if not text or folded in seen:
            continue
        seen.add(folded)
        yield entry.kind, entry.record_id, text, folded, list({*keys.name_keys(folded), *others})
        others = []


def _insert(rows: list[tuple[str, UUID, str, str, list[int]]]) -> int:
    """Copy names in and derive their postings in the database, in the order of the index."""
    if not rows:
        return 0
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.execute(
            "SELECT array_agg(nextval(pg_get_serial_sequence('search_name', 'id'))) FROM generate_series(1, %s)",
            [len(rows)],
        )
        ids = cursor.fetchone()[0]
        with cursor.copy("COPY search_name (id, record_kind, record_id, text, folded, keys) FROM STDIN") as copy:
            for pk, row in zip(ids, rows, strict=True):
                copy.write_row((pk, *row[:-1], f"{{{','.join(map(str, row[-1]))}}}"))
        cursor.execute(
            "INSERT INTO search_posting (key, name_id) "
            "SELECT unnest(keys) AS key, id FROM search_name WHERE id = ANY(%s::int[]) ORDER BY 1, 2",
            [ids],
        )
    return len(rows)
