"""Filters, orders and rows of the network's long lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db.models import Count, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from treffpunkt.core import clock, prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import read_as
from treffpunkt.network import rules
from treffpunkt.network.addresses import recognise
from treffpunkt.network.models import Actor, Contact, Organisation, Space
from treffpunkt.network.queries import contacts
from treffpunkt.search.queries import find_ids
from treffpunkt.ui.lists import CAP, Filters, Sort
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.web.network import choices, words
from treffpunkt.web.network.widgets import QuickChecks, QuickSelect
from treffpunkt.web.rows import address_of, ago_of, isolated

# The most names a search in a list looks through.
_FOUND = 300
UNCHECKED_DAYS = 90
_SECONDS = 600
_LARGE = 5000

_LOGGED = (
    "at",
    "outcome",
    "channel_kind",
    "next_step",
    "confidential",
    "staff__name",
    "actor__name",
    "actor__handle",
)

Read = TypeVar("Read")

SPACE_SORTS = (
    Sort("name", _("Name"), ("sorting",)),
    Sort("size", _("Members"), ("-members",)),
    Sort("checked", _("Last checked"), ("checked_at",)),
)
ACTOR_SORTS = (
    Sort("name", _("Name"), ("sorting",)),
    Sort("reach", _("Potential reach"), ("-potential_reach",)),
    Sort("touch", _("Next contact"), ("next_touch",)),
    Sort("contact", _("Last contact"), ("-last_contact_at",)),
)
ORGANISATION_SORTS = (Sort("name", _("Name"), ("sorting",)),)


class SpaceFilters(Filters):
    """What the list of spaces can be narrowed to."""

    language = forms.ChoiceField(label=_("Language"), widget=QuickSelect)
    platform = forms.ChoiceField(label=_("Platform"), widget=QuickSelect)
    state = forms.ChoiceField(label=_("State"), widget=QuickSelect)
    community = forms.ChoiceField(label=_("Community"), widget=QuickSelect)
    place = forms.ChoiceField(label=_("Region"), widget=QuickSelect)
    only = forms.MultipleChoiceField(
        label=_("More"),
        choices=[
            ("women", _("women only")),
            ("single", _("only one admin")),
            ("unchecked", _("not checked for long")),
        ],
        widget=QuickChecks,
    )

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data)
        self.by = by
        self._found: list[UUID] | None = None  # looked up once, though the list, its count and its sum ask for it
        self.fields["q"].label = _("Name or address")
        offered: dict[str, Iterable[tuple[str, Any]]] = {
            "language": choices.languages_in_use(),
            "platform": list(choices.platforms().items()),
            "state": Space.State.choices,
            "community": choices.communities(by),
            "place": choices.places_in_use(),
        }
        for name, pairs in offered.items():
            field = self.fields[name]
            field.choices = [("", field.label), *pairs]  # type: ignore[attr-defined]

    def filter_q(self, rows: QuerySet[Space], text: str) -> QuerySet[Space]:
        """Find by address, by name or by German short name, whatever the spelling."""
        if self._found is None:
            address = address_in(text)
            exact = (
                rules.viewable_spaces(self.by).filter(address=address).values_list("pk", flat=True) if address else ()
            )
            self._found = list(exact) or found_ids(text, "network.space", rules.viewable_spaces(self.by))
        return rows.filter(pk__in=self._found)

    def filter_community(self, rows: QuerySet[Space], value: str) -> QuerySet[Space]:
        """Keep the spaces of one community."""
        return rows.filter(communities=UUID(value))

    def filter_only(self, rows: QuerySet[Space], values: list[str]) -> QuerySet[Space]:
        """Keep what is for women only, hangs on one administrator, or was not looked into for long."""
        if "women" in values:
            rows = rows.filter(women_only=True)
        if "single" in values:
            rows = rows.filter(administrator_count=1)
        if "unchecked" in values:
            rows = overdue(rows)
        return rows


class ActorFilters(Filters):
    """What the list of people can be narrowed to."""

    language = forms.ChoiceField(label=_("Language"), widget=QuickSelect)
    standing = forms.ChoiceField(label=_("Standing"), widget=QuickSelect)
    community = forms.ChoiceField(label=_("Community"), widget=QuickSelect)
    kind = forms.ChoiceField(label=_("Kind"), widget=QuickSelect)
    owner = forms.ChoiceField(label=_("Known by"), widget=QuickSelect)
    only = forms.MultipleChoiceField(
        label=_("More"),
        choices=[
            ("mine", _("known by me")),
            ("due", _("contact is due")),
            ("machines", _("not a person")),
        ],
        widget=QuickChecks,
    )

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data)
        self.by = by
        self.fields["q"].label = _("Name or handle")
        offered: dict[str, Iterable[tuple[str, Any]]] = {
            "language": choices.languages_offered(),
            "standing": Actor.Standing.choices,
            "community": choices.communities(by),
            "kind": Actor.Kind.choices,
            "owner": [("nobody", _("nobody yet")), *choices.colleagues()],
        }
        for name, pairs in offered.items():
            field = self.fields[name]
            field.choices = [("", field.label), *pairs]  # type: ignore[attr-defined]

    def filter_q(self, rows: QuerySet[Actor], text: str) -> QuerySet[Actor]:
        """Find by name, handle, phone or mail address."""
        return rows.filter(pk__in=found_ids(text, "network.actor", rules.viewable_actors(self.by)))

    def filter_owner(self, rows: QuerySet[Actor], value: str) -> QuerySet[Actor]:
        """Keep those whom one of us knows, or nobody yet."""
        return rows.filter(owner=None) if value == "nobody" else rows.filter(owner=UUID(value))

    def filter_language(self, rows: QuerySet[Actor], value: str) -> QuerySet[Actor]:
        """Keep those who speak a language."""
        return rows.filter(languages__contains=[value])

    def filter_kind(self, rows: QuerySet[Actor], value: str) -> QuerySet[Actor]:
        """Keep those of one kind."""
        return rows.filter(actor_kind=value)

    def filter_community(self, rows: QuerySet[Actor], value: str) -> QuerySet[Actor]:
        """Keep those with a role in a space of one community."""
        spaces = Space.objects.filter(communities=UUID(value))
        return rows.filter(pk__in=Actor.objects.filter(roles__space__in=spaces).values("pk"))

    def filter_only(self, rows: QuerySet[Actor], values: list[str]) -> QuerySet[Actor]:
        """Keep those one knows, those to be contacted now, or the machines."""
        if "mine" in values:
            rows = rows.filter(owner=self.by.agent_id)
        if "due" in values:
            rows = rows.filter(next_touch__lte=clock.today())
        if "machines" in values:
            rows = rows.filter(not_a_person=True)
        return rows


class OrganisationFilters(Filters):
    """What the list of organisations can be narrowed to."""

    community = forms.ChoiceField(label=_("Community"), widget=QuickSelect)

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data)
        self.by = by
        field = self.fields["community"]
        field.choices = [("", field.label), *choices.communities(by)]  # type: ignore[attr-defined]

    def filter_q(self, rows: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
        """Find by name or website."""
        return rows.filter(pk__in=found_ids(text, "network.organisation", rules.viewable_organisations(self.by)))

    def filter_community(self, rows: QuerySet[Organisation], value: str) -> QuerySet[Organisation]:
        """Keep those that work with one community."""
        return rows.filter(communities=UUID(value))


def overdue(rows: QuerySet[Space]) -> QuerySet[Space]:
    """Keep the spaces whose next look is due, or that were not looked into for long."""
    long_ago = clock.now() - timedelta(days=UNCHECKED_DAYS)
    unseen = Q(checked_at__lt=long_ago, check_due=None) | Q(checked_at=None, check_due=None)
    return rows.filter(Q(check_due__lte=clock.today()) | unseen).exclude(state=Space.State.LOST)


def found_ids(text: str, kind: str, visible: QuerySet[Any], most: int = _FOUND) -> list[UUID]:
    """Find the ids of records by name, best first."""
    return list(find_ids(text, kind, visible.values("pk"), most))


def address_in(text: str) -> str:
    """Reduce a searched text to the address it may be."""
    if "." not in text and "/" not in text:
        return ""
    try:
        known = recognise(text)
    except DomainError:
        return ""
    return known.address if known else ""


@dataclass(frozen=True)
class Totals:
    """How many spaces there are and how many members together: subscriptions, not people."""

    number: int
    members: int


def totals(by: Agent) -> Totals:
    """Count all spaces one sees and sum their members; where there are thousands, anew every ten minutes."""

    def read() -> Totals:
        found = rules.viewable_spaces(by).aggregate(number=Count("pk"), members=Sum("members"))
        return Totals(found["number"], found["members"] or 0)

    return large(_key(by, "totals"), read, lambda found: found.number)


def by_state(by: Agent) -> dict[str, int]:
    """Count the spaces one sees by their state; where there are thousands, anew every ten minutes."""
    return large(
        _key(by, "states"), lambda: state_numbers(rules.viewable_spaces(by)), lambda found: sum(found.values())
    )


def large(key: str, read: Callable[[], Read], size: Callable[[Read], int]) -> Read:
    """Read figures, and keep them for ten minutes where they are of so many rows that a few do not matter."""
    kept: Read | None = cache.get(key)
    if kept is None:
        kept = read()
        if size(kept) > _LARGE:
            cache.set(key, kept, _SECONDS)
    return kept


def _key(by: Agent, what: str) -> str:
    return f"network.{what}.{'all' if rules.sees_all(by) else by.agent_id}"


def by_standing(by: Agent) -> dict[str, int]:
    """Count the people one sees by their standing; where there are thousands, anew every ten minutes."""
    people = rules.viewable_actors(by).filter(erased_at=None)
    return large(_key(by, "standings"), lambda: standing_numbers(people), lambda found: sum(found.values()))


def standing_numbers(rows: QuerySet[Actor]) -> dict[str, int]:
    """Count people by their standing."""
    return dict(rows.order_by().values_list("standing").annotate(number=Count("*")))


def state_numbers(rows: QuerySet[Space]) -> dict[str, int]:
    """Count spaces by their state."""
    return dict(rows.order_by().values_list("state").annotate(number=Count("*")))


def members_of(rows: QuerySet[Space]) -> int:
    """Sum the members of a list that is known to be short enough to be counted."""
    some = rows.order_by().values("pk")[: CAP + 1]
    return Space.objects.filter(pk__in=some).aggregate(sum=Sum("members"))["sum"] or 0


SPACE_FIELDS = (
    "pk",
    "url",
    "text",
    "name",
    "line",
    "state",
    "state_kind",
    "members",
    "admins",
    "admins_kind",
    "checked",
)


def space_rows(spaces: Iterable[Space]) -> list[dict[str, Any]]:
    """Say the rows of a page in words: labels and the address are looked up once, not for each row."""
    platforms, states, url = choices.platforms(), words.state_labels(), address_of("web:network:space")
    women, natures = str(_("women only")), dict[tuple[str, str, bool], str]()
    said = {number: words.admins(number) for number in range(4)}
    rows = []
    for space in spaces:
        key = (space.platform_id, space.space_kind, space.women_only)
        nature = natures.get(key)
        if nature is None:
            nature = words.platform_kind(key[0], platforms.get(key[0], key[0]), key[1])
            natures[key] = nature = f"{nature}, {women}" if space.women_only else nature
        rows.append(
            {
                "pk": space.pk,
                "url": url % space.pk,
                "text": space.name,
                "name": isolated(space.name, space.name_language or space.language_id or ""),
                "line": f"{beside} · {nature}" if (beside := read_as(space.name, space.short_name)) else nature,
                "state": states[space.state],
                "state_key": space.state,
                "state_kind": words.STATE_KINDS[space.state],
                "members": num(space.members),
                "admins": said.get(space.administrator_count) or words.admins(space.administrator_count),
                "admins_kind": "state kind-urgent" if space.administrator_count == 1 else "quiet",
                "checked": ago_of(space.checked_at),
            }
        )
    return rows


def logged(by: Agent, record: Space | Actor | Organisation) -> list[Contact]:
    """List the latest contacts with somebody or about a group, with what their page shows."""
    return prepared.rows(_logged, by, str(record._meta.model_name), record.pk)


def _logged(by: Agent, name: str, pk: UUID) -> QuerySet[Contact]:
    rows = contacts(by).filter(**{name: pk}).select_related(None).select_related("actor", "staff")
    return rows.only(*_LOGGED)[:5]


def communities_in(model: type[Space] | type[Organisation]) -> ArraySubquery:
    """Give the communities of a record as a list of id and name, within the record's own query."""
    name = model._meta.model_name
    links = model.communities.through.objects.filter(**{str(name): OuterRef("pk")}).order_by("community__sorting")
    return ArraySubquery(links.values(json=JSONObject(pk="community_id", name="community__name")))


SPACE_COLUMNS = (
    "id",
    "name",
    "sorting",
    "short_name",
    "name_language",
    "language_id",
    "platform_id",
    "space_kind",
    "women_only",
    "state",
    "members",
    "administrator_count",
    "checked_at",
)
