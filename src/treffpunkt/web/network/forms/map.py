"""Taking the map out of the house: as what file, with names or without, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.network.models import Handout

CODES, NAMES = "codes", "names"


class ExportForm(forms.Form):
    """Which file, and whether people stand in it by name."""

    file_format = forms.ChoiceField(
        label=gettext_lazy("File"),
        choices=[
            ("csv", gettext_lazy("Tables for a spreadsheet (CSV, two in a ZIP)")),
            ("gexf", gettext_lazy("Graph for Gephi (GEXF)")),
            ("graphml", gettext_lazy("Graph for other programs (GraphML)")),
            ("png", gettext_lazy("Picture as it is drawn (PNG)")),
        ],
        initial="csv",
        widget=forms.RadioSelect,
    )
    people = forms.ChoiceField(
        label=gettext_lazy("People"),
        choices=[
            (CODES, gettext_lazy("as codes, new ones in each file")),
            (NAMES, gettext_lazy("by name")),
        ],
        initial=CODES,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Whoever knows a group may guess who leads it, even from codes. Do not pass the file on without need."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why you need the names"),
        max_length=Handout._meta.get_field("reason").max_length,
        required=False,
        help_text=gettext_lazy("Only for names. Coordination sees it, and it is noted at each person."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask why, where names are wanted."""
        values = super().clean() or {}
        if values.get("people") == NAMES and not values.get("reason"):
            self.add_error("reason", _("Please say why you need the names."))
        return values

    @property
    def named(self) -> bool:
        """Say whether people stand in it by name."""
        return bool(self.cleaned_data["people"] == NAMES)
