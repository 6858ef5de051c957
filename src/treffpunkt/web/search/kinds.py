"""What can be found: each kind of record with its rule, its page and the line that tells two of one name apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements import rules as agreements
from treffpunkt.agreements.models import Agreement
from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.text import read_as
from treffpunkt.meetings import rules as meetings
from treffpunkt.meetings.models import Meeting
from treffpunkt.network import rules as network
from treffpunkt.network.models import Actor, Community, Organisation, Space
from treffpunkt.tasks import rules as tasks
from treffpunkt.tasks.models import Task
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.web.network import choices
from treffpunkt.web.network.words import platform_kind


@dataclass(frozen=True)
class Said:
    """What a result says of itself: its name, the language of the name, and a quiet line."""

    name: str
    language: str
    line: str


@dataclass(frozen=True)
class Kind:
    """A kind of record that can be found."""

    key: str
    record_kind: str
    title: str | Promise
    icon: str
    url_name: str
    viewable: Callable[[Agent], QuerySet[Any]]
    # The rows of some ids with what is read of them, and what each says.
    rows: Callable[[Agent, list[UUID]], QuerySet[Any]]
    read: Callable[[Iterable[Any]], Iterable[tuple[UUID, Said]]]

    def url(self, pk: UUID) -> str:
        """Give the page of a record of this kind."""
        return reverse(self.url_name, args=[pk])

    def say(self, by: Agent, ids: list[UUID]) -> Mapping[UUID, Said]:
        """Say what the results of this kind say of themselves; one query."""
        return dict(self.read(prepared.rows(self.rows, by, ids)))


def _line(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def _actor_rows(by: Agent, ids: list[UUID]) -> QuerySet[Actor]:
    found = network.viewable_actors(by).filter(pk__among=ids)
    return found.only("name", "reading", "handle", "actor_kind", "standing", "potential_reach")


def _actors(rows: Iterable[Actor]) -> Iterable[tuple[UUID, Said]]:
    for one in rows:
        name = str(one)
        handle = f"@{one.handle.lstrip('@')}" if one.handle and one.handle != name else ""
        reach = _("reaches %(number)s") % {"number": num(one.potential_reach)} if one.potential_reach else ""
        yield (
            one.pk,
            Said(
                name,
                "",
                _line(
                    read_as(one.name, one.reading),
                    one.get_actor_kind_display(),
                    handle,
                    one.get_standing_display(),
                    reach,
                ),
            ),
        )


def _space_rows(by: Agent, ids: list[UUID]) -> QuerySet[Space]:
    columns = ("name", "short_name", "name_language", "language_id", "platform_id", "space_kind", "members", "state")
    return network.viewable_spaces(by).filter(pk__among=ids).only(*columns)


def _spaces(rows: Iterable[Space]) -> Iterable[tuple[UUID, Said]]:
    platforms = choices.platforms()
    for one in rows:
        nature = platform_kind(one.platform_id, platforms.get(one.platform_id, one.platform_id), one.space_kind)
        members = _("%(number)s members") % {"number": num(one.members)} if one.members else ""
        language = one.name_language or one.language_id or ""
        yield (
            one.pk,
            Said(
                one.name, language, _line(read_as(one.name, one.short_name), nature, members, one.get_state_display())
            ),
        )


def _organisation_rows(by: Agent, ids: list[UUID]) -> QuerySet[Organisation]:
    found = network.viewable_organisations(by).filter(pk__among=ids).select_related("place")
    return found.only("name", "reading", "organisation_kind", "place__name")


def _organisations(rows: Iterable[Organisation]) -> Iterable[tuple[UUID, Said]]:
    for one in rows:
        yield (
            one.pk,
            Said(
                one.name,
                "",
                _line(read_as(one.name, one.reading), one.organisation_kind, one.place.name if one.place else ""),
            ),
        )


def _community_rows(by: Agent, ids: list[UUID]) -> QuerySet[Community]:
    found = network.communities_of(by).filter(pk__among=ids).select_related("language")
    return found.only("name", "language__names", "language__own_name")


def _communities(rows: Iterable[Community]) -> Iterable[tuple[UUID, Said]]:
    for one in rows:
        yield one.pk, Said(one.name, "", str(one.language))


def _meeting_rows(by: Agent, ids: list[UUID]) -> QuerySet[Meeting]:
    return meetings.viewable(by).filter(pk__among=ids).only("name", "starts", "state")


def _meetings(rows: Iterable[Meeting]) -> Iterable[tuple[UUID, Said]]:
    for one in rows:
        yield (
            one.pk,
            Said(
                one.name, "", _line(date_format(timezone.localtime(one.starts), "DATE_FORMAT"), one.get_state_display())
            ),
        )


def _agreement_rows(by: Agent, ids: list[UUID]) -> QuerySet[Agreement]:
    return agreements.viewable(by).filter(pk__among=ids).only("name", "state", "language")


def _agreements(rows: Iterable[Agreement]) -> Iterable[tuple[UUID, Said]]:
    languages = choices.language_names()
    for one in rows:
        language = languages.get(one.language.partition("-")[0], one.language)
        yield one.pk, Said(one.name, "", _line(one.get_state_display(), language))


def _task_rows(by: Agent, ids: list[UUID]) -> QuerySet[Task]:
    found = tasks.own(by).filter(pk__among=ids).select_related("owner")
    return found.only("title", "language", "state", "due", "owner__name")


def _tasks(rows: Iterable[Task]) -> Iterable[tuple[UUID, Said]]:
    for one in rows:
        due = (
            _("by %(day)s") % {"day": date_format(one.due, "DATE_FORMAT")}
            if one.due and one.state == Task.State.OPEN
            else ""
        )
        owner = one.owner.name if one.owner else _("nobody yet")
        yield one.pk, Said(one.title, one.language, _line(one.get_state_display(), owner, due))


KINDS = (
    Kind(
        key="people",
        record_kind="network.actor",
        title=_("People"),
        icon="user-round",
        url_name="web:network:actor",
        viewable=network.viewable_actors,
        rows=_actor_rows,
        read=_actors,
    ),
    Kind(
        key="spaces",
        record_kind="network.space",
        title=_("Groups and channels"),
        icon="messages-square",
        url_name="web:network:space",
        viewable=network.viewable_spaces,
        rows=_space_rows,
        read=_spaces,
    ),
    Kind(
        key="organisations",
        record_kind="network.organisation",
        title=_("Organisations"),
        icon="building-2",
        url_name="web:network:organisation",
        viewable=network.viewable_organisations,
        rows=_organisation_rows,
        read=_organisations,
    ),
    Kind(
        key="communities",
        record_kind="network.community",
        title=_("Communities"),
        icon="languages",
        url_name="web:network:community",
        viewable=network.communities_of,
        rows=_community_rows,
        read=_communities,
    ),
    Kind(
        key="meetings",
        record_kind="meetings.meeting",
        title=_("Meetings"),
        icon="users-round",
        url_name="web:meetings:detail",
        viewable=meetings.viewable,
        rows=_meeting_rows,
        read=_meetings,
    ),
    Kind(
        key="agreements",
        record_kind="agreements.agreement",
        title=_("Agreements"),
        icon="handshake",
        url_name="web:agreements:detail",
        viewable=agreements.viewable,
        rows=_agreement_rows,
        read=_agreements,
    ),
    Kind(
        key="tasks",
        record_kind="tasks.task",
        title=_("Tasks"),
        icon="list-checks",
        url_name="web:tasks:task",
        viewable=tasks.own,
        rows=_task_rows,
        read=_tasks,
    ),
)
BY_KEY = {kind.key: kind for kind in KINDS}
BY_RECORD_KIND = {kind.record_kind: kind for kind in KINDS}
