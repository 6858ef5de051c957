"""Records like the one that is being entered: a quiet list while typing, and a question before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form, ModelForm
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.text import tidy
from treffpunkt.search import queries as search
from treffpunkt.web.network.finding import visible
from treffpunkt.web.search.kinds import BY_RECORD_KIND

_MOST = 5
_SHORTEST = 3
# By which of its fields a kind is found besides its name, and what that is to the search.
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "network.actor": {"handle": "handles"},
    "network.space": {"address": "urls"},
    "network.organisation": {"website": "urls", "phone": "phones", "postal_address": "addresses"},
}
_AGREES = {
    search.PHONE: _("the same phone number"),
    search.URL: _("the same web address"),
    search.HANDLE: _("the same handle"),
    search.ADDRESS: _("the same postal address"),
}


@dataclass(frozen=True)
class Similar:
    """A record like the one being entered, and what besides the name agrees."""

    url: str
    name: str
    language: str
    line: str
    agrees: str
    warns: bool


def looks(page: str) -> dict[str, Any]:
    """Give a field what it takes to show similar records while one types."""
    return {
        "hx-post": reverse_lazy(f"web:network:{page}"),
        "hx-trigger": "input changed delay:400ms, change",
        "hx-target": "#similar",
        "hx-swap": "outerHTML",
    }


def similar(by: Agent, kind: str, given: Mapping[str, Any], but: Any = None) -> list[Similar]:
    """Find what is like a record with these values, among what one may see; two queries."""
    name = tidy(str(given.get("name") or given.get("handle") or ""))
    if len(name) < _SHORTEST:
        return []
    fields: dict[str, list[str]] = {}
    for field, what in _FIELDS[kind].items():
        if value := str(given.get(field) or "").strip():
            fields.setdefault(what, []).append(value)
    rows = visible(by)[kind]
    hits = search.find(name, {kind: rows.exclude(pk=but) if but else rows}, _MOST, **fields)
    source = BY_RECORD_KIND[kind]
    said = source.say(by, [hit.record_id for hit in hits]) if hits else {}
    return [
        Similar(
            source.url(hit.record_id),
            said[hit.record_id].name,
            said[hit.record_id].language,
            said[hit.record_id].line,
            ", ".join(str(words) for field, words in _AGREES.items() if hit.agrees & field),
            hit.warns,
        )
        for hit in hits
        if hit.record_id in said
    ]


def asked_about(request: HttpRequest, kind: str, form: Form | ModelForm[Any]) -> list[Similar]:
    """Give what is so like the new record that it is asked about before saving: once, and only what more than a name says."""
    if request.POST.get("different"):
        return []
    return [one for one in similar(request.user, kind, form.cleaned_data) if one.warns]  # type: ignore[arg-type]
