"""What the register can be narrowed to and ordered by."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, Remark
from treffpunkt.core import clock
from treffpunkt.core.agent import Agent
from treffpunkt.core.text import LANGUAGES
from treffpunkt.network.models import Space
from treffpunkt.ui.lists import Filters, Sort
from treffpunkt.web.network import choices
from treffpunkt.web.network.lists import found_ids
from treffpunkt.web.network.widgets import QuickChecks, QuickSelect

SORTS = (
    Sort("name", _("Name"), ("sorting",)),
    Sort("since", _("State since"), ("-state_since",)),
    Sort("review", _("Looked at again"), ("review_on",)),
)
TIMELINE_SORTS = (Sort("since", _("In force since"), ("in_force_since",)),)


class AgreementFilters(Filters):
    """By state, language, community, and what wants attention."""

    state = forms.ChoiceField(label=_("State"), widget=QuickSelect)
    language = forms.ChoiceField(label=_("Language"), widget=QuickSelect)
    community = forms.ChoiceField(label=_("Community"), widget=QuickSelect)
    only = forms.MultipleChoiceField(
        label=_("More"),
        choices=[("mine", _("looked after by me")), ("due", _("to be looked at")), ("asked", _("with open questions"))],
        widget=QuickChecks,
    )

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data)
        self.by = by
        names = choices.language_names()
        offered: dict[str, Any] = {
            "state": Agreement.State.choices,
            "language": [(tag, names.get(tag, tag)) for tag in LANGUAGES],
            "community": choices.communities(by),
        }
        for name, pairs in offered.items():
            field = self.fields[name]
            field.choices = [("", field.label), *pairs]  # type: ignore[attr-defined]

    def filter_q(self, rows: QuerySet[Agreement], text: str) -> QuerySet[Agreement]:
        """Find by the agreement's name."""
        return rows.filter(pk__in=found_ids(text, "agreements.agreement", rules.viewable(self.by)))

    def filter_language(self, rows: QuerySet[Agreement], value: str) -> QuerySet[Agreement]:
        """Keep those in a language, whatever its script."""
        return rows.filter(language__startswith=value)

    def filter_community(self, rows: QuerySet[Agreement], value: str) -> QuerySet[Agreement]:
        """Keep those about a space of one community."""
        spaces = Space.communities.through.objects.filter(community=UUID(value)).values("space")
        about = Agreement.spaces.through.objects.filter(agreement=OuterRef("pk"), space__in=spaces)
        return rows.filter(Exists(about))

    def filter_only(self, rows: QuerySet[Agreement], values: list[str]) -> QuerySet[Agreement]:
        """Keep one's own, those to be looked at, those with a question nobody has dealt with."""
        if "mine" in values:
            rows = rows.filter(owner=self.by.agent_id)
        if "due" in values:
            running = Q(state__in=(Agreement.State.IN_FORCE, Agreement.State.SUSPENDED))
            rows = rows.filter(running, review_on__lte=clock.today())
        if "asked" in values:
            waiting = Remark.objects.filter(agreement=OuterRef("pk"), settled_at=None, staff=None)
            rows = rows.filter(Exists(waiting))
        return rows
