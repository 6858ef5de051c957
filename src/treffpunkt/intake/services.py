"""Bringing a file in: upload, how it is read, which column is which, decisions, apply, undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core import files
from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.jobs import defer
from treffpunkt.core.text import tidy
from treffpunkt.intake import guessing, memory, rules
from treffpunkt.intake import reading as reader
from treffpunkt.intake.cleaning import Cleaner
from treffpunkt.intake.models import Import, Result, Row
from treffpunkt.intake.targets import Target, all_targets, get_target
from treffpunkt.intake.wording import sentence
from treffpunkt.journal.services import record

S = Import.State


@transaction.atomic
def upload(*, by: Agent, name: str, pieces: Iterable[bytes], target: str = "") -> Import:
    """Keep a file and find out how it is read; raises DomainError, with what to do, where it is no table."""
    require(rules.may_import(by))
    digest = files.store_pieces(_measured(pieces))
    path = files.path_of(digest)
    try:
        reading = reader.detect(path)
        columns = reader.columns(path, reading)
    except DomainError:
        if not Import.objects.filter(file=digest).exists():
            files.discard(digest)
        raise
    found = Import(
        target=get_target(target).key if target else "",
        file_name=tidy(name)[-200:],
        file=digest,
        file_size=path.stat().st_size,
        reading=reading.kept(),
        columns=columns,
        by_id=by.agent_id if by.agent_kind == "staff" else None,
    )
    found.target = found.target or likeliest_target(found)
    _propose(found)
    found.save()
    record(by, "import.uploaded", found)
    return found


@transaction.atomic
def change_reading(*, by: Agent, found: Import, target: str | None = None, **changes: Any) -> Import:
    """Read the file in another way, or as something else, and guess its columns anew."""
    require(rules.may_import(by))
    found = _locked(found, S.UPLOADED, S.CHECKED, S.FAILED, S.UNDONE)
    reading = reader.Reading.of({**found.reading, **changes})
    path = path_of(found)
    found.columns = reader.columns(path, reading)
    if not found.columns:
        raise DomainError(_("Read in this way the file has no columns. Please choose another header row."))
    found.reading = reading.kept()
    found.target = get_target(target).key if target else found.target
    _propose(found)
    _back_to_upload(found)
    found.save()
    return found


@transaction.atomic
def choose_mapping(
    *, by: Agent, found: Import, mapping: Mapping[str, str], fixed: Mapping[str, str], wait: bool = False
) -> Import:
    """Keep which column is which and what all rows share, and begin the dry run; `wait` leaves it to the caller."""
    require(rules.may_import(by))
    found = _locked(found, S.UPLOADED, S.CHECKED, S.FAILED, S.UNDONE)
    target = get_target(found.target)
    keys = {field.key: field for field in target.fields()}
    found.mapping = {key: column for key, column in mapping.items() if column}
    found.fixed = {key: tidy(value) for key, value in fixed.items() if value}
    _refuse_mistakes(found, target)
    missing = [
        str(field.label) for key, field in keys.items()
        if field.required and key not in found.mapping and key not in found.fixed
    ]  # fmt: skip
    if missing:
        raise DomainError(_("Please choose a column for: %(fields)s.") % {"fields": ", ".join(missing)})
    memory.remember(found.target, found.columns, found.mapping, found.fixed)
    found.problem, found.failed_at, found.done, found.counts = "", "", 0, {}
    found.move_to(S.CHECKING)
    found.save()
    _begin(found, wait)
    return found


@transaction.atomic
def decide(*, by: Agent, found: Import, decisions: Mapping[int, str]) -> int:
    """Say of doubtful rows, by number, whether they are the same one, a new one, or left out; returns how many."""
    require(rules.may_import(by))
    found = _locked(found, S.CHECKED)
    decided = 0
    for decision in Row.Decision.values:
        numbers = [number for number, chosen in decisions.items() if chosen == decision]
        rows = Row.objects.filter(file=found, number__in=numbers, verdict=Row.Verdict.DOUBTFUL)
        if decision == Row.Decision.SAME:
            rows = rows.filter(record_id__isnull=False)
        decided += rows.update(decision=decision)
    return decided


@transaction.atomic
def decide_all(*, by: Agent, found: Import, decision: str) -> int:
    """Decide in one way about all doubtful rows that nobody has decided about."""
    require(rules.may_import(by))
    found = _locked(found, S.CHECKED)
    if decision not in Row.Decision.values:
        raise DomainError(_("Please choose what to do with these rows."))
    rows = Row.objects.filter(file=found, verdict=Row.Verdict.DOUBTFUL, decision="")
    if decision == Row.Decision.SAME:
        rows = rows.filter(record_id__isnull=False)
    return rows.update(decision=decision)


@transaction.atomic
def apply_import(*, by: Agent, found: Import, wait: bool = False) -> Import:
    """Begin to write what the dry run showed; `wait` leaves the work to the caller."""
    require(rules.may_import(by))
    found = _locked(found, S.CHECKED)
    found.done = 0
    found.move_to(S.APPLYING)
    found.save()
    record(by, "import.begun", found)
    _begin(found, wait)
    return found


@transaction.atomic
def undo_import(*, by: Agent, found: Import, wait: bool = False) -> Import:
    """Begin to take an import back; what was touched since stays."""
    require(rules.may_import(by))
    found = _locked(found, S.APPLIED)
    if not Result.objects.filter(file=found).exists() and _made(found):
        raise DomainError(_("This import is too old to be taken back: what it changed is no longer kept."))
    found.done, found.rows = 0, Result.objects.filter(file=found).count()
    found.move_to(S.UNDOING)
    found.save()
    record(by, "import.undone", found)
    _begin(found, wait)
    return found


@transaction.atomic
def try_again(*, by: Agent, found: Import, wait: bool = False) -> Import:
    """Go on where something failed, or where whoever did the work is gone; a second worker would find it taken."""
    require(rules.may_import(by))
    found = _locked(found, S.FAILED, S.CHECKING, S.APPLYING, S.UNDOING)
    if found.state == S.FAILED:
        found.problem = ""
        found.move_to(found.failed_at or S.CHECKING)
    found.save()
    _begin(found, wait)
    return found


@transaction.atomic
def discard(*, by: Agent, found: Import) -> None:
    """Throw away an import that has written nothing, or was taken back, with its rows and its file."""
    require(rules.may_import(by))
    found = _locked(found, S.UPLOADED, S.CHECKED, S.FAILED, S.UNDONE)
    if Result.objects.filter(file=found).exists():
        raise DomainError(_("This import has made records. Please take it back first."))
    digest = found.file
    Row.objects.filter(file=found)._raw_delete("default")  # type: ignore[attr-defined]
    found.delete()
    if not Import.objects.filter(file=digest).exists():
        transaction.on_commit(lambda: files.discard(digest))


@transaction.atomic
def let_go(before: datetime) -> int:
    """Let go of the files and rows of imports made before a moment, and of imports that came to nothing.

    Returns how many. What was made can still be taken back afterwards: that rests on results, which hold no more than undo needs.
    """
    settled = (S.UPLOADED, S.CHECKED, S.APPLIED, S.UNDONE, S.FAILED)
    old = list(Import.objects.filter(created_at__lt=before, state__in=settled).exclude(file=""))
    for found in old:
        Row.objects.filter(file=found)._raw_delete("default")  # type: ignore[attr-defined]
        digest, found.file = found.file, ""
        if Result.objects.filter(file=found).exists():
            found.save(update_fields=["file"])
        else:
            found.delete()
        if not Import.objects.filter(file=digest).exists():
            transaction.on_commit(partial(files.discard, digest))
    return len(old)


def forget_before(before: datetime) -> int:
    """Forget what imports applied before a moment have changed; from then on they cannot be taken back."""
    old = Import.objects.filter(applied_at__lt=before, state=S.APPLIED)
    return Result.objects.filter(file__in=old)._raw_delete("default")  # type: ignore[attr-defined,no-any-return]


def likeliest_target(found: Import) -> str:
    """Guess what a file holds: the target whose required fields are found and that uses most columns."""
    best = (0.0, "")
    for position, target in enumerate(all_targets()):
        fields = target.fields()
        mapping = guessing.guess(fields, found.columns, head(found))
        required = [field.key for field in fields if field.required]
        score = len(mapping) + all(key in mapping for key in required) - position / 100
        best = max(best, (score, target.key), key=lambda one: one[0])
    return best[1]


def head(found: Import, most: int = 20) -> list[list[str]]:
    """Read the first rows below the header."""
    return reader.first(path_of(found), reader.Reading.of(found.reading), most)


def path_of(found: Import) -> Any:
    """Find an import's file; raises DomainError where it is gone."""
    try:
        return files.path_of(found.file)
    except FileNotFoundError:
        raise DomainError(_("The file is no longer kept. Please upload it again.")) from None


def _made(found: Import) -> bool:
    """Say whether an import wrote anything, by the numbers it has kept."""
    return any(number for part in ("made", "altered") for number in found.counts.get(part, {}).values())


def _propose(found: Import) -> None:
    """Map as it was chosen for such a file before, else as columns and values suggest."""
    known = memory.remembered(found.target, found.columns)
    target = get_target(found.target)
    if known:
        found.mapping = {key: column for key, column in known.mapping.items() if column in found.columns}
        found.fixed = known.fixed
        return
    found.mapping = guessing.guess(target.fields(), found.columns, head(found))
    found.fixed = {
        field.key: field.initial for field in target.fields() if field.initial and field.key not in found.mapping
    }


def _refuse_mistakes(found: Import, target: Target) -> None:
    keys = {field.key: field for field in target.fields()}
    for key in (*found.mapping, *found.fixed):
        if key not in keys:
            raise DomainError(
                _("There is no field “%(field)s” here. There are: %(known)s.")
                % {"field": key, "known": ", ".join(keys)}
            )
    for column in found.mapping.values():
        if column not in found.columns:
            raise DomainError(
                _("The file has no column “%(column)s”. It has: %(known)s.")
                % {"column": column, "known": ", ".join(found.columns)}
            )
    problems = Cleaner(target.fields(), found.fixed).problems
    if problems:
        raise DomainError(sentence(problems, target))


def _begin(found: Import, wait: bool) -> None:
    if not wait:
        once, import_id = f"intake.{found.pk}", str(found.pk)
        if found.state == S.CHECKING:
            defer("intake.check", once=once, import_id=import_id)
        elif found.state == S.APPLYING:
            defer("intake.apply", once=once, import_id=import_id)
        else:
            defer("intake.undo", once=once, import_id=import_id)


def _back_to_upload(found: Import) -> None:
    if found.state != S.UPLOADED:
        Row.objects.filter(file=found)._raw_delete("default")  # type: ignore[attr-defined]
        found.state = S.UPLOADED
        found.counts, found.problem = {}, ""


def _locked(found: Import, *states: str) -> Import:
    locked = Import.objects.select_for_update().get(pk=found.pk)
    if locked.state not in states:
        raise DomainError(
            _("This is not possible now: the import is in the state “%(state)s”.")
            % {"state": locked.get_state_display()}
        )
    return locked


def _measured(pieces: Iterable[bytes]) -> Iterator[bytes]:
    left = settings.IMPORT_MAX_BYTES
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise DomainError(
                _("The file is larger than %(most)s MB. Please split it, or take out what is not needed.")
                % {"most": settings.IMPORT_MAX_BYTES // 2**20}
            )
        yield piece
