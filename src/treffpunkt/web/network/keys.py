"""How the pages about who holds which key are narrowed, and how their rows are said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treffpunkt.core.agent import Agent
from treffpunkt.network.keyholders import Pair
from treffpunkt.network.models import Actor, Role, Space
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.queries import tasks
from treffpunkt.ui.lists import Filters, Sort
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.web.network import choices, words
from treffpunkt.web.network.lists import SpaceFilters
from treffpunkt.web.network.plans import last_contact, named, rounded
from treffpunkt.web.network.widgets import QuickSelect
from treffpunkt.web.rows import address_of, isolated

LOSS_SORTS = (
    Sort("members", gettext_lazy("Members"), ("-members_lost",)),
    Sort("spaces", gettext_lazy("Groups"), ("-spaces_lost", "-members_lost")),
)
BRIDGE_SORTS = (Sort("bridged", gettext_lazy("Communities"), ("-bridged", "-potential_reach")),)
SINGLE_SORTS = (
    Sort("size", gettext_lazy("Members"), ("-members",)),
    Sort("name", gettext_lazy("Name"), ("sorting",)),
    Sort("checked", gettext_lazy("Last checked"), ("checked_at",)),
)


class KeyFilters(SpaceFilters):
    """The filters of groups where a list of people rests on them; that one leads alone is a matter of course."""

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data, by=by)
        only = self.fields["only"]
        only.choices = [one for one in only.choices if one[0] != "single"]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Space]) -> QuerySet[Space]:
        """Narrow the groups."""
        return super().apply(rows)

    def apply(self, rows: Any) -> Any:
        """Leave the people as they are: what they rest on is narrowed already."""
        return rows if rows.model is Actor else super().apply(rows)


class BridgeFilters(Filters):
    """One or two communities between which somebody is the bridge, and how they stand to us."""

    one = forms.ChoiceField(label=gettext_lazy("Community"), widget=QuickSelect)
    other = forms.ChoiceField(label=gettext_lazy("and community"), widget=QuickSelect)
    standing = forms.ChoiceField(label=gettext_lazy("Standing"), widget=QuickSelect)

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data)
        own = choices.communities(by)
        offered: dict[str, Iterable[Any]] = {"one": own, "other": own, "standing": Actor.Standing.choices}
        for name, pairs in offered.items():
            field = self.fields[name]
            field.choices = [("", field.label), *pairs]  # type: ignore[attr-defined]

    @property
    def communities(self) -> list[UUID]:
        """Give the communities that are chosen."""
        return [UUID(self.chosen[name]) for name in ("one", "other") if name in self.chosen]

    def filter_one(self, rows: QuerySet[Actor], value: str) -> QuerySet[Actor]:
        """Leave the people as they are: the query knows the communities."""
        return rows

    filter_other = filter_one


def loss_rows(people: Iterable[Actor], spaces: Mapping[UUID, list[Space]]) -> list[dict[str, Any]]:
    """Say what the leaving of each would cost, and which groups it concerns."""
    url, standings = address_of("web:network:actor"), words.standing_labels()
    rows = []
    for one in people:
        lost = spaces.get(one.pk, [])
        cost: Any = one  # annotated by the query
        rows.append(
            {
                "url": url % one.pk,
                "pk": one.pk,
                "name": isolated(str(one)),
                "text": str(one),
                "groups": named(lost, cost.spaces_lost),
                "number": num(cost.spaces_lost),
                "members": num(rounded(cost.members_lost)) if cost.members_lost else "–",
                "standing": standings[one.standing],
                "standing_kind": words.STANDING_KINDS[one.standing],
                "last": said_last(one),
                "largest": address_of("web:network:succession") % lost[0].pk if lost else "",
            }
        )
    return rows


def single_rows(by: Agent, spaces: list[Space]) -> list[dict[str, Any]]:
    """Say on whom each group hangs, and whether something is being done about it; two queries."""
    leaders = _leaders(spaces)
    owed = _open_tasks(by, spaces)
    platforms, states = choices.platforms(), words.state_labels()
    space_url, actor_url = address_of("web:network:space"), address_of("web:network:actor")
    rows = []
    for space in spaces:
        leader = leaders.get(space.pk)
        nature = words.platform_kind(space.platform_id, platforms.get(space.platform_id, ""), space.space_kind)
        rows.append(
            {
                "url": space_url % space.pk,
                "pk": space.pk,
                "name": isolated(space.name, space.name_language or space.language_id or ""),
                "text": space.short_name or space.name,
                "line": f"{space.short_name} · {nature}" if space.short_name else nature,
                "state": states[space.state],
                "state_kind": words.STATE_KINDS[space.state],
                "members": num(space.members),
                "leader": isolated(str(leader)) if leader else "–",
                "leader_url": actor_url % leader.pk if leader else "",
                "last": said_last(leader) if leader else "",
                "tasks": owed.get(space.pk, 0),
            }
        )
    return rows


def bridge_rows(
    people: Iterable[Actor], bridged: Mapping[UUID, Mapping[UUID, int]], names: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    """Say between which communities each is the bridge."""
    url, standings = address_of("web:network:actor"), words.standing_labels()
    return [
        {
            "url": url % one.pk,
            "pk": one.pk,
            "name": isolated(str(one)),
            "text": str(one),
            "communities": SafeString(
                ", ".join(
                    f"{isolated(names[pk])} ({num(number)})"
                    for pk, number in bridged.get(one.pk, {}).items()
                    if pk in names
                )
            ),
            "reach": num(one.potential_reach),
            "standing": standings[one.standing],
            "standing_kind": words.STANDING_KINDS[one.standing],
            "last": said_last(one),
        }
        for one in people
    ]


def pair_rows(found: Iterable[Pair]) -> list[dict[str, Any]]:
    """Say how many people bridge two communities."""
    return [
        {
            "one": pair.one,
            "other": pair.other,
            "people": ngettext("%(number)s person", "%(number)s people", pair.people) % {"number": num(pair.people)},
            "won": num(pair.won),
            "query": f"?one={pair.one.pk}&other={pair.other.pk}",
        }
        for pair in found
    ]


def said_last(actor: Actor) -> str:
    """Say when we last spoke with somebody."""
    return last_contact(actor.last_contact_at) if actor.last_contact_at else _("no contact yet")


def _leaders(spaces: list[Space]) -> dict[UUID, Actor]:
    roles = Role.objects.present().filter(
        space__in=[space.pk for space in spaces], role=Role.Kind.ADMINISTRATOR, actor__not_a_person=False
    )
    return {role.space_id: role.actor for role in roles.select_related("actor") if role.space_id}


def _open_tasks(by: Agent, spaces: list[Space]) -> dict[UUID, int]:
    rows = tasks(by).filter(about_id__in=[space.pk for space in spaces], state=Task.State.OPEN)
    return dict(rows.order_by().values_list("about_id").annotate(number=Count("pk")))
