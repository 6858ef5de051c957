"""Whatever names a record by its id is known to whoever merges records."""

from __future__ import annotations

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import UniqueConstraint, UUIDField

from treffpunkt.core.references import named_columns
from treffpunkt.network.services.merging import MERGEABLE
from treffpunkt.network.services.repointing import pointers_to


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("treffpunkt.")]


def holds_ids(field) -> bool:
    kind = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(kind, UUIDField) and not field.is_relation and field.name != "id"


def test_every_column_of_ids_is_declared():
    """A new one is declared in `NAMES` of its model: whether it follows a record that is merged, or stays."""
    declared = {(model, one.id) for model, one in named_columns()}
    missing = [
        f"{model._meta.label}.{field.name}: add NAMES = (named(...),), see core/references.py"
        for model in ours()
        for field in model._meta.concrete_fields
        if holds_ids(field) and (model, field.name) not in declared
    ]

    assert missing == []


def test_what_is_declared_is_there():
    for model, one in named_columns():
        fields = {field.name for field in model._meta.concrete_fields}
        assert {one.id, *filter(None, [one.kind])} <= fields, model
        if pair := getattr(model, "PAIR", None):
            assert {f"{name}_id" for name in pair} <= fields
        assert set(getattr(model, "STAYS_BY", ())) <= fields


def test_what_cannot_be_there_twice_can_be_settled():
    """A constraint over expressions could not be asked beforehand."""
    pointing = {pointer.model for model in MERGEABLE.values() for pointer in pointers_to(model)}
    wrong = [
        constraint.name
        for model in pointing
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and constraint.expressions
    ]

    assert wrong == []
