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
    read: Callable[[QuerySet[Any]], Iterable[tuple[UUID, Said]]]

    def url(self, pk: UUID) -> str:
        """Give the page of a record of this kind."""
        return reverse(self.url_name, args=[pk])

    def say(self, by: Agent, ids: list[UUID]) -> Mapping[UUID, Said]:
        """Say what the results of this kind say of themselves; one query."""
        return dict(self.read(self.viewable(by).filter(pk__in=ids)))


def _line(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def _actors(rows: QuerySet[Actor]) -> Iterable[tuple[UUID, Said]]:
    for one in rows.only("name", "reading", "handle", "actor_kind", "standing", "potential_reach"):
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


def _spaces(rows: QuerySet[Space]) -> Iterable[tuple[UUID, Said]]:
    platforms = choices.platforms()
    columns = ("name", "short_name", "name_language", "language_id", "platform_id", "space_kind", "members", "state")
    for one in rows.only(*columns):
        nature = platform_kind(one.platform_id, platforms.get(one.platform_id, one.platform_id), one.space_kind)
        members = _("%(number)s members") % {"number": num(one.members)} if one.members else ""
        language = one.name_language or one.language_id or ""
        yield (
            one.pk,
            Said(
                one.name, language, _line(read_as(one.name, one.short_name), nature, members, one.get_state_display())
            ),
        )


def _organisations(rows: QuerySet[Organisation]) -> Iterable[tuple[UUID, Said]]:
    for one in rows.select_related("place").only("name", "reading", "organisation_kind", "place__name"):
        yield (
            one.pk,
            Said(
                one.name,
                "",
                _line(read_as(one.name, one.reading), one.organisation_kind, one.place.name if one.place else ""),
            ),
        )


def _communities(rows: QuerySet[Community]) -> Iterable[tuple[UUID, Said]]:
    for one in rows.select_related("language").only("name", "language__names", "language__own_name"):
        yield one.pk, Said(one.name, "", str(one.language))


def _meetings(rows: QuerySet[Meeting]) -> Iterable[tuple[UUID, Said]]:
    for one in rows.only("name", "starts", "state"):
        yield (
            one.pk,
            Said(
                one.name, "", _line(date_format(timezone.localtime(one.starts), "DATE_FORMAT"), one.get_state_display())
            ),
        )


def _agreements(rows: QuerySet[Agreement]) -> Iterable[tuple[UUID, Said]]:
    languages = choices.language_names()
    for one in rows.only("name", "state", "language"):
        language = languages.get(one.language.partition("-")[0], one.language)
        yield one.pk, Said(one.name, "", _line(one.get_state_display(), language))


def _tasks(rows: QuerySet[Task]) -> Iterable[tuple[UUID, Said]]:
    for one in rows.select_related("owner").only("title", "language", "state", "due", "owner__name"):
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
        read=_actors,
    ),
    Kind(
        key="spaces",
        record_kind="network.space",
        title=_("Groups and channels"),
        icon="messages-square",
        url_name="web:network:space",
        viewable=network.viewable_spaces,
        read=_spaces,
    ),
    Kind(
        key="organisations",
        record_kind="network.organisation",
        title=_("Organisations"),
        icon="building-2",
        url_name="web:network:organisation",
        viewable=network.viewable_organisations,
        read=_organisations,
    ),
    Kind(
        key="communities",
        record_kind="network.community",
        title=_("Communities"),
        icon="languages",
        url_name="web:network:community",
        viewable=network.communities_of,
        read=_communities,
    ),
    Kind(
        key="meetings",
        record_kind="meetings.meeting",
        title=_("Meetings"),
        icon="users-round",
        url_name="web:meetings:detail",
        viewable=meetings.viewable,
        read=_meetings,
    ),
    Kind(
        key="agreements",
        record_kind="agreements.agreement",
        title=_("Agreements"),
        icon="handshake",
        url_name="web:agreements:detail",
        viewable=agreements.viewable,
        read=_agreements,
    ),
    Kind(
        key="tasks",
        record_kind="tasks.task",
        title=_("Tasks"),
        icon="list-checks",
        url_name="web:tasks:task",
        viewable=tasks.own,
        read=_tasks,
    ),
)
BY_KEY = {kind.key: kind for kind in KINDS}
BY_RECORD_KIND = {kind.record_kind: kind for kind in KINDS}
