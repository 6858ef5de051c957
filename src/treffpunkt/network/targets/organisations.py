"""Organisations from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import fold, sort_key
from treffpunkt.intake.targets import Field, Incoming, Kept, Made, Reason, Run
from treffpunkt.network.addresses import recognise
from treffpunkt.network.models import Organisation
from treffpunkt.network.services.planning import ask_for_suspects
from treffpunkt.network.targets.fields import organisation_fields
from treffpunkt.network.targets.likeness import Known, of_one_source, phones_of, same_place
from treffpunkt.network.targets.records import Facts, Records, community_ids, name_key, source_key
from treffpunkt.network.targets.words import count
from treffpunkt.network.targets.writing import take_back
from treffpunkt.search import services as search

_SIMPLE = ("reading", "organisation_kind", "postal_address", "phone", "latitude", "longitude", "radius", "note")
_COMPARED = ("name", "source_key", "website", "postal_address", "phone", "latitude", "longitude")


class Organisations(Records):
    """Provider organisations, associations, authorities: one a row."""

    key = "organisations"
    name = _("Organisations")
    explains = _("One organisation a row: its name, its website, where it is and what it does.")
    icon = "building-2"
    model = Organisation
    kind = "network.organisation"
    compared: Mapping[str, str] = {
        "name": "name", "website": "website", "source_key": "key", "purpose": "purpose",
        **{name: name for name in _SIMPLE},
    }  # fmt: skip

    def fields(self) -> Sequence[Field]:
        """List the fields, the most important first."""
        return organisation_fields()

    def count(self, kind: str, number: int) -> str:
        """Say a number of records of a kind in words."""
        return count(kind, number)

    def facts(self, run: Run, row: Incoming) -> Facts:
        """Read what a row says."""
        values = row.values
        said: dict[str, Any] = {"name": values.get("name", "")}
        problems: list[Reason] = []
        if website := values.get("website", ""):
            said["website"] = _website(website, problems)
        said |= {name: values[name] for name in _SIMPLE if name in values}
        if not -90 <= said.get("latitude", 0) <= 90 or not -180 <= said.get("longitude", 0) <= 180:
            problems.append(("no_number", {"field": "latitude", "value": f"{said.get('latitude')}"}))
        if purpose := values.get("purpose"):
            said["purpose"] = {values.get("purpose_language", "de"): purpose}
        key = source_key(run, row)
        if key:
            said["source_key"] = key
        return Facts(said, self.keys_of(said), community_ids(run, row), problems)

    def keys_of(self, held: Mapping[str, Any]) -> list[str]:
        """Give the keys of a record as `Facts.keys` would be."""
        keys = [f"s:{own}"] if (own := held.get("source_key")) else []
        name = name_key(held["name"])
        if address := fold(held.get("postal_address") or ""):
            keys.append(f"n:{name}|{address}")
        return [*keys, f"n:{name}"]

    def candidates(self, facts: Sequence[Facts]) -> Iterable[QuerySet[Any]]:
        """Select whatever one of these rows could be, a query for each kind of key."""
        if sources := [one.said["source_key"] for one in facts if "source_key" in one.said]:
            yield Organisation.objects.filter(source_key__among=sources)
        yield Organisation.objects.filter(sorting__among={sort_key(one.said["name"]) for one in facts})

    def fits(self, facts: Facts, held: Mapping[str, Any]) -> bool | None:
        """Say whether one of the same name is the same; elsewhere, or with another website, a person decides."""
        if of_one_source(facts.said.get("source_key", ""), held["source_key"]):
            return False
        agrees = same_place(facts.said.get("postal_address", ""), held["postal_address"])
        if agrees is not None:
            return agrees or None
        website = facts.said.get("website", "")
        elsewhere = bool(website and held["website"] and website != held["website"])
        here, there = _point(facts.said), _point(held)
        moved = bool(here and there and max(abs(here[0] - there[0]), abs(here[1] - there[1])) > 0.1)
        return None if elsewhere and (moved or not here) and not _same_host(website, held["website"]) else True

    def complete(self, run: Run, said: dict[str, Any]) -> dict[str, Any]:
        """Add to a new record what no file says."""
        return said

    def likeness(self) -> Iterable[Known[UUID]]:
        """List what is compared by likeness."""
        rows = Organisation.objects.order_by().values("id", *_COMPARED)
        for row in rows.iterator(chunk_size=5000):
            yield _known(row["id"], row)

    def shown_to_likeness(self, number: int, facts: Facts) -> Known[int] | None:
        """Give what is compared of an organisation."""
        return _known(number, facts.said)

    def settle(self, run: Run) -> None:
        """Look again for records that may be the same; nothing is summed up over organisations."""
        ask_for_suspects()

    def undo(self, run: Run, made: Sequence[tuple[int, Made]]) -> list[Kept]:
        """Take back organisations; those somebody did something with since stay."""
        removed, kept = take_back(run, self.kind, made)
        search.forget(removed)
        return kept


def _website(text: str, problems: list[Reason]) -> str:
    """Reduce a website to its one spelling, be it a page of its own, a blog, or one on a platform."""
    try:
        found = recognise(text)
    except DomainError:
        return text  # a single post or the like: no space, but it may well be all they have
    if found is None:
        problems.append(("no_url", {"field": "website", "value": text[:80]}))
        return ""
    return found.address


K = TypeVar("K")


def _known(key: K, values: Mapping[str, Any]) -> Known[K]:
    website = values.get("website", "")
    return Known(
        key,
        values["name"],
        values.get("postal_address", ""),
        phones_of([values.get("phone", "")]),
        frozenset([website.rstrip("/")]) if website else frozenset(),
        _point(values),
        source=values.get("source_key", ""),
    )


def _point(values: Mapping[str, Any]) -> tuple[float, float] | None:
    latitude, longitude = values.get("latitude"), values.get("longitude")
    return (latitude, longitude) if latitude is not None and longitude is not None else None


def _same_host(one: str, other: str) -> bool:
    return one.split("/")[2:3] == other.split("/")[2:3]
