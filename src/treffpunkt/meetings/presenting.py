"""Reading the slots in which organisations explain what they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from treffpunkt.core.agent import Agent
from treffpunkt.core.text import localized
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import AgendaItem, Meeting, Presentation
from treffpunkt.network.models import Organisation, Role
from treffpunkt.network.rules import viewable_organisations

PARTS = ("name", "purpose", "audience", "languages", "website", "phone")


@dataclass(frozen=True)
class Entry:
    """The entry of an organisation in one language: what it does, for whom, each with the language it is in."""

    language: str
    purpose: tuple[str, str]
    audience: tuple[str, str]


@dataclass(frozen=True)
class Change:
    """A part of an entry that is to change: in which language, where it has one, what stands and what is proposed."""

    part: str
    language: str
    before: str
    after: str


def slots(by: Agent, meeting: Meeting) -> dict[UUID, Presentation]:
    """Give the slots of a meeting by their topic, each with a contact person of the organisation as `contact`."""
    contact = Role.objects.present().filter(organisation=OuterRef("organisation"), actor__erased_at=None)
    rows = rules.viewable_presentations(by).filter(item__meeting=meeting).select_related("organisation")
    found = rows.annotate(contact=Subquery(contact.order_by("since", "id").values("actor")[:1]))
    return {row.item_id: row for row in found}


def slot_of(item: AgendaItem | None) -> Presentation | None:
    """Give the slot of a topic, where it is one."""
    if item is None or item.organisation_id is None:
        return None
    return Presentation.objects.filter(item=item).select_related("organisation").first()


def without_slot(by: Agent, meeting: Meeting) -> QuerySet[Organisation]:
    """List the organisations one sees that have no slot at a meeting yet, those of its communities first."""
    taken = AgendaItem.objects.filter(meeting=meeting, organisation__isnull=False).values("organisation")
    return viewable_organisations(by).exclude(pk__in=taken).order_by("sorting", "pk")


def entries(organisation: Organisation, languages: list[str]) -> list[Entry]:
    """Give the entry in each language of a meeting in which it says something; in any, where it does in none."""
    found = []
    for tag in languages:
        purpose, audience = localized(organisation.purpose, tag), localized(organisation.audience, tag)
        if purpose[0] and _is_in(purpose[1], tag):
            found.append(Entry(tag, purpose, audience if _is_in(audience[1], tag) else ("", tag)))
    if found or not organisation.purpose:
        return found
    first = localized(organisation.purpose, "de")
    return [Entry(first[1], first, localized(organisation.audience, first[1]))]


def _is_in(language: str, wanted: str) -> bool:
    return language.partition("-")[0] == wanted.partition("-")[0]


def changes(presentation: Presentation) -> list[Change]:
    """List what an organisation wants changed, part by part and language by language."""
    found = []
    for part in PARTS:
        if part not in presentation.proposed:
            continue
        before: Any = getattr(presentation.organisation, part)
        after: Any = presentation.proposed[part]
        if isinstance(after, dict):
            pairs = {tag: (before.get(tag, ""), after.get(tag, "")) for tag in [*before, *after]}
            found += [Change(part, tag, *pair) for tag, pair in pairs.items() if pair[0] != pair[1]]
        elif isinstance(after, list):
            found.append(Change(part, "", ",".join(before), ",".join(after)))
        else:
            found.append(Change(part, "", before, after))
    return found
