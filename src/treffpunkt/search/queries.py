"""Finding records by name: while typing, in any script, with typing errors.

Ask with the twelve rarest keys, keep the best 150 by the sum of ln(n/df), and score those with rapidfuzz. What
the reader may not see is left out before the cut, so that it can neither show nor push others out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from rapidfuzz import fuzz

from treffpunkt.core.text import fold
from treffpunkt.search import keys
from treffpunkt.search.models import Frequency

RAREST = 12
KEPT = 150
PREFIXES = 30
# Below this a name has nothing to do with what was typed.
LEAST = 0.55

Visible = Mapping[str, "QuerySet[Any]"]


@dataclass(frozen=True)
class Hit:
    """A record that was found, under which name, and how well it fits (0 to 1)."""

    kind: str
    record_id: UUID
    name: str
    score: float


def find(text: str, visible: Visible, most: int = 8) -> list[Hit]:
    """Find records by what was typed, best first; `visible` gives for each kind the ids the reader may see.

    Two queries. Cost grows with how common the rarest keys of the text are, not with the number of records.
    """
    folded = fold(text)[:120]
    if not folded or not visible:
        return []
    exact = keys.of_phones([text]) | keys.of_urls([text]) | keys.of_handles([text])
    weights = _weights(keys.of_name(folded), exact)
    hits: dict[UUID, Hit] = {}
    for kind, record_id, name, name_folded, points in _candidates(folded, weights, visible):
        score = 1.0 if points >= EXACT else _score(folded, name_folded)
        if score >= LEAST and (record_id not in hits or hits[record_id].score < score):
            hits[record_id] = Hit(kind=kind, record_id=record_id, name=name, score=score)
    return sorted(hits.values(), key=lambda hit: (-hit.score, len(hit.name), hit.name))[:most]


def find_ids(text: str, kind: str, visible: QuerySet[Any], most: int = 200) -> list[UUID]:
    """Give the ids of the records of one kind that fit a text, best first, for filtering a list."""
    return [hit.record_id for hit in find(text, {kind: visible}, most)]


EXACT = 1000.0


def _weights(names: set[int], exact: set[int]) -> dict[int, float]:
    known = dict(Frequency.objects.filter(key__in=names | exact).values_list("key", "names"))
    total = max([100, *known.values()])
    rarest = sorted(names, key=lambda key: known.get(key, 1))[:RAREST]
    return {key: math.log(1 + total / known.get(key, 1)) for key in rarest} | dict.fromkeys(exact, EXACT)


def _candidates(folded: str, weights: dict[int, float], visible: Visible) -> list[tuple[Any, ...]]:
    seen, seen_parameters = _seen(visible)
    prefix = folded.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    statement = f"""
        with wanted as (select unnest(%s::int[]) as key, unnest(%s::float8[]) as weight),
        hit as (
            select p.name_id, sum(w.weight) as points
            from wanted w join search_posting p on p.key = w.key group by p.name_id
        ),
        best as (
            select n.record_kind, n.record_id, n.text, n.folded, hit.points
            from hit join search_name n on n.id = hit.name_id
            where {seen}
            order by hit.points desc limit {KEPT}
        ),
        begun as (
            select n.record_kind, n.record_id, n.text, n.folded, 0::float8 as points
            from search_name n where n.folded like %s and {seen}
            order by n.folded limit {PREFIXES}
        )
        select * from best union all select * from begun
    """
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [list(weights), list(weights.values()), *seen_parameters, prefix, *seen_parameters]
        )
        return cursor.fetchall()


def _seen(visible: Visible) -> tuple[str, list[Any]]:
    parts, parameters = [], []
    for kind, rows in visible.items():
        sql, values = rows.order_by().values("pk").query.sql_with_params()
        parts.append(f"(n.record_kind = %s and n.record_id in ({sql}))")
        parameters += [kind, *values]
    return f"({' or '.join(parts)})", parameters


def _score(wanted: str, name: str) -> float:
    """Compare as people type: the whole name in any order of words, or the beginning of it."""
    whole = max(fuzz.token_sort_ratio(wanted, name), 0.95 * fuzz.token_set_ratio(wanted, name))
    begun = 0.97 * fuzz.ratio(wanted, name[: len(wanted)])
    within = 0.9 * fuzz.partial_ratio(wanted, name) if len(wanted) >= 4 else 0
    return max(whole, begun, within) / 100
