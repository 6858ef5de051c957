"""The map's filters: those of the list of spaces, what is left out, and whose neighbourhood it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treffpunkt.core.agent import Agent
from treffpunkt.core.text import as_uuid
from treffpunkt.network import rules
from treffpunkt.network.landscape import ACTOR, COMMUNITY, ORGANISATION, SPACE, Ask, Key, Node, nodes
from treffpunkt.network.models import Space
from treffpunkt.search.queries import find
from treffpunkt.web.network.lists import SpaceFilters, address_in
from treffpunkt.web.network.widgets import QuickChecks

# The kinds as addresses name them.
NAMES = {"community": COMMUNITY, "space": SPACE, "person": ACTOR, "organisation": ORGANISATION}
SHORT = {kind: name for name, kind in NAMES.items()}
WIDEST = 2
# The most names a search in the map begins from.
_FOUND = 25
_OF_SPACES = ("language", "platform", "state", "community", "place", "only")
_LEFT_OUT = {"people": ACTOR, "organisations": ORGANISATION, "communities": COMMUNITY, "machines": "machines"}


class Around(forms.CharField):
    """The record in the middle and how many steps around it, as in an address: `space:<id>` or `space:<id>:2`."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Read the kind, the id and the steps."""
        text = super().to_python(value)
        if not text:
            return ""
        name, _colon, rest = text.partition(":")
        pk, _colon, steps = rest.partition(":")
        found = as_uuid(pk)
        if name not in NAMES or name == "community" or found is None or steps not in ("", "1", "2"):
            raise ValidationError(_("This names no record."))
        return (NAMES[name], found), int(steps or 1)


class MapFilters(SpaceFilters):
    """What the map can be narrowed to; found by name are records of every kind, each with its neighbours."""

    without = forms.MultipleChoiceField(
        label=gettext_lazy("Leave out"),
        choices=[
            ("people", gettext_lazy("People")),
            ("organisations", gettext_lazy("Organisations")),
            ("communities", gettext_lazy("Communities")),
            ("machines", gettext_lazy("accounts that are no person")),
        ],
        widget=QuickChecks,
    )
    around = Around()

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data, by=by)
        self.fields["q"].label = _("Find on the map")
        self.middle: Node | None = None

    def clean_around(self) -> Any:
        """Look up the record in the middle; whoever may not see it sees the whole map."""
        value = self.cleaned_data["around"]
        if not value:
            return ""
        (kind, pk), _steps = value
        found = nodes(self.by, {kind: [pk]})
        if not found:
            raise ValidationError(_("This names no record."))
        self.middle = found[0]
        return value

    def filter_q(self, rows: QuerySet[Space], text: str) -> QuerySet[Space]:
        """Leave the spaces as they are: what is found is the middle of what is shown."""
        return rows

    def filter_without(self, rows: QuerySet[Space], values: list[str]) -> QuerySet[Space]:
        """Leave the spaces as they are."""
        return rows

    def filter_around(self, rows: QuerySet[Space], value: Any) -> QuerySet[Space]:
        """Leave the spaces as they are."""
        return rows

    def label_of(self, name: str, value: Any) -> str:
        """Say a chosen filter in words."""
        if name == "around" and self.middle is not None:
            return _("around %(name)s") % {"name": f"\u2068{self.middle.name or _('without a name')}\u2069"}
        if name == "without":
            return _("without: %(what)s") % {"what": super().label_of(name, value)}
        return super().label_of(name, value)

    def ask(self) -> Ask:
        """Say what the map is asked for."""
        chosen, by = self.chosen, self.by
        around, steps = self._around()
        return Ask(
            by=by,
            spaces=self.apply(rules.viewable_spaces(by)),
            filtered=frozenset(chosen) & frozenset(_OF_SPACES),
            community=UUID(chosen["community"]) if "community" in chosen else None,
            language=chosen.get("language", ""),
            place=chosen.get("place"),
            around=around,
            depth=steps,
            without=frozenset(_LEFT_OUT[name] for name in chosen.get("without", ())),
        )

    def _around(self) -> tuple[tuple[Key, ...] | None, int]:
        if text := self.chosen.get("q"):
            return self.found(text), 1
        if "around" in self.chosen:
            key, steps = self.chosen["around"]
            return (key,), steps
        return None, 1

    def found(self, text: str) -> tuple[Key, ...]:
        """Find records of every kind by name, handle or address, best first."""
        if address := address_in(text):
            exact = rules.viewable_spaces(self.by).filter(address=address).values_list("pk", flat=True)
            if known := tuple((SPACE, pk) for pk in exact):
                return known
        by = self.by
        visible = {
            SPACE: rules.viewable_spaces(by),
            ACTOR: rules.viewable_actors(by).filter(erased_at=None),
            ORGANISATION: rules.viewable_organisations(by),
            COMMUNITY: rules.communities_of(by),
        }
        return tuple((hit.kind, hit.record_id) for hit in find(text, visible, _FOUND))

    @property
    def steps(self) -> list[tuple[str, str, bool]]:
        """Offer how wide the neighbourhood is: the filter's value, its label, whether it is this one."""
        if "around" not in self.chosen or "q" in self.chosen:
            return []
        (kind, pk), now = self.chosen["around"]
        return [
            (
                f"{SHORT[kind]}:{pk}:{wide}",
                ngettext("%(number)s step", "%(number)s steps", wide) % {"number": wide},
                wide == now,
            )
            for wide in range(1, WIDEST + 1)
        ]
