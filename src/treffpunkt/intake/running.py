"""The work of an import, piece by piece, each in one transaction: a killed worker goes on where it stopped."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Count, Q
from django.utils import translation

from treffpunkt.core import bulk
from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import from_spreadsheet
from treffpunkt.intake import reading as reader
from treffpunkt.intake.cleaning import Cleaner
from treffpunkt.intake.models import Import, Result, Row
from treffpunkt.intake.queries import applied_rows
from treffpunkt.intake.services import path_of
from treffpunkt.intake.targets import Incoming, Judgement, Made, Run, Target, get_target
from treffpunkt.journal.services import record

PIECE = 5000
# Fewer new rows than this do not change how the database plans its queries.
_MANY = 1000

_READ = ("number", "values", "verdict", "decision", "record_id")

S, V = Import.State, Row.Verdict
Progress = Callable[[int, int], None]


class Held(Exception):
    """Another process is at this import just now."""


def check(import_id: UUID, progress: Progress | None = None) -> None:
    """Make the dry run: judge every row and keep verdict and reason; begun anew it starts from the first row."""
    with _alone(import_id, S.CHECKING) as found:
        if found:
            _check(found, progress)


def apply(import_id: UUID, progress: Progress | None = None) -> None:
    """Write what the dry run showed, from the first row that is not written yet."""
    with _alone(import_id, S.APPLYING) as found:
        if found:
            _apply(found, progress)


def undo(import_id: UUID, progress: Progress | None = None) -> None:
    """Take back what the import made, the last first; what was touched since stays and is named."""
    with _alone(import_id, S.UNDOING) as found:
        if found:
            _undo(found, progress)


def _check(found: Import, progress: Progress | None) -> None:
    path, how = path_of(found), reader.Reading.of(found.reading)
    target = get_target(found.target)
    Row.objects.filter(file=found)._raw_delete("default")  # type: ignore[attr-defined]
    found.rows = sum(1 for _row in reader.body(path, how))
    found.done, found.counts = 0, {}
    found.save(update_fields=["rows", "done", "counts", "changed_at"])
    run, cleaner = _run(found, target)
    counts: Counter[str] = Counter()
    body = reader.body(path, how)
    places = [(key, found.columns.index(column)) for key, column in found.mapping.items()]
    while piece := list(islice(body, PIECE)):
        with transaction.atomic():
            rows = list(_judged(run, target, cleaner, piece, places, len(found.columns)))
            counts.update(row["verdict"] for row in rows)
            bulk.insert(Row, rows)
            found.done += len(piece)
            found.counts = {**counts, "makes": dict(run.makes)}
            found.save(update_fields=["done", "counts", "changed_at"])
        if progress:
            progress(found.done, found.rows)
    if found.rows > _MANY:
        _analyze(Row)
    found.move_to(S.CHECKED)
    found.save()


def _judged(
    run: Run,
    target: Target,
    cleaner: Cleaner,
    piece: list[tuple[int, list[str]]],
    places: list[tuple[str, int]],
    width: int,
) -> Iterator[dict[str, Any]]:
    """Give the rows of a piece as they are kept, in the order of the file."""
    raw: dict[int, dict[str, str]] = {}
    wrong: dict[int, list[Any]] = {}
    incoming = []
    for number, cells in piece:
        raw[number] = {
            key: text
            for key, place in places
            if place < len(cells) and (text := from_spreadsheet(cells[place].strip()))
        }
        if len(cells) > width and any(cells[width:]):
            wrong[number] = [("ragged", {"cells": len(cells), "columns": width})]
            continue
        values, problems = cleaner.row(raw[number])
        if problems:
            wrong[number] = problems
        else:
            incoming.append(Incoming(number, values))
    judged = {one.row.number: one for one in target.match(run, incoming)}
    for number, _cells in piece:
        row = {"file_id": run.import_id, "number": number}
        if number in wrong:
            yield row | {"verdict": V.WRONG.value, "reasons": wrong[number], "values": raw[number]}
            continue
        one = judged[number]
        yield row | {
            "verdict": str(one.verdict),
            "reasons": one.reasons,
            "record_kind": one.record_kind if one.record_id else "",
            "record_id": one.record_id,
            "values": {} if one.verdict == V.SAME else raw[number],
        }


def _apply(found: Import, progress: Progress | None) -> None:
    target = get_target(found.target)
    run, cleaner = _run(found, target, applying=True)
    chosen = Row.objects.filter(applied_rows(found)).order_by("number")
    while True:
        piece = list(chosen.filter(number__gt=found.done).values_list(*_READ, named=True)[:PIECE])
        if not piece:
            break
        try:
            _write(found, run, target, cleaner, piece)
        except IntegrityError:  # somebody entered the same at the same moment; now it is found
            run, cleaner = _run(found, target, applying=True)
            _write(found, run, target, cleaner, piece)
        if progress:
            progress(found.done, piece[-1].number)
    with transaction.atomic():
        target.settle(run)
        kinds = Result.objects.filter(file=found).order_by().values("record_kind")
        made = Count("id", filter=Q(before__isnull=True))
        numbers: dict[str, dict[str, int]] = {"made": {}, "altered": {}}
        for one in kinds.annotate(every=Count("id"), made=made):
            numbers["made"][one["record_kind"]] = one["made"]
            numbers["altered"][one["record_kind"]] = one["every"] - one["made"]
        found.counts = {**found.counts, **numbers}
        found.applied_at = now()
        found.move_to(S.APPLIED)
        found.save()
        record(run.by, "import.applied", found)
    if sum(numbers["made"].values()) > _MANY:
        _analyze(Result, *(apps.get_model(kind) for kind in numbers["made"]))


def _write(found: Import, run: Run, target: Target, cleaner: Cleaner, piece: list[Any]) -> None:
    """Write the rows of a piece and how far the import has come, in one transaction."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # two imports at once would each make what the other makes
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('intake.apply'))")
        incoming = [
            Incoming(row.number, cleaner.row(row.values)[0], row.decision, row.record_id) for row in piece if row.values
        ]
        verdicts = {row.number: row.verdict for row in piece}
        fitting: list[Judgement] = []
        left_out: list[int] = []
        for one in target.match(run, incoming):
            gone = one.verdict == V.NEW and verdicts[one.row.number] == V.CHANGED
            if gone or one.verdict in (V.DOUBTFUL, V.WRONG):
                left_out.append(one.row.number)
            elif one.verdict != V.SAME or one.row.decision:
                fitting.append(one)
        made = target.apply(run, fitting)
        bulk.insert(Result, [_result(found, one) for one in made])
        if left_out:
            Row.objects.filter(file=found, number__in=left_out).update(verdict=V.WRONG, reasons=[("left_out", {})])
            counts = found.counts
            counts["left_out"] = counts.get("left_out", 0) + len(left_out)
        found.done = piece[-1].number
        found.save(update_fields=["done", "counts", "changed_at"])


def _result(found: Import, one: Made) -> dict[str, Any]:
    return {
        "file_id": found.pk,
        "number": one.number,
        "record_kind": one.record_kind,
        "record_id": one.record_id,
        "before": one.before,
    }


def _undo(found: Import, progress: Progress | None) -> None:
    target = get_target(found.target)
    run, _cleaner = _run(found, target, applying=True)
    removed: Counter[str] = Counter(found.counts.get("removed", {}))
    while piece := list(Result.objects.filter(file=found, stays="").order_by("-id")[:PIECE]):
        with transaction.atomic():
            made = [(one.pk, Made(one.number, one.record_kind, one.record_id, one.before)) for one in piece]
            kept = {one.made_id: one.code for one in target.undo(run, made)}
            gone = [one for one in piece if one.pk not in kept]
            removed.update(one.record_kind for one in gone if one.before is None)
            Result.objects.filter(pk__in=[one.pk for one in gone]).delete()
            for code in set(kept.values()):
                Result.objects.filter(pk__in=[pk for pk, one in kept.items() if one == code]).update(stays=code)
            found.done += len(piece)
            found.counts = {**found.counts, "removed": dict(removed)}
            found.save(update_fields=["done", "counts", "changed_at"])
        if progress:
            progress(found.done, found.rows)
    with transaction.atomic():
        target.settle(run)
        found.rows = sum(found.counts.get(verdict, 0) for verdict in V.values)
        found.move_to(S.UNDONE)
        found.save()


def _run(found: Import, target: Target, *, applying: bool = False) -> tuple[Run, Cleaner]:
    cleaner = Cleaner(target.fields(), found.fixed)
    agent: Agent = found.by or SYSTEM
    return Run(found.pk, target.key, agent, fixed=cleaner.fixed, applying=applying), cleaner


@contextmanager
def _alone(import_id: UUID, state: str) -> Iterator[Import | None]:
    """Hold an import for oneself, or raise Held; a dead worker lets it go once its last statement is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('intake'), hashtext(%s))", [str(import_id)])
        free = bool(cursor.fetchone()[0])
    if not free:
        raise Held
    try:
        found = Import.objects.select_related("by").filter(pk=import_id, state=state).first()
        language = found.by.language if found and found.by else settings.LANGUAGE_CODE
        with translation.override(language), _few_collections():
            yield found
    except DomainError as error:
        _fail(import_id, state, str(error.message))
    except (OperationalError, InterfaceError):
        raise  # the database's trouble, not the file's: the job begins again and goes on where it stopped
    except Exception:
        # No text of the error: it may quote the row.
        _fail(import_id, state, "")
        raise
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('intake'), hashtext(%s))", [str(import_id)])


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let the collector of cycles run seldom: a hundred thousand rows hold no cycles, and looking costs a third."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _fail(import_id: UUID, state: str, problem: str) -> None:
    found = Import.objects.get(pk=import_id)
    found.problem, found.failed_at = problem[:300], state
    found.move_to(S.FAILED)
    found.save(update_fields=["problem", "failed_at", "state"])


def _analyze(*models: Any) -> None:
    """Let the database see how much there is now."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
