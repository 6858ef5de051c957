"""Any record, named by kind and id, as a label with its page: only for whoever may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.meetings import rules as meeting_rules
from treffpunkt.meetings.models import Invitation, Statement
from treffpunkt.network import rules as network_rules
from treffpunkt.people.models import Staff
from treffpunkt.tasks import rules as task_rules


@dataclass(frozen=True)
class Label:
    """How a record is called, in which language, where its page is, and what it says (if it is a text)."""

    text: str
    url: str = ""
    language: str = ""
    quote: str = ""
    gist: str = ""


Resolver = Callable[[Agent, list[UUID]], Mapping[UUID, Label]]


def labels(by: Agent, named: Iterable[tuple[str, UUID]]) -> dict[UUID, Label]:
    """Label records of any kinds; one query a kind; what may not be seen is missing."""
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for kind, pk in set(named):
        by_kind[kind].append(pk)
    found: dict[UUID, Label] = {}
    for kind, ids in by_kind.items():
        if kind in RESOLVERS:
            found |= RESOLVERS[kind](by, ids)
    return found


def _paged(viewable: Callable[[Agent], QuerySet], url: str, *fields: str, language: str = "") -> Resolver:  # type: ignore[type-arg]
    def resolve(by: Agent, ids: list[UUID]) -> dict[UUID, Label]:
        columns = ["pk", *fields] + ([language] if language else [])
        rows = viewable(by).filter(pk__in=ids).values_list(*columns)
        return {
            row[0]: Label(
                text=next((text for text in row[1 : 1 + len(fields)] if text), _("without a name")),
                url=reverse(url, args=[row[0]]),
                language=row[-1] or "" if language else "",
            )
            for row in rows
        }

    return resolve


def _contacts(by: Agent, ids: list[UUID]) -> dict[UUID, Label]:
    rows = network_rules.viewable_contacts(by).filter(pk__in=ids)
    return {row.pk: Label(text=row.get_outcome_display(), quote=row.note, language=row.language) for row in rows}


def _invitations(by: Agent, ids: list[UUID]) -> dict[UUID, Label]:
    rows = Invitation.objects.filter(pk__in=ids, meeting__in=meeting_rules.viewable(by)).values_list("pk", flat=True)
    return {pk: Label(text="") for pk in rows}


def _statements(by: Agent, ids: list[UUID]) -> dict[UUID, Label]:
    rows = Statement.objects.filter(
        pk__in=ids, meeting__in=meeting_rules.viewable(by), confidential=False, removed_at=None
    )
    return {row.pk: Label(text="", quote=row.text, gist=row.gist, language=row.language) for row in rows}


def _staff(by: Agent, ids: list[UUID]) -> dict[UUID, Label]:
    return {pk: Label(text=name) for pk, name in Staff.objects.filter(pk__in=ids).values_list("pk", "name")}


RESOLVERS: dict[str, Resolver] = {
    "network.space": _paged(network_rules.viewable_spaces, "web:network:space", "name", language="language_id"),
    "network.actor": _paged(network_rules.viewable_actors, "web:network:actor", "name", "handle"),
    "network.organisation": _paged(network_rules.viewable_organisations, "web:network:organisation", "name"),
    "network.community": _paged(network_rules.communities_of, "web:network:community", "name"),
    "network.contact": _contacts,
    "meetings.meeting": _paged(meeting_rules.viewable, "web:meetings:detail", "name"),
    "meetings.invitation": _invitations,
    "meetings.statement": _statements,
    "tasks.task": _paged(task_rules.viewable, "web:tasks:task", "title", language="language"),
    "people.staff": _staff,
}
