"""Values as they are stored: tidied, checked against the field, keys in the place of instances."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import tidy


def shape(model: type[models.Model], given: Mapping[str, Any], allowed: Collection[str]) -> dict[str, Any]:
    """Shape the given values for their fields, named as the row stores them (`platform_id`).

    Raises DomainError where a text is too long or a choice unknown, TypeError for a field that may not be given.
    """
    shaped: dict[str, Any] = {}
    for name, value in given.items():
        if name not in allowed:
            raise TypeError(f"{model.__name__} takes no {name!r} here")
        field = model._meta.get_field(name)
        shaped[getattr(field, "attname", name)] = _value(field, value)
    return shaped


def differences(record: models.Model, shaped: Mapping[str, Any]) -> list[str]:
    """Name the fields whose shaped values differ from the record's."""
    return [name for name, value in shaped.items() if getattr(record, name) != value]


def required(value: str, what: str) -> None:
    """Refuse an empty text with a sentence that names it."""
    if not value:
        raise DomainError(_("Please fill in: %(what)s.") % {"what": what})


def keys(records: Iterable[Any]) -> set[Any]:
    """Give the primary keys of records or of keys."""
    return {getattr(record, "pk", record) for record in records}


def _value(field: Any, value: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        key = getattr(value, "pk", value)
        return (tidy(key) if isinstance(key, str) else key) or None
    if isinstance(field, ArrayField):
        return list(dict.fromkeys(tidy(str(one)) for one in value or () if one))
    if isinstance(field, (models.CharField, models.TextField)):
        return _text(field, value)
    if isinstance(field, (models.IntegerField, models.FloatField)):
        return _number(field, value)
    if isinstance(field, models.JSONField):
        return {tidy(str(key)): one for key, one in (value or {}).items()}
    return value


def _number(field: Any, value: Any) -> Any:
    try:
        return None if value is None else field.clean(value, None)
    except ValidationError as error:
        raise DomainError(
            _("%(what)s: %(problem)s")
            % {"what": str(field.verbose_name).capitalize(), "problem": " ".join(error.messages)}
        ) from error


def _text(field: Any, value: Any) -> str:
    text = tidy(str(value or ""), lines=isinstance(field, models.TextField))
    if field.max_length and len(text) > field.max_length:
        raise DomainError(
            _("%(what)s: at most %(number)s characters, please.")
            % {"what": str(field.verbose_name).capitalize(), "number": field.max_length}
        )
    if field.choices and text not in {str(key) for key, _label in field.flatchoices} and (text or not field.blank):
        raise DomainError(_("%(what)s: “%(value)s” is not known here.") % {"what": field.verbose_name, "value": text})
    return text
