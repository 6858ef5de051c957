"""Duplicates on the way in: a real directory imported again a month later, and with its fields corrupted on purpose.

Whole imports are judged, from the file to the verdict of each row: what is proposed counts whether it is certain or
left to a person; what is merged without asking counts as wrong merge where it is another record.
"""

from __future__ import annotations

import csv
import io
import random
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.names import _directory, _neighbours

LARGE = 5_000
PRECISION, RECALL, WRONG, SECONDS, MEGABYTES = 0.99, 0.985, 0.005, 10, 100
SHORT = {
    "street": "St", "avenue": "Ave", "boulevard": "Blvd", "road": "Rd", "drive": "Dr", "center": "Ctr",
    "department": "Dept", "county": "Co", "and": "&", "services": "Svcs", "service": "Svc", "association": "Assn",
    "community": "Comm", "program": "Prog", "school": "Sch", "foundation": "Fdn", "medical": "Med", "city": "Cty",
}  # fmt: skip
Entry = dict[str, Any]


def measure(data: Path) -> Iterator[Figure]:
    """Import the directory a month later and corrupted, each on an empty database; then compare 5,000 with 5,000."""
    from bench.database import fresh

    june, july = (_directory(data, month) for month in ("06", "07"))
    chance = random.Random(20210501)
    with fresh():
        yield from _month(june, july)
        yield from _corrupted(june, july, chance)
        yield from _large(july, chance)


def _month(june: list[Entry], july: list[Entry]) -> Iterator[Figure]:
    """Where a place has moved, a person is asked; that counts as wrong here, since the key holds the address."""
    found = _judged(june, july, [_key(one) for one in july])
    yield Figure("duplicates.reimport.precision", found.precision, "", PRECISION, least=True)
    yield Figure("duplicates.reimport.recall", found.recall, "", RECALL, least=True)
    yield Figure("duplicates.reimport.wrong_merges", found.wrong_merges, "", WRONG)
    yield Figure("duplicates.reimport.asked", found.asked, "")


def _corrupted(june: list[Entry], july: list[Entry], chance: random.Random) -> Iterator[Figure]:
    """Corrupt both months several times over; three in ten of the entries are not here yet."""
    every = _Found()
    for month in (june, july) * 3:
        known = chance.sample(month, len(month) * 7 // 10)
        every.add(_judged(known, [_corrupt(one, chance) for one in month], [_key(one) for one in month]))
    yield Figure("duplicates.corrupt.precision", every.precision, "", PRECISION, least=True)
    yield Figure("duplicates.corrupt.recall", every.recall, "", RECALL, least=True)
    yield Figure("duplicates.corrupt.wrong_merges", every.wrong_merges, "", WRONG)
    yield Figure("duplicates.corrupt.asked", every.asked, "")


def _large(july: list[Entry], chance: random.Random) -> Iterator[Figure]:
    from treffpunkt.network.targets.likeness import Known, Likeness, phones_of

    entries = [*july, *_neighbours(july, LARGE - len(july), chance)]
    rows = [_corrupt(one, chance) for one in entries]

    def shown(number: int, one: Entry) -> Known[int]:
        return Known(number, one["name"], one["address"], phones_of(one["phones"]), frozenset(one["urls"]))

    def match() -> None:
        likeness = Likeness(shown(number, one) for number, one in enumerate(entries))
        likeness.match([shown(number, one) for number, one in enumerate(rows)])

    began = time.perf_counter()
    match()
    yield Figure("duplicates.seconds", time.perf_counter() - began, "s", SECONDS)
    tracemalloc.start()
    match()
    yield Figure("duplicates.mb", tracemalloc.get_traced_memory()[1] / 2**20, "MB", MEGABYTES)
    tracemalloc.stop()


class _Found:
    """How many pairs were proposed, merged and right."""

    def __init__(self) -> None:
        self.proposed = self.right = self.wanted = self.merged = self.wrong = 0

    def add(self, other: _Found) -> None:
        """Count another trial as well."""
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)

    @property
    def precision(self) -> float:
        """Give the share of proposed pairs that are right."""
        return self.right / max(self.proposed, 1)

    @property
    def recall(self) -> float:
        """Give the share of right pairs that are proposed."""
        return self.right / max(self.wanted, 1)

    @property
    def wrong_merges(self) -> float:
        """Give the share of the pairs merged without asking that are wrong."""
        return self.wrong / max(self.merged, 1)

    @property
    def asked(self) -> float:
        """Give the share of proposed pairs that a person decides about."""
        return 1 - self.merged / max(self.proposed, 1)


def _judged(known: Sequence[Entry], rows: Sequence[Entry], right: Sequence[str]) -> _Found:
    """Import the known entries, make the dry run of the rows, and count."""
    from bench.names import _empty
    from treffpunkt.intake.models import Result, Row, Stamp

    _empty()
    Stamp.objects.all().delete()
    brought = _checked(known, apply=True)
    results = Result.objects.filter(file=brought).values_list("record_id", "number")
    keys = {record: _key(known[number - 2]) for record, number in results}
    found = _checked(rows)
    counted, here = _Found(), set(keys.values())
    counted.wanted = sum(key in here for key in right)
    for number, verdict, record in Row.objects.filter(file=found).values_list("number", "verdict", "record_id"):
        if record is None:
            continue
        fits = keys[record] == right[number - 2]
        counted.proposed += 1
        counted.right += fits
        if verdict in ("same", "changed"):
            counted.merged += 1
            counted.wrong += not fits
    return counted


def _checked(rows: Sequence[Entry], *, apply: bool = False) -> Any:
    """Bring rows as far as the dry run, or all the way in."""
    from treffpunkt.core.agent import SYSTEM
    from treffpunkt.intake import running, services

    found = services.upload(by=SYSTEM, name="directory.csv", pieces=[_csv(rows)], target="organisations")
    columns = {name: name for name in ("name", "postal_address", "phone", "website")}
    found = services.choose_mapping(by=SYSTEM, found=found, mapping=columns, fixed={}, wait=True)
    running.check(found.pk)
    found.refresh_from_db()
    if apply:
        services.apply_import(by=SYSTEM, found=found, wait=True)
        running.apply(found.pk)
        found.refresh_from_db()
    return found


def _fields(one: Entry) -> dict[str, str]:
    website = next((url for url in one["urls"] if " " not in url), "")
    return {
        "postal_address": one["address"][:300],
        "phone": " / ".join(one["phones"])[:200],
        "website": website.lower().rstrip("/")[:200],
    }


def _csv(rows: Sequence[Entry]) -> bytes:
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(["name", "postal_address", "phone", "website"])
    for one in rows:
        fields = _fields(one)
        writer.writerow([one["name"], fields["postal_address"], fields["phone"], fields["website"]])
    return content.getvalue().encode()


def _key(one: Entry) -> str:
    from treffpunkt.core.text import fold

    return f"{fold(one['name'])}|{fold(one['address'])}"


def _corrupt(one: Entry, chance: random.Random) -> Entry:
    """Shorten and move words, mistype, leave out phone, address and website, each by chance."""
    name, address = one["name"], one["address"]
    if chance.random() < 0.5:
        name = _shorten(name)
    if chance.random() < 0.4:
        name = _move(name, chance)
    if chance.random() < 0.5:
        name = _mistype(name, chance, max(1, len(name) // 20))
    if chance.random() < 0.5:
        address = _shorten(address)
    if chance.random() < 0.3:
        address = _mistype(address, chance, 1)
    return {
        "name": name,
        "address": "" if chance.random() < 0.1 else address,
        "phones": [] if chance.random() < 0.4 else one["phones"],
        "urls": [] if chance.random() < 0.3 else one["urls"],
    }


def _shorten(text: str) -> str:
    return " ".join(SHORT.get(word.lower().strip(".,"), word) for word in text.split())


def _move(text: str, chance: random.Random) -> str:
    words = text.split()
    if len(words) > 1:
        words.insert(chance.randrange(len(words)), words.pop(chance.randrange(len(words))))
    return " ".join(words)


def _mistype(text: str, chance: random.Random, times: int) -> str:
    letters = list(text)
    for _ in range(times if text else 0):
        place = chance.randrange(len(letters))
        letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
        way = chance.randrange(4)
        if way == 3 and place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        else:
            letters[place] = (letter, "", letters[place] + letter, letter)[way]
    return "".join(letters)
