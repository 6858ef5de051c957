"""Finding a record by name: how often the right one is among the first five, and how long that takes.

A directory of services is indexed as of July and asked with the names of June, among made-up neighbours that share
its words; the real network of groups and administrators shows how long indexing takes.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from bench.figures import Figure

SIZES = {5_000: "5k", 100_000: "100k"}
ASKED = 400
# Least share found, most milliseconds: what a first honest try reached (docs: algorithms).
NAME_FOUND, FIELDS_FOUND, PART_FOUND, P95 = {5_000: 0.99, 100_000: 0.957}, 1.0, {5_000: 0.88, 100_000: 0.673}, 25.0
# Of new records at most, and of those that are here at least, so many are warned of.
WARN_NEW, WARN_KNOWN = 0.05, 0.98
LEAST = min(SIZES)
KIND = "network.organisation"
# How a record is asked for: the text typed, and other fields where they are known.
Ask = Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]


def measure(data: Path) -> Iterator[Figure]:
    """Measure indexing the real network, and finding among 5,000 and among 100,000 records."""
    from bench.database import fresh

    june, july = (_directory(data, month) for month in ("06", "07"))
    with fresh():
        yield from _indexing(data)
        for size in SIZES:
            yield from _finding(june, july, size)
            if size == LEAST:
                yield from _warning(june, july)


def _finding(june: list[dict[str, Any]], july: list[dict[str, Any]], size: int) -> Iterator[Figure]:
    from treffpunkt.core.text import fold
    from treffpunkt.network.models import Organisation
    from treffpunkt.search import queries, services

    chance = random.Random(20210501)
    _empty()
    wanted: dict[str, set[UUID]] = {}
    entries = []
    for entry in july:
        record = uuid4()
        wanted.setdefault(fold(entry["name"] + entry["address"]), set()).add(record)
        entries.append(_entry(services, record, entry))
    entries += [_entry(services, uuid4(), one) for one in _neighbours(july, size - len(entries), chance)]
    chance.shuffle(entries)
    Organisation.objects.bulk_create(
        (Organisation(id=entry.record_id, name=entry.names[0][:300]) for entry in entries), batch_size=5000
    )
    began = time.perf_counter()
    services.index_many(entries)
    label = SIZES[size]
    yield Figure(f"names.index_seconds.{label}", time.perf_counter() - began, "s")
    services.renew_frequencies()
    _settle()
    known = [(entry, wanted[key]) for entry in june if (key := fold(entry["name"] + entry["address"])) in wanted]
    sample = chance.sample(known, min(ASKED, len(known)))
    ways: dict[str, tuple[float | None, Ask]] = {
        "name": (NAME_FOUND[size], lambda one: (one["name"], {})),
        "typos": (None, lambda one: (_typo(one["name"], chance), {})),
        "fields": (
            FIELDS_FOUND,
            lambda one: (
                one["name"],
                {"phones": one["phones"], "urls": one["urls"], "addresses": [one["address"]]},
            ),
        ),
        "part": (PART_FOUND[size], lambda one: (one["name"][: max(3, len(one["name"]) * 6 // 10)], {})),
    }
    for way, (least, ask) in ways.items():
        found, seconds = 0, []
        for entry, right in sample:
            text, fields = ask(entry)
            began = time.perf_counter()
            hits = queries.find(text, {KIND: Organisation.objects.all()}, 5, **fields)
            seconds.append(time.perf_counter() - began)
            found += any(hit.record_id in right for hit in hits)
        seconds.sort()
        # The figures of a whole name have no word of their own.
        of = "names" if way == "name" else f"names.{way}"
        yield Figure(f"{of}.recall5.{label}", found / len(sample), "", least, least=True)
        yield Figure(f"{of}.p50_ms.{label}", seconds[len(seconds) // 2] * 1000, "ms")
        yield Figure(f"{of}.p95_ms.{label}", seconds[int(len(seconds) * 0.95)] * 1000, "ms", P95)


def _warning(june: list[dict[str, Any]], july: list[dict[str, Any]]) -> Iterator[Figure]:
    """Enter records anew as a form would: those that are here must be warned of, those that are not must not.

    A record is new where its own is left out of what may be seen.
    """
    from treffpunkt.core.text import fold
    from treffpunkt.network.models import Organisation
    from treffpunkt.search import queries

    chance = random.Random(20210502)
    rows = Organisation.objects.all()
    here: dict[str, set[UUID]] = {}
    for pk, name in rows.values_list("pk", "name"):
        here.setdefault(fold(name), set()).add(pk)
    known = [one for one in june if fold(one["name"][:300]) in here]
    sample = chance.sample(known, min(ASKED, len(known)))

    def warned(one: dict[str, Any], visible: Any) -> bool:
        fields = {"phones": one["phones"], "urls": one["urls"], "addresses": [one["address"]]}
        return any(hit.warns for hit in queries.find(one["name"], {KIND: visible}, 5, **fields))

    new = sum(warned(one, rows.exclude(pk__in=here[fold(one["name"][:300])])) for one in sample)
    twice = sum(warned(one, rows) for one in sample)
    yield Figure("names.warn_new", new / len(sample), "", WARN_NEW)
    yield Figure("names.warn_known", twice / len(sample), "", WARN_KNOWN, least=True)


def _indexing(data: Path) -> Iterator[Figure]:
    from django.db import connection

    from treffpunkt.search import services

    _empty()
    folder = data / "group-admins-reddit"
    entries = [
        services.Entry("network.space", uuid4(), [row["name"]], urls=[f"https://www.reddit.com/r/{row['name']}"])
        for row in _rows(folder, "subreddits_*.csv.gz")
    ]
    people = {row["moderator_id"] for row in _rows(folder, "moderates_*.csv.gz")}
    entries += [services.Entry("network.actor", uuid4(), [one], handles=[one]) for one in sorted(people)]
    began = time.perf_counter()
    services.index_many(entries)
    yield Figure("names.network.index_seconds", time.perf_counter() - began, "s", 20)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('search_posting') + pg_total_relation_size('search_name')")
        yield Figure("names.network.megabytes", cursor.fetchone()[0] / 2**20, "MB", 120)


def _entry(services: Any, record: UUID, one: dict[str, Any]) -> Any:
    address = [one["address"]] if one["address"] else []
    return services.Entry(KIND, record, [one["name"]], one["phones"], one["urls"], (), address)


def _neighbours(july: list[dict[str, Any]], number: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Make up records that share words with real ones, each name once."""
    words = [word for one in july for word in one["name"].split()]
    taken = {one["name"].lower() for one in july}
    while number > 0:
        first, second = (chance.choice(july)["name"].split() for _ in range(2))
        name = [word if chance.random() > 0.6 else chance.choice(words) for word in first]
        if chance.random() < 0.5:
            name = name[: max(1, len(name) // 2)] + second[len(second) // 2 :]
        text = " ".join(name)
        if len(text) < 6 or text.lower() in taken:
            continue
        taken.add(text.lower())
        number -= 1
        street = chance.choice(july)["address"].partition(" ")[2]
        phone = f"650 {chance.randint(200, 999)}-{chance.randint(0, 9999):04d}"
        yield {"name": text, "address": f"{chance.randint(1, 5000)} {street}", "phones": [phone], "urls": []}


def _typo(name: str, chance: random.Random) -> str:
    letters = list(name)
    for _ in range(max(1, len(letters) // 20)):
        place, way = chance.randrange(len(letters)), chance.randrange(3)
        letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
        letters[place] = (letter, "", letters[place] + letter)[way]
    return "".join(letters)


def _directory(data: Path, month: str) -> list[dict[str, Any]]:
    found = []
    (path,) = (data / "us-smc-directory").glob(f"snapshot_*-{month}.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("name"):
                address = " ".join(filter(None, (_text(row.get("street_address")), _text(row.get("city")))))
                groups = row.get("phones") or []
                lists = [group if isinstance(group, list) else [group] for group in groups]
                phones = [one["number"] for each in lists for one in each if one.get("number")]
                found.append({"name": row["name"], "address": address, "phones": phones, "urls": row.get("urls") or []})
    return found


def _text(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else value or ""


def _rows(folder: Path, pattern: str) -> Iterator[dict[str, str]]:
    (path,) = folder.glob(pattern)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _empty() -> None:
    """Start over with empty tables: as owner, since rows only deleted would still be read past."""
    _as_owner("TRUNCATE search_posting, search_name, search_frequency", "DELETE FROM network_organisation")


def _settle() -> None:
    """Do now what PostgreSQL does by itself within a minute of a large import."""
    _as_owner("VACUUM ANALYZE search_posting", "VACUUM ANALYZE search_name", "VACUUM ANALYZE network_organisation")


def _as_owner(*statements: str) -> None:
    with psycopg.connect(os.environ["TREFFPUNKT_OWNER_DATABASE_URL"], autocommit=True) as owner:
        for statement in statements:
            owner.execute(statement)
