"""Where somebody is mentioned in texts of others: found in every table at once, and taken out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import F

from treffpunkt.core.clock import now
from treffpunkt.core.words import Words

# Modules whose tables hold ids, hashes and keys, reference data, or the team itself.
_WORDLESS = frozenset({"journal", "links", "search", "retention", "vocabulary", "people"})
# Columns that hold codes or addresses of machines.
_CODES = frozenset(
    {
        "sorting",
        "source_key",
        "occasion",
        "reference",
        "template",
        "uid",
        "file",
        "pdf",
        "signature",
        "password",
        "kind",
    }
)
# Where a word cannot be taken out of a value, the value goes.
_WHOLE = frozenset({"address", "website", "room", "chat_url"})
# Columns by which a row belongs to a person and is dealt with on its own.
_OWNERS = ("actor_id", "to_id", "record_id")


@dataclass(frozen=True)
class Mention:
    """A text of a record that mentions somebody."""

    kind: str
    pk: str
    column: str
    text: str
    sure: bool
    model: type[models.Model] = field(repr=False, compare=False)

    @property
    def key(self) -> str:
        """Name the place."""
        return f"{self.kind}:{self.pk}:{self.column}"


def find(words: Words, *, but: Collection[Any] = (), passing_over: Collection[str] = ()) -> list[Mention]:
    """Find every text that mentions somebody, in one query.

    Rows that are theirs (`but`) are left out, and columns (`label.model.column`) where the words are somebody else's.
    """
    needle = words.needle
    if not needle:
        return []
    theirs = [str(pk) for pk in but]
    sql: list[str] = []
    parameters: list[str | list[str]] = []
    for model in _tables():
        columns = _columns(model)
        owners = " AND ".join(
            f"(t.{name} IS NULL OR t.{name}::text <> ALL(%s))" for name in _OWNERS if _has(model, name)
        )
        for column in columns:
            if f"{model._meta.label_lower}.{column}" in passing_over:
                continue
            sql.append(
                f"SELECT '{model._meta.label_lower}', t.{_key(model)}::text, '{column}', t.{column}::text "
                f'FROM "{model._meta.db_table}" t WHERE t.{column}::text ~* %s AND t.{_key(model)}::text <> ALL(%s)'
                + (f" AND {owners}" if owners else "")
            )
            parameters += [needle, theirs, *([theirs] * sum(_has(model, name) for name in _OWNERS))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql), parameters)
        rows = cursor.fetchall()
    return list(_mentions(words, rows))


def take_out(words: Words, mentions: Sequence[Mention], instead: str) -> set[tuple[str, str]]:
    """Replace the words in these texts; returns the (kind, id) of the records that changed."""
    by_row: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        by_row.setdefault((mention.kind, mention.pk), []).append(mention)
    for (_kind, pk), found in by_row.items():
        model = found[0].model
        row: Any = model._default_manager.select_for_update().filter(pk=pk).first()
        if row is None:
            continue
        for mention in found:
            change = _changer(words, instead, whole=mention.column in _WHOLE, perhaps=not mention.sure)
            setattr(row, mention.column, _walk(getattr(row, mention.column), change, _longest(model, mention.column)))
        names = [mention.column for mention in found]
        names += [name for name in ("sorting", "changed_at") if _has(model, name)]
        row.save(update_fields=names)
        if _has(model, "version"):
            model._default_manager.filter(pk=pk).update(version=F("version") + 1, changed_at=now())
    return set(by_row)


def _mentions(words: Words, rows: Iterable[tuple[str, str, str, str]]) -> Iterator[Mention]:
    for kind, pk, column, text in rows:
        sure, perhaps = words.stand_in(text)
        if sure or perhaps:
            yield Mention(kind, pk, column, text, sure, apps.get_model(kind))


def _changer(words: Words, instead: str, *, whole: bool, perhaps: bool) -> Callable[[str], str]:
    if whole:
        return lambda text: "" if any(words.stand_in(text)) else text
    return lambda text: words.without(text, instead, perhaps=perhaps)


def _walk(value: Any, change: Callable[[str], str], longest: int | None) -> Any:
    """Change every text in a value; a name as a key of JSON is none of ours."""
    if isinstance(value, str):
        return change(value)[:longest]
    if isinstance(value, dict):
        return {name: _walk(part, change, longest) for name, part in value.items()}
    return [_walk(part, change, longest) for part in value] if isinstance(value, list) else value


@cache
def _tables() -> tuple[type[models.Model], ...]:
    """List our tables that hold words, but for those whose words name nobody and can never be changed."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("treffpunkt.")]
    worded = (
        model for model in ours if model._meta.app_label not in _WORDLESS and not getattr(model, "NAMES_NOBODY", False)
    )
    return tuple(model for model in worded if _columns(model))


@cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    """List the columns of a table in which people write."""
    return tuple(
        str(one.column)
        for one in model._meta.concrete_fields
        if isinstance(one, models.CharField | models.TextField | models.JSONField)
        and not one.choices
        and not one.primary_key
        and not one.is_relation
        and one.name not in _CODES
        and not one.name.endswith(("_kind", "language"))
        and (one.max_length is None or one.max_length > 20)
    )


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def _has(model: type[models.Model], column: str) -> bool:
    return any(one.column == column for one in model._meta.concrete_fields)


def _longest(model: type[models.Model], name: str) -> int | None:
    return getattr(model._meta.get_field(name), "max_length", None)
