"""Two records side by side: what each says, in words, and what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField, TextField
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from treffpunkt.network.models import Actor, Organisation, Space
from treffpunkt.network.services.choosing import (
    BOTH,
    CHOOSABLE,
    GONE,
    KEPT,
    Choosable,
    Mergeable,
    is_empty,
    is_same,
    join,
    proposed,
)  # fmt: skip
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.web.network import choices, words
from treffpunkt.web.network.forms.actors import ActorForm
from treffpunkt.web.network.forms.organisations import OrganisationForm
from treffpunkt.web.network.forms.spaces import SpaceForm

_LABELS: Mapping[type[Mergeable], Mapping[str, str | Promise]] = {
    Actor: {
        **ActorForm.Meta.labels,
        "languages": gettext_lazy("Languages"),
        "standing": gettext_lazy("Standing"),
        "not_a_person": gettext_lazy("Not a person"),
        "consent_for": gettext_lazy("Consent"),
    },
    Space: {**SpaceForm.Meta.labels, "state": gettext_lazy("State"), "place": gettext_lazy("Region or town")},
    Organisation: {
        **OrganisationForm.Meta.labels,
        "purpose": gettext_lazy("What it does"),
        "place": gettext_lazy("Town"),
        "latitude": gettext_lazy("Position"),
        "radius": gettext_lazy("Works within (metres)"),
    },
}
_LTR = frozenset({"handle", "address", "website", "phone"})


@dataclass(frozen=True)
class Option:
    """A value that may stay: which one it is, how it reads, and whether it is the one proposed or chosen."""

    choice: str
    text: str
    language: str
    ltr: bool
    chosen: bool


@dataclass(frozen=True)
class Line:
    """A field in which two records differ, with the values that may stay."""

    key: str
    label: str
    options: list[Option]


def label_of(model: type[Mergeable], key: str) -> str:
    """Name a field as its form does."""
    return str(_LABELS[model].get(key, key))


def compared(kept: Mergeable, gone: Mergeable, chosen: Mapping[str, str]) -> tuple[list[Line], list[Line]]:
    """Give the fields in which both say something else, and those in which only one says anything."""
    both: list[Line] = []
    single: list[Line] = []
    for one in CHOOSABLE[type(kept)]:
        if is_same(kept, gone, one) or (is_empty(kept, one) and is_empty(gone, one)):
            continue
        line = _line(kept, gone, one, chosen.get(one.key) or proposed(kept, gone, one))
        (single if is_empty(kept, one) or is_empty(gone, one) else both).append(line)
    return both, single


def said(record: Mergeable, key: str) -> str:
    """Say in words what a record holds in a field."""
    return _text(record, key, getattr(record, key))


def _line(kept: Mergeable, gone: Mergeable, one: Choosable, choice: str) -> Line:
    options = [
        Option(name, said(record, one.key), _language(record, one.key), one.key in _LTR, choice == name)
        for name, record in ((KEPT, kept), (GONE, gone))
    ]
    if one.both and not is_empty(kept, one) and not is_empty(gone, one):
        text = (
            _("Both, one below the other") if _is_long(kept, one.key) else _text(kept, one.key, join(kept, gone, one))
        )
        options.append(Option(BOTH, text, "", False, choice == BOTH))
    return Line(one.key, label_of(type(kept), one.key), options)


def _text(record: Mergeable, key: str, value: Any) -> str:
    field: Any = record._meta.get_field(key)
    if value in (None, "", [], {}):
        return "–"
    for kinds, say in _SAYS:
        if isinstance(value, kinds):
            return say(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, ArrayField):
        names = choices.language_names()
        return ", ".join(names.get(tag, tag) for tag in value)
    if isinstance(field, JSONField):
        return "\n".join(f"{_language_name(tag)}: {text}" for tag, text in value.items())
    return words.shown_address(str(value)) if key in ("address", "website") else str(value)


def _language_name(tag: str) -> str:
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag


def _language(record: Mergeable, key: str) -> str:
    if isinstance(record, Space) and key == "name":
        return record.name_language or record.language_id or ""
    return ""


def _is_long(record: Mergeable, key: str) -> bool:
    return isinstance(record._meta.get_field(key), TextField)


_SAYS: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (bool, lambda value: _("yes") if value else _("no")),
    ((datetime, date), lambda value: date_format(value, "DATE_FORMAT")),
    (int, num),
    (float, lambda value: f"{value:.4f}"),
)
