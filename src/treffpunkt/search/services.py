"""Keeping names findable: written by every use case that names a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from treffpunkt.core.clock import now
from treffpunkt.core.jobs import defer
from treffpunkt.core.text import fold
from treffpunkt.search import keys
from treffpunkt.search.models import Name

CHUNK = 5000
# Many names at once change what is rare; so few do not matter until the next round.
MANY = 1000


@dataclass(frozen=True)
class Entry:
    """A record with everything it is to be found by."""

    kind: str
    record_id: UUID
    names: Sequence[str]
    phones: Sequence[str] = ()
    urls: Sequence[str] = ()
    handles: Sequence[str] = ()
    addresses: Sequence[str] = ()


def index(entry: Entry) -> None:
    """Make one record findable under its present names, and no longer under earlier ones."""
    index_many([entry])


@transaction.atomic
def index_many(entries: Iterable[Entry]) -> None:
    """Make many records findable: four statements for each 5,000, whatever was known of them before."""
    every = list(entries)
    for start in range(0, len(every), CHUNK):
        _write(every[start : start + CHUNK])
    if len(every) >= MANY:
        renew_frequencies()
    elif every:
        defer("search.renew_frequencies", once="search.renew_frequencies", at=now() + timedelta(minutes=5))


@transaction.atomic
def forget(record_ids: Sequence[UUID]) -> None:
    """Take records out of the search."""
    ids = list(record_ids)
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(
                "delete from search_posting where name_id in (select id from search_name where record_id = any(%s))",
                [ids],
            )
            cursor.execute("delete from search_name where record_id = any(%s)", [ids])


@transaction.atomic
def renew_frequencies() -> None:
    """Count anew how many names carry each key: one pass over all postings (a second for four million)."""
    with connection.cursor() as cursor:
        cursor.execute("lock table search_frequency in exclusive mode")
        cursor.execute("delete from search_frequency")
        cursor.execute(
            "insert into search_frequency (key, names) select key, count(*) from search_posting group by key"
        )
        cursor.execute("analyze search_name")
        cursor.execute("analyze search_posting")


def _write(entries: Sequence[Entry]) -> None:
    forget(_known(entries))
    rows = [(entry, name, first) for entry in entries for first, name in _names(entry)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('search_name', 'id')) from generate_series(1, %s)", [len(rows)]
        )
        ids = [row[0] for row in cursor.fetchall()]
        with cursor.copy("copy search_name (id, record_kind, record_id, text, folded) from stdin") as copy:
            for pk, (entry, name, _first) in zip(ids, rows, strict=True):
                copy.write_row((pk, entry.kind, entry.record_id, name[:300], fold(name)[:300]))
        with cursor.copy("copy search_posting (key, name_id) from stdin") as copy:
            for pk, (entry, name, first) in zip(ids, rows, strict=True):
                for key in keys.of_name(fold(name)[:300]) | (_others(entry) if first else set()):
                    copy.write_row((key, pk))


def _known(entries: Sequence[Entry]) -> list[UUID]:
    wanted = [entry.record_id for entry in entries]
    return list(Name.objects.filter(record_id__in=wanted).values_list("record_id", flat=True).distinct())


def _names(entry: Entry) -> list[tuple[bool, str]]:
    names = list(dict.fromkeys(entry.names)) or [""]
    return [(number == 0, name) for number, name in enumerate(names)]


def _others(entry: Entry) -> set[int]:
    return (
        keys.of_phones(entry.phones)
        | keys.of_urls(entry.urls)
        | keys.of_handles(entry.handles)
        | keys.of_addresses(entry.addresses)
    )
