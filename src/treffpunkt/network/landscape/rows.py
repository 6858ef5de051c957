"""The excerpt as a table, a page at a time, ordered and paged by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from treffpunkt.core.agent import Agent
from treffpunkt.network.landscape.asking import Excerpt
from treffpunkt.network.landscape.facts import COLUMNS, Node, branches, node

# By what the table can be ordered, and whether the largest come first.
ORDERS: dict[str, tuple[tuple[str, ...], bool]] = {
    "reach": (("reach", "key"), True),
    "name": (("sorted_by", "key"), False),
    "kind": (("kind_place", "sorted_by", "key"), False),
    "state": (("kind_place", "state_place", "sorted_by", "key"), False),
}


@dataclass(frozen=True)
class Page:
    """One page: its rows, whether there are more in the direction read, and whether it begins after a row."""

    rows: list[Node]
    more: bool
    placed: bool


def rows(
    by: Agent, excerpt: Excerpt, *, order: str, turned: bool = False, after: UUID | None = None,
    back: bool = False, size: int,
) -> Page:  # fmt: skip
    """Read one page of the excerpt, after a row of it or (`back`) before; two queries, one without a row.

    PostgreSQL orders the excerpt's rows, two thousand at most, and hands out the page.
    """
    columns, falling = ORDERS[order]
    falling = falling != turned
    position = _position(by, excerpt, columns, after) if after is not None else None
    down = falling != (back and position is not None)
    parts = []
    for part in branches(by, excerpt.ids).values():
        beyond = part.filter(_beyond(columns, position, down)) if position else part
        terms = [f"-{name}" if down else name for name in columns]
        parts.append(
            beyond.order_by(*terms).values_list(*COLUMNS, "sorted_by", "kind_place", "state_place")[: size + 1]
        )
    if not parts:
        return Page([], False, False)
    ordered = parts[0]
    if len(parts) > 1:
        every = parts[0].union(*parts[1:], all=True)
        ordered = every.order_by(*(f"-{name}" if down else name for name in columns))[: size + 1]
    found = [node(row[: len(COLUMNS)]) for row in ordered]
    more, found = len(found) > size, found[:size]
    if back and position:
        found.reverse()
    return Page(found, more, position is not None)


def _position(by: Agent, excerpt: Excerpt, columns: Sequence[str], pk: UUID) -> tuple[Any, ...] | None:
    kind = excerpt.kinds.get(pk)
    if kind is None:
        return None
    part = branches(by, {kind: [pk]})[kind]
    return part.values_list(*columns).first()


def _beyond(columns: Sequence[str], position: tuple[Any, ...], down: bool) -> Q:
    """Give the condition for what comes after a row."""
    way = "lt" if down else "gt"
    condition, same = Q(pk__in=[]), Q()
    for name, value in zip(columns, position, strict=True):
        condition |= same & Q(**{f"{name}__{way}": value})
        same &= Q(**{name: value})
    return condition
