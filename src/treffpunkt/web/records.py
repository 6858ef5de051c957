"""Any record, named by kind and id, as a label with its page: only for whoever may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Expression, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _

from treffpunkt.agreements import rules as agreement_rules
from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.text import read_as
from treffpunkt.meetings import rules as meeting_rules
from treffpunkt.meetings.models import Invitation, Statement
from treffpunkt.network import rules as network_rules
from treffpunkt.network.models import Contact
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
    # How the name is read in German, where it is of another script.
    beside: str = ""


@dataclass(frozen=True)
class Source:
    """Where the labels of one kind come from: the rows somebody may see, and which columns say what."""

    viewable: Callable[[Agent], QuerySet[Any]]
    page: str = ""
    names: tuple[str, ...] = ()
    language: str = ""
    quote: str = ""
    gist: str = ""
    beside: str = ""


def labels(by: Agent, named: Iterable[tuple[str, UUID]]) -> dict[UUID, Label]:
    """Label records of any kinds; one query whatever the kinds; what may not be seen is missing."""
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for kind, pk in set(named):
        if kind in RESOLVERS:
            by_kind[kind].append(pk)
    if not by_kind:
        return {}
    kinds = tuple(sorted(by_kind))
    rows = prepared.rows(_of_kinds, by, kinds, *(by_kind[kind] for kind in kinds))
    return {row[1]: _label(*row) for row in rows}


def _of_kinds(by: Agent, kinds: tuple[str, ...], *ids: list[UUID]) -> QuerySet[Any]:
    parts = [_rows(RESOLVERS[kind], by, kind, some) for kind, some in zip(kinds, ids, strict=True)]
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _rows(source: Source, by: Agent, kind: str, ids: list[UUID]) -> QuerySet[Any]:
    columns: dict[str, Expression] = {
        "label_kind": Value(kind, TextField()),
        "label_text": _first(source.names),
        "label_language": _first((source.language,)),
        "label_quote": _first((source.quote,)),
        "label_gist": _first((source.gist,)),
        "label_beside": _first((source.beside,)),
    }
    rows = source.viewable(by).filter(pk__among=ids).order_by().annotate(**columns)
    found: QuerySet[Any] = rows.values_list("label_kind", "pk", *list(columns)[1:])
    return found


def _first(names: tuple[str, ...]) -> Expression:
    """Take the first of some columns that is not empty; nothing of none."""
    empty = Value("", TextField())
    filled = [NullIf(Cast(F(name), TextField()), empty) for name in names if name]
    return Coalesce(*filled, empty) if filled else Cast(empty, TextField())


def _label(kind: str, pk: UUID, text: str, language: str, quote: str, gist: str, beside: str) -> Label:
    source = RESOLVERS[kind]
    if kind == "network.contact":
        text = str(dict(Contact.Outcome.choices).get(text, ""))
    elif source.page and not text:
        text = _("without a name")
    url = reverse(source.page, args=[pk]) if source.page else ""
    beside = read_as(text, beside) if source.beside else ""
    return Label(text=text, url=url, language=language, quote=quote, gist=gist, beside=beside)


def _invitations(by: Agent) -> QuerySet[Invitation]:
    return Invitation.objects.filter(meeting__in=meeting_rules.viewable(by))


def _statements(by: Agent) -> QuerySet[Statement]:
    return Statement.objects.filter(meeting__in=meeting_rules.viewable(by), confidential=False, removed_at=None)


def _staff(by: Agent) -> QuerySet[Staff]:
    return Staff.objects.all()


RESOLVERS: dict[str, Source] = {
    "network.space": Source(
        network_rules.viewable_spaces, "web:network:space", ("name",), "language_id", beside="short_name"
    ),
    "network.actor": Source(network_rules.viewable_actors, "web:network:actor", ("name", "handle"), beside="reading"),
    "network.organisation": Source(
        network_rules.viewable_organisations, "web:network:organisation", ("name",), beside="reading"
    ),
    "network.community": Source(network_rules.communities_of, "web:network:community", ("name",)),
    "network.contact": Source(network_rules.viewable_contacts, names=("outcome",), language="language", quote="note"),
    "network.profile": Source(network_rules.viewable_profiles, "web:network:profile", ("name",)),
    "meetings.meeting": Source(meeting_rules.viewable, "web:meetings:detail", ("name",)),
    "meetings.invitation": Source(_invitations),
    "meetings.statement": Source(_statements, language="language", quote="text", gist="gist"),
    "agreements.agreement": Source(agreement_rules.viewable, "web:agreements:detail", ("name",)),
    "tasks.task": Source(task_rules.viewable, "web:tasks:task", ("title",), "language"),
    "people.staff": Source(_staff, names=("name",)),
}
