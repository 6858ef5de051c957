"""What the plan of whom to talk to next can be asked for, and how its steps are said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateformat import format as dated
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treffpunkt.core.agent import Agent
from treffpunkt.network.models import Pick, Space
from treffpunkt.network.queries import Suggestion
from treffpunkt.network.talks import NAMED, Plan, Step
from treffpunkt.ui.templatetags.ui import num, percent
from treffpunkt.web.network.lists import SpaceFilters
from treffpunkt.web.network.widgets import QuickSelect
from treffpunkt.web.rows import address_of, ago_of, isolated

USUAL = 10
NUMBERS = (5, USUAL, 20, 50, 100, 200)
# How many of a hundred say yes; the first is taken where nobody chose.
CHANCES = (50, 70, 30)
_LATELY = timedelta(days=14)
ROW_FIELDS = ("pk", "rank", "url", "name", "text", "reason", "groups", "more")


class PlanFilters(SpaceFilters):
    """The filters of groups, and how many talks the plan has."""

    talks = forms.TypedChoiceField(
        label=gettext_lazy("How many talks"), coerce=int, empty_value=None, widget=QuickSelect
    )
    # Where something is to be opened, state says little.
    OPEN = (Space.State.FOUND, Space.State.CONTACTED)

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data, by=by)
        state = self.fields["state"]
        state.choices = [("", state.label), *((one.value, one.label) for one in self.OPEN)]  # type: ignore[attr-defined]
        self.fields["talks"].choices = [  # type: ignore[attr-defined]
            (
                "" if number == USUAL else number,
                ngettext("%(number)s talk", "%(number)s talks", number) % {"number": number},
            )
            for number in NUMBERS
        ]

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """Give what narrows the groups; how many talks, and with which chance, does not."""
        return {name: value for name, value in super().chosen.items() if name not in ("talks", "chance")}

    @property
    def number(self) -> int:
        """Give how many talks are asked for."""
        self.is_valid()
        return int(self.cleaned_data.get("talks") or USUAL)

    def narrow(self, rows: QuerySet[Space]) -> QuerySet[Space]:
        """Narrow the groups; a form's own type says less than a list of groups needs."""
        return self.apply(rows)


class PrintFilters(PlanFilters):
    """Besides, with which chance of a yes a list is made that is not made anew after each answer."""

    chance = forms.TypedChoiceField(
        label=gettext_lazy("Who says yes"), coerce=int, empty_value=None, widget=QuickSelect
    )

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data, by=by)
        self.fields["chance"].choices = [  # type: ignore[attr-defined]
            ("" if one == CHANCES[0] else one, _("%(share)s of 100 say yes") % {"share": one}) for one in CHANCES
        ]

    @property
    def share(self) -> float:
        """Give the chance of a yes, between 0 and 1."""
        self.is_valid()
        return (self.cleaned_data.get("chance") or CHANCES[0]) / 100


def step_rows(plan: Plan, names: Mapping[UUID, str], listed: Mapping[UUID, str] | None = None) -> list[dict[str, Any]]:
    """Say the steps of a plan in words; `listed` names the meeting on whose guest list somebody stands already."""
    url = address_of("web:network:actor")
    return [
        {
            "pk": step.actor.pk,
            "rank": rank,
            "url": url % step.actor.pk,
            "name": isolated(str(step.actor)),
            "text": str(step.actor),
            "reason": reason(step, first=rank == 1),
            "groups": named(step.spaces, step.spaces_open),
            "more": more(step, names, (listed or {}).get(step.actor.pk, "")),
        }
        for rank, step in enumerate(plan.steps, start=1)
    ]


def reason(step: Pick | Suggestion | Step, *, first: bool = True) -> str:
    """Say in words why somebody is next; whoever is not the first adds to those before."""
    values = {"members": num(rounded(step.reach_added)), "number": num(step.spaces_open)}
    if not step.reach_added:
        text = ngettext(
            "leads %(number)s group where we have no access",
            "leads %(number)s groups where we have no access",
            step.spaces_open,
        )
    elif first:
        text = ngettext(
            "reaches about %(members)s members in %(number)s group where we have no access",
            "reaches about %(members)s members in %(number)s groups where we have no access",
            step.spaces_open,
        )
    else:
        text = ngettext(
            "adds about %(members)s members in %(number)s more group",
            "adds about %(members)s members in %(number)s more groups",
            step.spaces_open,
        )
    return text % values


def named(spaces: Sequence[Space], number: int) -> SafeString:
    """Name the largest of some groups, and how many there are besides."""
    url = address_of("web:network:space")
    parts = [
        SafeString(
            f'<a class="link link-hover named" href="{url % space.pk}">{isolated(space.short_name or space.name)}</a>'
        )
        for space in spaces[:NAMED]
    ]
    if (besides := number - len(parts)) > 0:
        parts.append(SafeString(ngettext("%(number)s more", "%(number)s more", besides) % {"number": num(besides)}))
    return SafeString(", ".join(parts))


def more(step: Step, names: Mapping[UUID, str], meeting: str = "") -> SafeString:
    """Say between which communities somebody is a bridge, who of us knows them, and when we last spoke."""
    said = []
    bridged = [isolated(names[pk]) for pk in step.communities if pk in names]
    if len(bridged) > 1:
        said.append(SafeString(_("bridges %(communities)s") % {"communities": ", ".join(bridged)}))
    if step.actor.owner:
        said.append(SafeString(_("%(name)s knows them") % {"name": isolated(step.actor.owner.name)}))
    if step.actor.last_contact_at:
        said.append(last_contact(step.actor.last_contact_at))
    if meeting:
        said.append(SafeString(_("on the guest list: %(meeting)s") % {"meeting": isolated(meeting)}))
    return SafeString(" · ".join(said))


def last_contact(moment: datetime) -> SafeString:
    """Say when we last spoke as people do: days ago, or in which month."""
    day = timezone.localdate(moment)
    if timezone.localdate() - day <= _LATELY:
        return SafeString(_("last contact %(when)s") % {"when": ago_of(moment)})
    near = (timezone.localdate() - day).days < 330
    return SafeString(_("last contact in %(month)s") % {"month": dated(day, "F" if near else "F Y")})


def rounded(number: int) -> int:
    """Round to two places that count: the sizes are estimates of the platforms."""
    step = 10 ** max(len(str(number)) - 2, 0)
    return int(round(number / step) * step)


def reached(plan: Plan) -> str:
    """Say how far the plan gets: “10 talks open 34 % of the members whom we do not reach yet”."""
    number = len(plan.steps)
    if not plan.members:
        return ""
    text = ngettext(
        "%(number)s talk opens %(share)s of the members whom we do not reach yet",
        "%(number)s talks open %(share)s of the members whom we do not reach yet",
        number,
    )
    return text % {"number": num(number), "share": percent(plan.reach / plan.members)}


def table(plan: Plan) -> Iterable[dict[str, Any]]:
    """Give the curve as lines of a table."""
    for number, step in enumerate(plan.steps, start=1):
        yield {
            "number": number,
            "added": num(step.reach_added),
            "so_far": num(step.reach_so_far),
            "at_most": num(step.at_most),
            "share": percent(step.reach_so_far / plan.members) if plan.members else "–",
        }
