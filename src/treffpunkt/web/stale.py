"""A form that is out of date: what stands now, and how it is sent once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.forms import Field, Form
from django.http import QueryDict


def take_version(form: Form, version: object, *, field: str = "version") -> None:
    """Let a form that was stale be sent once more, now that both texts were shown."""
    data = QueryDict(mutable=True)
    for name in form.data:
        data.setlist(name, form.data.getlist(name) if isinstance(form.data, QueryDict) else [form.data[name]])
    data[field] = str(version)
    form.data = data


def conflicting(form: Form, stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name what stands now where it differs from what was typed, each with the label of its field."""
    differing = []
    for name, value in stored.items():
        field = form.fields.get(name)
        if field is None or name in ("version", "revision", "id"):
            continue
        stands, typed = _words(field, value), _words(field, form.cleaned_data.get(name))
        if stands != typed:
            differing.append((str(field.label), stands))
    return differing


def _words(field: Field, value: Any) -> str:
    """Say a value as the form shows it: choices by their labels, whatever their order."""
    if value in (None, ""):
        return ""
    several = value if isinstance(value, (list, tuple, set, QuerySet)) else [value]
    labels = {str(getattr(key, "value", key)): str(label) for key, label in getattr(field, "choices", ())}
    keys = (str(getattr(one, "pk", one)) for one in several)
    return ", ".join(sorted(labels.get(key, key) for key in keys))
