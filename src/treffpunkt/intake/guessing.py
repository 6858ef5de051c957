"""Which column is which: guessed from what columns are called and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from treffpunkt.core.text import fold
from treffpunkt.intake.targets import Field

_LEAST = 0.6
_URL = re.compile(r"(?:https?://|www\.)\S+\Z|[\w-]+(?:\.[\w-]+)+/\S*\Z", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[\d.,' \u00a0]{1,15}\Z")
_PHONE = re.compile(r"\+?[\d ()/.-]{7,20}\Z")


def guess(fields: Sequence[Field], columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Guess {field: column}, each column once, the surest first; `rows` are some rows of the file."""
    scored = []
    for place, column in enumerate(columns):
        values = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        shape = _shape(values)
        for position, field in enumerate(fields):
            if field.only_for_all:
                continue
            score = _name_score(field, column) + _value_score(field, shape, bool(values))
            if score >= _LEAST:
                scored.append((-score, position, place, field.key, column))
    mapping: dict[str, str] = {}
    for _score, _position, _place, key, column in sorted(scored):
        if key not in mapping and column not in mapping.values():
            mapping[key] = column
    return mapping


def _name_score(field: Field, column: str) -> float:
    name = _words(column)
    if not name:
        return 0.0
    best = 0.0
    for number, synonym in enumerate((field.key, str(field.label), *field.synonyms)):
        known = _words(synonym)
        if known == name:
            return 1.0 - number / 1000
        if len(known) > 3 and (f" {known} " in f" {name} " or (len(name) > 3 and f" {name} " in f" {known} ")):
            best = max(best, 0.7)
        elif len(known) > 4 and fuzz.ratio(known, name) > 86:
            best = max(best, 0.75)
    return best


def _words(text: str) -> str:
    return fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text))


def _shape(values: Sequence[str]) -> Mapping[str, float]:
    patterns = {"url": _URL, "mail": _MAIL, "number": _NUMBER, "phone": _PHONE}
    return {
        kind: sum(bool(pattern.match(value)) for value in values) / len(values) if values else 0.0
        for kind, pattern in patterns.items()
    }


def _value_score(field: Field, shape: Mapping[str, float], filled: bool) -> float:
    """Add where the values are of the field's kind, take away where they cannot be."""
    if not filled:
        return 0.0
    kind = "url" if field.key == "address" else "number" if field.kind == "decimal" else field.kind
    if kind in ("url", "mail"):
        return 0.65 if shape[kind] > 0.7 else -0.2 if shape[kind] < 0.1 else 0.2
    if kind == "number":
        return 0.1 if shape["number"] > 0.8 else -0.3
    if kind == "phone":
        return 0.1 if shape["phone"] > 0.7 else -0.3
    if field.key == "name":
        return -0.4 if shape["url"] > 0.7 or shape["mail"] > 0.7 or shape["number"] > 0.9 else 0.05
    return 0.0
