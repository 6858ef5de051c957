"""Filters and orders of the lists about access."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements.models import Commitment
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.people.queries import covered_ids
from treffpunkt.ui.lists import Filters, Sort
from treffpunkt.web.network.widgets import QuickSelect

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
