"""What lists can be narrowed by; each filter is read from an address, an export or an invitation list alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError
from treffpunkt.network import rules
from treffpunkt.network.addresses import recognise
from treffpunkt.network.models import Actor, Contact, Organisation, Role, Space
from treffpunkt.search import queries as search

_FOUND = 500


@dataclass(frozen=True)
class SpaceFilter:
    """Spaces by platform, language, state, community, region, words; women only; hanging on one; not seen for days."""

    text: str = ""
    platform: Any = None
    language: Any = None
    state: str = ""
    community: Any = None
    region: Any = None
    women_only: bool = False
    single_administrator: bool = False
    unchecked_days: int | None = None

    def apply(self, by: Agent, rows: QuerySet[Space]) -> QuerySet[Space]:
        """Narrow the rows to what is asked for."""
        rows = _equal(
            rows,
            platform=self.platform,
            language=self.language,
            state=self.state,
            place=self.region,
        )
        if self.community:
            rows = rows.filter(_in_community(Space, "space", self.community))
        if self.women_only:
            rows = rows.filter(women_only=True)
        if self.single_administrator:
            rows = rows.filter(administrator_count=1)
        if self.unchecked_days is not None:
            before = now() - timedelta(days=self.unchecked_days)
            rows = rows.filter(Q(checked_at=None) | Q(checked_at__lt=before))
        if address := _address(self.text):
            return rows.filter(address=address)
        return by_text(rows, self.text, Space, lambda: rules.viewable_spaces(by))


@dataclass(frozen=True)
class ActorFilter:
    """People by kind, standing, language, community, owner, words; persons only; due to be talked to."""

    text: str = ""
    actor_kind: str = ""
    standing: str = ""
    language: str = ""
    community: Any = None
    owner: Any = None
    persons_only: bool = False

    def apply(self, by: Agent, rows: QuerySet[Actor]) -> QuerySet[Actor]:
        """Narrow the rows to what is asked for."""
        rows = _equal(rows, actor_kind=self.actor_kind, standing=self.standing, owner=self.owner)
        if self.language:
            rows = rows.filter(languages__contains=[getattr(self.language, "pk", self.language)])
        if self.community:
            roles = Role.objects.filter(actor=OuterRef("pk"))
            rows = rows.filter(
                Exists(roles.filter(_in_community(Space, "space", self.community, "space")))
                | Exists(roles.filter(_in_community(Organisation, "organisation", self.community, "organisation")))
            )
        if self.persons_only:
            rows = rows.filter(not_a_person=False)
        return by_text(rows, self.text, Actor, lambda: rules.viewable_actors(by))


@dataclass(frozen=True)
class OrganisationFilter:
    """Organisations by kind, community, place and words."""

    text: str = ""
    organisation_kind: str = ""
    community: Any = None
    place: Any = None

    def apply(self, by: Agent, rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Narrow the rows to what is asked for."""
        rows = _equal(rows, organisation_kind=self.organisation_kind, place=self.place)
        if self.community:
            rows = rows.filter(_in_community(Organisation, "organisation", self.community))
        return by_text(rows, self.text, Organisation, lambda: rules.viewable_organisations(by))


@dataclass(frozen=True)
class ContactFilter:
    """Contacts by outcome, channel and who of us."""

    outcome: str = ""
    channel_kind: str = ""
    staff: Any = None

    def apply(self, by: Agent, rows: QuerySet[Contact]) -> QuerySet[Contact]:
        """Narrow the rows to what is asked for."""
        return _equal(rows, outcome=self.outcome, channel_kind=self.channel_kind, staff=self.staff)


def by_text(rows: QuerySet[Any], text: str, model: Any, viewable: Callable[[], QuerySet[Any]]) -> QuerySet[Any]:
    """Narrow rows to those found by name; what one may not see is left out before the cut."""
    if not text.strip():
        return rows
    kind = model._meta.label_lower
    return rows.filter(pk__in=search.find_ids(text, kind, viewable().values("pk"), _FOUND))


def _address(text: str) -> str:
    """Read a pasted address in any of its spellings; empty where the text is something else."""
    try:
        found = recognise(text)
    except DomainError:
        return ""
    return found.address if found else ""


def _equal(rows: QuerySet[Any], **values: Any) -> QuerySet[Any]:
    given = {name: value for name, value in values.items() if value not in (None, "")}
    return rows.filter(**given) if given else rows


def _in_community(model: Any, name: str, community: Any, outer: str = "pk") -> Exists:
    return Exists(model.communities.through.objects.filter(**{name: OuterRef(outer)}, community=community))
