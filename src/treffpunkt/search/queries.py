"""Finding records by name, phone, web address or handle: two queries, however many records there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from rapidfuzz import fuzz

from treffpunkt.core.text import fold, tidy
from treffpunkt.search import keys
from treffpunkt.search.models import ALL_NAMES, RARE, Frequency, Name

Visible = Mapping[str, QuerySet[Any]]

# Ask with the rarest keys only, as long as they name no more than so many names in all.
RAREST, MOST_NAMES = 12, 15_000
# Keys nobody counted are rare or new; asking for them costs next to nothing.
MOST_UNCOUNTED = 24
KEPT = 150
# Who shares less than this of what is asked, by weight, is not like it at all.
FEWEST_SHARED = 0.15
# Below this the names have too little in common to be shown to a person; a few letters say less than many.
ALIKE, LISTED, SHORT_ALIKE, SHORT = 0.68, 0.75, 0.8, 5
# What one more field that agrees adds to the likeness of two names.
PHONE, URL, HANDLE, ADDRESS = 1, 2, 4, 8
AGREES = {PHONE: 0.15, URL: 0.08, HANDLE: 0.35, ADDRESS: 0.35}
# With one more field agreeing, a likeness from here on is worth a warning; a name alone never is. In one house, or
# behind one switchboard, there are many: there the names have to be alike as well.
WARNED, WARNED_NAME = 1.0, 0.85

_PHONE = re.compile(r"[\d\s()+/.-]{6,}\Z")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found; `score` is 1.0 for the very name, more where other fields agree too."""

    kind: str
    record_id: UUID
    name: str
    score: float
    # Which other fields agree, as a sum of PHONE, URL, HANDLE and ADDRESS.
    agrees: int = 0

    @property
    def warns(self) -> bool:
        """Say whether this is likely enough the same record to ask before a new one is made."""
        names = self.score - _added(self.agrees)
        return bool(self.agrees) and self.score >= WARNED and (bool(self.agrees & HANDLE) or names >= WARNED_NAME)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The keys to ask with: what each weighs, and which other field it is of."""

    keys: list[int]
    weights: list[float]
    fields: list[int]


def find(
    text: str,
    visible: Visible,
    most: int = 8,
    *,
    phones: Sequence[str] = (),
    urls: Sequence[str] = (),
    handles: Sequence[str] = (),
    addresses: Sequence[str] = (),
) -> list[Hit]:
    """Find the records most like a text, best first, among those the reader may see.

    `visible` gives for each kind the records to search. The other fields are for duplicate hints: one that
    agrees lifts the score above that of the name alone.
    """
    fields = {PHONE: phones, URL: urls, HANDLE: handles, ADDRESS: addresses}
    hits = _found(text, visible, fields, kept=KEPT)
    least = ALIKE if len(fold(text)) >= SHORT else SHORT_ALIKE
    return [hit for hit in hits if hit.score >= least][:most]


def find_ids(text: str, kind: str, visible: QuerySet[Any], most: int = 500) -> list[UUID]:
    """Find the ids of records of one kind, best first: what a list is narrowed to."""
    hits = _found(text, {kind: visible}, {}, kept=max(most, KEPT))
    least = LISTED if len(fold(text)) >= SHORT else SHORT_ALIKE
    return [hit.record_id for hit in hits if hit.score >= least][:most]


def other_names(hits: Iterable[Hit]) -> dict[UUID, str]:
    """Give for each record found another name it has, to tell two of one name apart; one query."""
    shown = {hit.record_id: hit.name for hit in hits}
    if not shown:
        return {}
    rows = Name.objects.filter(record_id__in=list(shown)).order_by("-id").values_list("record_id", "text")
    return {record_id: text for record_id, text in rows if text != shown[record_id]}


def _found(text: str, visible: Visible, fields: Mapping[int, Sequence[str]], *, kept: int) -> list[Hit]:
    plain = tidy(text)[: keys.LONGEST]
    folded = fold(plain)
    shown = _conditions(visible)
    others = _other_keys(plain, fields)
    if not shown or not (folded or others):
        return []
    asked = _choose(keys.name_keys(folded, ended=False), others)
    best: dict[UUID, tuple[float, str, str]] = {}
    agreeing: dict[UUID, int] = {}
    for kind, record_id, name, name_folded, field in _candidates(folded, asked, shown, kept):
        # The first name of a record carries the keys of its other fields, another one may be the more alike.
        agreeing[record_id] = agreeing.get(record_id, 0) | field
        alike = _alike(folded, name_folded)
        if record_id not in best or best[record_id][0] < alike:
            best[record_id] = alike, kind, name
    given = any(fields.values())
    hits = [
        Hit(kind, record_id, name, _score(alike, agreeing[record_id], given=given), agreeing[record_id])
        for record_id, (alike, kind, name) in best.items()
    ]
    return sorted(hits, key=lambda hit: (-hit.score, len(hit.name), hit.name, hit.record_id))


def _other_keys(text: str, fields: Mapping[int, Sequence[str]]) -> dict[int, int]:
    """Give the keys of other fields, each with its field; a text may itself be a number, an address or a handle."""
    found: dict[int, int] = {}
    for field, make in (
        (PHONE, keys.phone_keys),
        (URL, keys.url_keys),
        (HANDLE, keys.handle_keys),
        (ADDRESS, keys.address_keys),
    ):
        found |= dict.fromkeys(make(fields.get(field, ())), field)
    if not any(fields.values()) and text:
        if _PHONE.match(text):
            found |= dict.fromkeys(keys.phone_keys([text]), PHONE)
        if " " not in text:
            found |= dict.fromkeys(keys.handle_keys([text]), HANDLE)
            if "." in text:
                found |= dict.fromkeys(keys.url_keys([text]), URL)
        elif any(letter.isdigit() for letter in text):
            found |= dict.fromkeys(keys.address_keys([text]), ADDRESS)
    return found


def _choose(of_name: Sequence[int], others: Mapping[int, int]) -> _Asked:
    """Choose the rarest keys: by how often they occur, as counted last."""
    counted = dict(Frequency.objects.filter(key__in=[*of_name, *others, ALL_NAMES]).values_list("key", "names"))
    names = max(counted.pop(ALL_NAMES, 0), 100)
    chosen = dict(others)
    uncounted = [key for key in of_name if key not in counted]
    chosen |= dict.fromkeys(uncounted[:MOST_UNCOUNTED], 0)
    budget = MOST_NAMES
    for key in sorted((key for key in of_name if key in counted), key=counted.__getitem__)[:RAREST]:
        budget -= counted[key]
        if budget < 0 and len(chosen) > len(others):
            break
        chosen[key] = 0
    weights = [log(max(names / counted.get(key, RARE / 2), 1.05)) for key in chosen]
    return _Asked(list(chosen), weights, list(chosen.values()))


def _conditions(visible: Visible) -> list[tuple[str, str, tuple[Any, ...]]]:
    """Write what may be seen as one condition a kind on `n.record_id`, asked for one row at a time."""
    conditions = []
    for kind, rows in visible.items():
        try:
            if rows.query.is_sliced or rows.query.combinator:
                sql, parameters = rows.values("pk").query.sql_with_params()
                conditions.append((kind, f"n.record_id IN ({sql})", parameters))
            else:
                one = rows.order_by().filter(pk=RawSQL("n.record_id", ())).values("pk")
                sql, parameters = one.query.sql_with_params()
                conditions.append((kind, f"EXISTS ({sql})", parameters))
        except EmptyResultSet:
            continue
    return conditions


def _candidates(
    folded: str, asked: _Asked, shown: Sequence[tuple[str, str, tuple[Any, ...]]], kept: int
) -> Iterable[tuple[str, UUID, str, str, int]]:
    """Read the names that share most with what is asked; beginning with it weighs as much as half of it.

    The names are taken from the heaviest on, and what may not be seen is passed over before they are cut. The rules
    stand in the statement once: planning them takes longer than asking them.
    """
    seen = " OR ".join(f"(n.record_kind = %s AND {condition})" for _kind, condition, _parameters in shown)
    whole = sum(asked.weights)
    candidates = """
        SELECT p.name_id, a.weight, a.field
        FROM unnest(%s::int[], %s::float4[], %s::int[]) AS a (key, weight, field)
        JOIN search_posting p ON p.key = a.key
    """
    parameters: list[Any] = [asked.keys, asked.weights, asked.fields]
    if folded:
        prefix = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        candidates += "UNION ALL SELECT id, %s::float4, 0 FROM search_name WHERE folded LIKE %s"
        parameters += [max(whole / 2, 1.0), prefix]
    statement = f"""
        SELECT n.record_kind, n.record_id, n.text, n.folded, s.field FROM (
            SELECT name_id, bit_or(field) AS field, sum(weight) AS weight FROM ({candidates}) c GROUP BY name_id
            HAVING sum(weight) >= %s OR bit_or(field) > 0
            ORDER BY bit_or(field) > 0 DESC, sum(weight) DESC, name_id OFFSET 0
        ) s JOIN LATERAL (SELECT * FROM search_name n WHERE n.id = s.name_id AND ({seen}) OFFSET 0) n ON true
        LIMIT %s
    """
    parameters += [FEWEST_SHARED * whole]
    parameters += [value for kind, _condition, given in shown for value in (kind, *given)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, kept])
        found: list[tuple[str, UUID, str, str, int]] = cursor.fetchall()
        return found


def _alike(asked: str, name: str) -> float:
    """Say how alike two folded names are, from 0 to 1."""
    alike = 0.0
    if asked:
        alike = (
            max(
                fuzz.ratio(asked, name),
                0.99 * fuzz.token_sort_ratio(asked, name),
                0.95 * fuzz.token_set_ratio(asked, name),
                # What is typed so far, against as much of the name.
                0.97 * fuzz.ratio(asked, name[: len(asked)]),
                # In the middle of a word, and there only if it is nearly the same.
                0.9 * fuzz.partial_ratio(asked, name, score_cutoff=85) if 3 <= len(asked) <= len(name) else 0.0,
                # The beginning of a word stands before its middle.
                94.0 if f" {asked}" in f" {name}" else 0.0,
            )
            / 100
        )
        # Of two that hold the whole text the shorter name is the likelier one.
        alike -= 0.02 * (1 - min(len(asked), len(name)) / max(len(asked), len(name), 1))
    return alike


def _score(alike: float, field: int, *, given: bool) -> float:
    """Add to the likeness of names what other fields say."""
    if not given and field:
        return max(alike, 1.0)
    return alike + _added(field)


def _added(fields: int) -> float:
    return sum(weight for one, weight in AGREES.items() if fields & one)
