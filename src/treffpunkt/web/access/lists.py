"""Filters and orders of the lists about access."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements.models import Commitment, GrantedRight
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.network.models import Space
from treffpunkt.network.rules import viewable_profiles, viewable_spaces
from treffpunkt.people.queries import covered_ids
from treffpunkt.search.queries import find_ids
from treffpunkt.ui.lists import Filters, Sort
from treffpunkt.web.network import choices
from treffpunkt.web.network.widgets import QuickSelect

RIGHT_SORTS = (Sort("name", _("Name"), ("sorting",)), Sort("size", _("Members"), ("-members",)))
PROMISE_SORTS = (Sort("due", _("Due"), ("due",)), Sort("agreement", _("Agreement"), ("agreement__sorting",)))


class PromiseFilters(Filters):
    """What the list of promises can be narrowed to; by default it shows those that are open."""

    side = forms.ChoiceField(
        label=_("Whose"), widget=QuickSelect, choices=[("", _("Whose")), ("ours", _("ours")), ("theirs", _("theirs"))]
    )
    state = forms.ChoiceField(
        label=_("State"), widget=QuickSelect,
        choices=[("", _("open")), ("due", _("due by today")), ("closed", _("closed")), ("all", _("all"))],
    )  # fmt: skip
    mine = forms.ChoiceField(
        label=_("Seen to by"), widget=QuickSelect, choices=[("", _("Seen to by")), ("me", _("me"))]
    )

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data)
        self.by = by

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Leave out what is closed, unless it is asked for."""
        state = self.chosen.get("state", "")
        rows = super().apply(rows)
        return rows if state in ("closed", "all") else rows.filter(state=Commitment.State.OPEN)

    def filter_state(self, rows: QuerySet[Commitment], value: str) -> QuerySet[Commitment]:
        """Keep what is due, or what is closed."""
        if value == "due":
            return rows.filter(due__lte=today())
        return rows.exclude(state=Commitment.State.OPEN) if value == "closed" else rows

    def filter_side(self, rows: QuerySet[Commitment], value: str) -> QuerySet[Commitment]:
        """Keep what one side promised."""
        return rows.filter(side=value)

    def filter_mine(self, rows: QuerySet[Commitment], value: str) -> QuerySet[Commitment]:
        """Keep what one sees to oneself, or for somebody one stands in for."""
        return rows.filter(Q(owner=self.by.agent_id) | Q(owner__in=covered_ids(self.by)))


class RightFilters(Filters):
    """What the groups with granted rights can be narrowed to."""

    community = forms.ChoiceField(label=_("Community"), widget=QuickSelect)
    kind = forms.ChoiceField(
        label=_("Right"), widget=QuickSelect, choices=[("", _("Right")), *GrantedRight.Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), widget=QuickSelect, choices=[("", _("State")), *GrantedRight.State.choices[:3]]
    )
    profile = forms.ChoiceField(label=_("Profile"), widget=QuickSelect)

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data)
        self.by = by
        self.fields["q"].label = _("Name of the group")
        profiles = [(str(one.pk), f"{one.name} · {one.platform_id}") for one in viewable_profiles(by)]
        offered = {"community": choices.communities(by), "profile": profiles}
        for name, pairs in offered.items():
            field = self.fields[name]
            field.choices = [("", field.label), *pairs]  # type: ignore[attr-defined]

    def filter_q(self, rows: QuerySet[Space], text: str) -> QuerySet[Space]:
        """Find by name, whatever the spelling."""
        return rows.filter(pk__in=find_ids(text, "network.space", viewable_spaces(self.by), 100))

    def filter_community(self, rows: QuerySet[Space], value: str) -> QuerySet[Space]:
        """Keep the groups of one community."""
        return rows.filter(communities=UUID(value))

    def filter_kind(self, rows: QuerySet[Space], value: str) -> QuerySet[Space]:
        """Keep the groups in which this is granted."""
        return rows.filter(self._granted(right_kind=value))

    def filter_state(self, rows: QuerySet[Space], value: str) -> QuerySet[Space]:
        """Keep the groups in which a right is in this state."""
        return rows.filter(self._granted(state=value))

    def filter_profile(self, rows: QuerySet[Space], value: str) -> QuerySet[Space]:
        """Keep the groups in which a right was granted to this profile."""
        return rows.filter(self._granted(profile=UUID(value)))

    def _granted(self, **fields: Any) -> Exists:
        rights = GrantedRight.objects.filter(space=OuterRef("pk"), **fields)
        return Exists(rights.exclude(state=GrantedRight.State.ENDED))
