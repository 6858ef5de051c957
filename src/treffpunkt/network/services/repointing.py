"""Letting everything that points to one row point to another: whatever table it stands in, and back again.

What points to a row is known from Django's relations, hidden ones and those of many to many included, and from the
columns that models declare in `NAMES`. So modules above need not be known here.

Where two rows cannot both stay (the same role twice), one of them does: the one with more of the fields filled that
its model names in `STAYS_BY`, else the older one. What points to the other one points to it from then on.

Each step is written down with what it takes to go back; nothing is ever lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model, Q, UniqueConstraint, UUIDField

from treffpunkt.core.references import Named, named_columns
from treffpunkt.network.services.images import column, delete, images, update

Pairs = Mapping[Any, Any]
Step = dict[str, Any]


@dataclass(frozen=True)
class Pointer:
    """A column of a table in which a row of another one is named."""

    model: type[Model]
    field: Field[Any, Any]
    named: Named | None = None

    def rows(self, kind: str, pks: Iterable[Any]) -> Any:
        """Select the rows that point to any of these."""
        every = list(pks)
        where = self.named.rows(kind, every) if self.named else Q(**{f"{self.field.attname}__in": every})
        return self.model._base_manager.filter(where)


@dataclass
class Steps:
    """What was done, in order, and the ids of all rows that went."""

    done: list[Step] = field(default_factory=list)
    gone: list[UUID] = field(default_factory=list)

    def move(self, pointer: Pointer, old: Any, new: Any, pks: Sequence[Any]) -> None:
        """Note that rows point elsewhere now."""
        step = {"do": "move", "model": pointer.model._meta.label_lower, "column": column(pointer.field)}
        self.done.append(step | {"from": str(old), "to": str(new), "rows": [_plain(pk) for pk in pks]})

    def change(self, model: type[Model], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        """Note which columns of a row have changed; returns them."""
        names = [name for name in after if before[name] != after[name]]
        if names:
            key = column(model._meta.pk)
            step = {"do": "change", "model": model._meta.label_lower, "row": before[key]}
            past, present = ({name: image[name] for name in names} for image in (before, after))
            self.done.append(step | {"before": past, "after": present})
        return names

    def drop(self, model: type[Model], rows: Iterable[Mapping[str, Any]]) -> None:
        """Note rows that went."""
        for row in rows:
            self.done.append({"do": "drop", "model": model._meta.label_lower, "before": dict(row)})
            if isinstance(model._meta.pk, UUIDField):
                self.gone.append(UUID(row[column(model._meta.pk)]))

    def add(self, model: type[Model], pks: Sequence[Any]) -> None:
        """Note rows that are new."""
        if pks:
            self.done.append({"do": "add", "model": model._meta.label_lower, "rows": [_plain(pk) for pk in pks]})


def fold(model: type[Model], pairs: Pairs, steps: Steps) -> None:
    """Let all that points to the keys of `pairs` point to their values, and take the keys out."""
    kind = model._meta.label_lower
    for pointer in pointers_to(model):
        if getattr(pointer.model, "PAIR", None):
            continue
        for unique in _uniques(pointer.model, pointer.field):
            _settle(pointer, kind, pairs, unique, steps)
        _move(pointer, kind, pairs, steps)
    for paired in _paired() if _is_named(model) else ():
        _repair(paired, pairs, steps)
    steps.drop(model, images(model, list(pairs)))
    delete(model, list(pairs))


def counted(model: type[Model], pk: UUID) -> dict[str, int]:
    """Count what points to a row, by model; one query."""
    kind, parts, parameters = model._meta.label_lower, [], []
    labels: list[str] = []
    for pointer in pointers_to(model):
        sql, given = pointer.rows(kind, [pk]).order_by().values("pk").query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) counted)")
        parameters += given
        labels.append(pointer.model._meta.label_lower)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        numbers = cursor.fetchone()
    found: dict[str, int] = defaultdict(int)
    for label, number in zip(labels, numbers, strict=True):
        found[label] += number
    return {label: number for label, number in found.items() if number}


@cache
def pointers_to(model: type[Model]) -> tuple[Pointer, ...]:
    """List every column in which rows of a model may be named."""
    relations: list[Any] = [
        one
        for one in model._meta.get_fields(include_hidden=True)
        if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)
    ]
    found = [Pointer(one.related_model, one.field) for one in relations]
    if _is_named(model):
        every = [(other, one) for other, one in named_columns() if one.follows]
        found += [Pointer(other, other._meta.get_field(one.id), one) for other, one in every]  # type: ignore[arg-type]
    return tuple(found)


def _is_named(model: type[Model]) -> bool:
    """Say whether rows of a model may be named by their id; one that borrows another's has none of its own."""
    key = model._meta.pk
    return isinstance(key, UUIDField) and key.name not in {one.id for one in getattr(model, "NAMES", ())}


def _move(pointer: Pointer, kind: str, pairs: Pairs, steps: Steps) -> None:
    """Let rows point to what stays; a row that would point to itself points to nothing."""
    rows = pointer.rows(kind, pairs).order_by().values_list("pk", pointer.field.attname)
    by_old: dict[Any, list[Any]] = defaultdict(list)
    for pk, old in rows:
        if pk == pairs[old] and pointer.named is None:
            (before,) = images(pointer.model, [pk])
            update(pointer.model, [pk], {column(pointer.field): None})
            steps.change(pointer.model, before, before | {column(pointer.field): None})
        elif pk not in pairs or pointer.model._meta.pk is pointer.field:
            by_old[old].append(pk)
    for old, pks in by_old.items():
        new = pairs[old]
        update(pointer.model, pks, {column(pointer.field): new})
        is_key = pointer.model._meta.pk is pointer.field
        steps.move(pointer, old, new, [new] if is_key else pks)


def _settle(pointer: Pointer, kind: str, pairs: Pairs, unique: UniqueConstraint, steps: Steps) -> None:
    """Choose among rows that would be the same after the move, and fold the others into the chosen one."""
    model, own = pointer.model, pointer.field.attname
    fields = [model._meta.get_field(name).attname for name in unique.fields]  # type: ignore[union-attr]
    names = list(dict.fromkeys(["pk", *fields, *_weights(model)]))
    rows = _holding(pointer.rows(kind, pairs), unique, names)
    if rows:
        there = _holding(pointer.rows(kind, set(pairs.values())), unique, names)
        rows += [row for row in there if row["pk"] not in {one["pk"] for one in rows}]
    same: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        values = [pairs.get(row[name], row[name]) if name == own else row[name] for name in fields]
        if None not in values or unique.nulls_distinct is False:
            same[tuple(map(str, values))].append(row)
    folded: dict[Any, Any] = {}
    for group in same.values():
        if len(group) > 1:
            first, *others = sorted(group, key=lambda row: _weight(model, row))
            folded |= {row["pk"]: first["pk"] for row in others}
    if folded:
        fold(model, folded, steps)


def _holding(rows: Any, unique: UniqueConstraint, names: Sequence[str]) -> list[dict[str, Any]]:
    """Read those of some rows for which a constraint holds."""
    return list((rows.filter(unique.condition) if unique.condition else rows).order_by().values(*names))


def _weights(model: type[Model]) -> list[str]:
    """Name the fields by which it is decided which of two rows stays."""
    fields = {one.attname for one in model._meta.concrete_fields}
    return [*getattr(model, "STAYS_BY", ()), *(["created_at"] if "created_at" in fields else [])]


def _weight(model: type[Model], row: Mapping[str, Any]) -> tuple[Any, ...]:
    filled = sum(bool(row[name]) for name in getattr(model, "STAYS_BY", ()))
    return -filled, str(row.get("created_at", "")), row["pk"]


def _uniques(model: type[Model], pointing: Field[Any, Any]) -> Iterator[UniqueConstraint]:
    """Give the constraints of a model in which a field takes part."""
    meta = model._meta
    if pointing.unique:
        yield UniqueConstraint(fields=[pointing.name], name="one")
    for names in meta.unique_together:
        if pointing.name in names:
            yield UniqueConstraint(fields=names, name="together")
    for one in meta.constraints:
        if isinstance(one, UniqueConstraint) and pointing.name in one.fields:
            yield one


@cache
def _paired() -> tuple[type[Model], ...]:
    """List the models in which two records stand beside each other in no order: the smaller id first."""
    return tuple(dict.fromkeys(model for model, _one in named_columns() if getattr(model, "PAIR", None)))


def _repair(model: type[Model], pairs: Pairs, steps: Steps) -> None:
    """Let pairs name what stays: in order again, none with itself, none twice."""
    one, other = getattr(model, "PAIR")  # noqa: B009 declared by those that have it
    ends = (f"{one}_id", f"{other}_id")
    manager: Any = model._base_manager
    mine = Q(**{f"{ends[0]}__in": list(pairs)}) | Q(**{f"{ends[1]}__in": list(pairs)})
    for row in manager.filter(mine).order_by("pk"):
        (before,) = images(model, [row.pk])
        values = {name: getattr(row, name) for name in ends}
        first, second = sorted(pairs.get(pk, pk) for pk in values.values())
        if first == second:
            _take_out(model, row.pk, before, steps)
            continue
        twin = manager.filter(**dict(zip(ends, (first, second), strict=True))).exclude(pk=row.pk)
        if (there := twin.values("pk", *_weights(model)).first()) is not None:
            mine_ = manager.filter(pk=row.pk).values("pk", *_weights(model)).get()
            if _weight(model, there) <= _weight(model, mine_):
                _take_out(model, row.pk, before, steps)
                continue
            _take_out(model, there["pk"], images(model, [there["pk"]])[0], steps)
        after = dict(zip(ends, (first, second), strict=True))
        if f"{one}_kind" in before and pairs.get(values[ends[0]], values[ends[0]]) != first:
            after |= {f"{one}_kind": before[f"{other}_kind"], f"{other}_kind": before[f"{one}_kind"]}
        update(model, [row.pk], after)
        steps.change(model, before, before | {name: _plain(value) for name, value in after.items()})


def _take_out(model: type[Model], pk: Any, before: Mapping[str, Any], steps: Steps) -> None:
    steps.drop(model, [before])
    delete(model, [pk])


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
