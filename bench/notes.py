"""What was said: writing it down with several at once, and finding it again in every language and script.

Notes: five note-takers write five hundred statements in a minute, each of which is sent twice, as after a lost
connection; counted is what is lost and doubled, and how long it takes until the others see it. Search: real sentences in
the languages of our work, asked for by a word of theirs as people type it: whole, begun, in the other script, without
marks, with a slip of the finger.
"""

from __future__ import annotations

import csv
import gzip
import random
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.figures import Figure

TAKERS, NOTES, SECONDS = 5, 500, 60.0
LANGUAGES = {
    "deu_Latn": "de", "eng_Latn": "en", "arb_Arab": "ar", "arz_Arab": "ar", "ary_Arab": "ar", "apc_Arab": "ar",
    "fra_Latn": "fr", "srp_Cyrl": "sr", "spa_Latn": "es", "tur_Latn": "tr", "ukr_Cyrl": "uk",
}  # fmt: skip
# Statements to search among: what a hundred times the size of a first year would leave.
SEARCHED = 30_000
ASKED = 60
# Least share found among the first page, by how it is asked; most milliseconds.
LEAST = {"whole": 0.99, "begun": 0.97, "script": 0.97, "slip": 0.80}
P95 = 150.0
PAGE = 50


def measure(data: Path) -> Iterator[Figure]:
    """Measure writing at once, then searching among many."""
    from bench.database import fresh

    with fresh():
        yield from _writing()
        yield from _searching(data)


def _writing() -> Iterator[Figure]:
    from django.db import connection

    from treffpunkt.core.agent import SYSTEM
    from treffpunkt.meetings import noting
    from treffpunkt.meetings.models import Statement
    from treffpunkt.meetings.services.meetings import start_meeting
    from treffpunkt.meetings.services.notes import note_statement
    from treffpunkt.people.services import create_staff

    names = [f"notes{number}@example.org" for number in range(TAKERS)]
    takers = [create_staff(by=SYSTEM, email=one, name=one, roles=["coordinator"]) for one in names]
    meeting = _a_meeting(takers[0])
    start_meeting(by=takers[0], meeting=meeting)
    item = meeting.agenda.order_by("position")[0]
    began, ids = time.perf_counter(), [uuid4() for _ in range(NOTES)]
    written: dict[Any, float] = {}
    seen: dict[Any, float] = {}
    pause = SECONDS * TAKERS / NOTES

    def write(number: int) -> None:
        for place, one in enumerate(ids[number::TAKERS]):
            time.sleep(max(0.0, began + place * pause + number * pause / TAKERS - time.perf_counter()))
            for _sending in range(2):  # the answer to the first was lost on the way
                note_statement(
                    by=takers[number], meeting=meeting, id=one, item=item, text=f"Notiz {place} von Tisch {number}.",
                    language="de",
                )  # fmt: skip
                written.setdefault(one, time.perf_counter())
        connection.close()

    def read() -> None:
        seq = 0
        while len(seen) < NOTES and time.perf_counter() - began < SECONDS * 2:
            news = noting.statements_since(takers[-1], meeting, seq)
            seq = news.seq
            for row in news.statements:
                seen.setdefault(row.pk, time.perf_counter())
            time.sleep(0.05)
        connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(TAKERS)]
    threads.append(threading.Thread(target=read))
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    stored = list(Statement.objects.filter(meeting=meeting).values_list("pk", flat=True))
    yield Figure("notes.lost", len(set(ids) - set(stored)), "", 0)
    yield Figure("notes.doubled", len(stored) - len(set(stored) & set(ids)), "", 0)
    late = sorted(seen.get(one, time.perf_counter()) - at for one, at in written.items())
    yield Figure("notes.p95_ms", late[int(len(late) * 0.95)] * 1000, "ms", 500)


def _searching(data: Path) -> Iterator[Figure]:
    from django.db import connection

    from treffpunkt.meetings import finding, overviews
    from treffpunkt.meetings.models import Statement
    from treffpunkt.meetings.services.findable import catch_up
    from treffpunkt.people.models import Staff

    chance = random.Random(20261126)
    host = Staff.objects.filter(email="notes0@example.org").get()
    real = {code: _sentences(data / "sib200" / code) for code in LANGUAGES}
    meeting = _a_meeting(host)
    item = meeting.agenda.order_by("position")[0]
    rows: list[Statement] = []

    def add(text: str, language: str) -> Statement:
        rows.append(
            Statement(
                id=uuid4(), meeting=meeting, item=item, seq=len(rows) + 1, text=text, language=language,
                noted_by=host, noted_at=meeting.starts - timedelta(minutes=len(rows)),
            )
        )  # fmt: skip
        return rows[-1]

    wanted = {code: [add(text, LANGUAGES[code]) for text in texts] for code, texts in real.items()}
    while len(rows) < SEARCHED:  # neighbours of the same words
        code = chance.choice(list(real))
        one, other = chance.sample(real[code], 2)
        add(f"{one[: len(one) // 2]}{other[len(other) // 2 :]}", LANGUAGES[code])
    Statement.objects.bulk_create(rows, batch_size=2000)
    began = time.perf_counter()
    catch_up(most=SEARCHED * 2)
    yield Figure("notes.search.index_seconds", time.perf_counter() - began, "s", 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('meetings_statementwords')")
        yield Figure("notes.search.megabytes", cursor.fetchone()[0] / 2**20, "MB")
    _settle()
    times: list[float] = []
    for way, least in LEAST.items():
        found = asked = 0
        for code, sentences in wanted.items():
            for one in chance.sample(sentences, ASKED):
                text = _asked(way, one.text, code, chance)
                if not text:
                    continue
                started = time.perf_counter()
                words = finding.asked(text)
                hits = list(finding.find(overviews.said(host), words)[: PAGE + 1])
                if len(hits) < 5:
                    hits += finding.alike(overviews.said(host), words)
                times.append(time.perf_counter() - started)
                asked += 1
                found += any(hit.text == one.text for hit in hits)
        yield Figure(f"notes.search.recall.{way}", found / asked, "", least, least=True)
    times.sort()
    yield Figure("notes.search.p50_ms", times[len(times) // 2] * 1000, "ms")
    yield Figure("notes.search.p95_ms", times[int(len(times) * 0.95)] * 1000, "ms", P95)


def _asked(way: str, text: str, code: str, chance: random.Random) -> str:
    """Ask for a sentence by its two longest words, as somebody types them."""
    from treffpunkt.core.text import latin

    words = sorted({word.strip(".,;:!?()«»“”\"'،؟") for word in text.split()}, key=len)[-2:]
    if way == "whole":
        return " ".join(words)
    if way == "begun":
        return " ".join(word[: max(5, len(word) * 7 // 10)] for word in words)
    if way == "script":
        return latin(" ".join(words)) if code == "srp_Cyrl" else " ".join(words).upper()
    word = words[-1]
    place = chance.randrange(1, max(2, len(word) - 1))
    return word[:place] + word[place + 1 :] if len(word) >= 6 else ""


def _sentences(folder: Path) -> list[str]:
    found = []
    for name in ("train", "dev"):
        with gzip.open(folder / f"{name}.tsv.gz", "rt", encoding="utf-8", newline="") as lines:
            found += [row["text"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return found


def _a_meeting(host: Any) -> Any:
    from datetime import time as wall

    from treffpunkt.core.clock import today
    from treffpunkt.meetings.services.agenda import load_topics
    from treffpunkt.meetings.services.meetings import create_meeting
    from treffpunkt.network.models import Community

    load_topics()
    community, _ = Community.objects.get_or_create(name="Arabisch", defaults={"language_id": "ar"})
    return create_meeting(
        by=host, name="Treffen", day=today(), time=wall(18), communities=[community], hosts=[host],
        languages=["ar", "de"],
    )  # fmt: skip


def _settle() -> None:
    import os

    import psycopg

    with psycopg.connect(os.environ["TREFFPUNKT_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE meetings_statementwords")
        owner.execute("VACUUM ANALYZE meetings_statement")
