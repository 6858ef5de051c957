"""Entering and changing organisations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.addresses import recognise
from treffpunkt.network.models import Organisation
from treffpunkt.network.services.belonging import belonging, own_communities, put_into
from treffpunkt.network.services.names import index_organisations
from treffpunkt.network.services.shaping import differences, required, shape

FIELDS = frozenset(
    [
        "name",
        "reading",
        "organisation_kind",
        "purpose",
        "audience",
        "languages",
        "website",
        "postal_address",
        "phone",
        "source_key",
        "place",
        "latitude",
        "longitude",
        "radius",
        "communities",
        "note",
    ]
)


@transaction.atomic
def create_organisation(*, by: Agent, name: str, id: UUID | None = None, **fields: Any) -> Organisation:
    """Enter an organisation; an `id` that is known already gives that one, so that a form sent twice enters it once."""
    require(rules.may_create(by))
    if id and (known := Organisation.objects.filter(pk=id).first()):
        require(rules.may_edit_organisation(by, known))
        return known
    shaped = shape_organisation({"name": name, **fields})
    required(shaped["name"], _("name"))
    communities = belonging(own_communities(by), shaped.pop("communities", ()))
    organisation = Organisation(**({"id": id} if id else {}), **shaped)
    organisation.save(force_insert=True)
    put_into(organisation, communities)
    index_organisations([organisation])
    record(by, "organisation.created", organisation)
    return organisation


@transaction.atomic
def change_organisation(
    *, by: Agent, organisation: Organisation, version: int | None = None, **changes: Any
) -> Organisation:
    """Change what is known about an organisation; raises Stale where somebody else has since `version`."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(rules.may_edit_organisation(by, organisation))
    shaped = shape_organisation(changes)
    communities = shaped.pop("communities", None)
    changed = differences(organisation, shaped)
    if "name" in changed:
        required(shaped["name"], _("name"))
    if communities is not None:
        present = list(organisation.communities.all())
        if put_into(organisation, belonging(own_communities(by), communities, present)):
            changed.append("communities")
    if not changed:
        return organisation
    organisation.advance(version)
    for field in changed:
        if field != "communities":
            setattr(organisation, field, shaped[field])
    organisation.save()
    after_change([organisation], changed)
    names = [field.removesuffix("_id") for field in changed]
    record(by, "organisation.changed", organisation, fields=names)
    return organisation


def shape_organisation(given: dict[str, Any]) -> dict[str, Any]:
    """Shape the values of an organisation; what it does is one sentence a language, empty ones left out."""
    communities = given.get("communities")
    shaped = shape(
        Organisation,
        {name: value for name, value in given.items() if name != "communities"},
        FIELDS,
    )
    for name in ("purpose", "audience"):
        if name in shaped:
            texts = shaped[name] or {}
            shaped[name] = {tag: text for tag, given_text in texts.items() if (text := tidy(given_text or ""))}
    if shaped.get("website"):
        found = recognise(shaped["website"])
        shaped["website"] = found.address if found else ""
    if communities is not None:
        shaped["communities"] = list(communities)
    return shaped


def after_change(organisations: list[Organisation], changed: list[str]) -> None:
    """Keep the names up to date by which organisations are found."""
    if {"name", "reading", "website", "postal_address", "phone"} & set(changed):
        index_organisations(organisations)
