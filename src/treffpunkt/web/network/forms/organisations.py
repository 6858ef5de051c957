"""The forms of organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.text import language_direction
from treffpunkt.network import rules
from treffpunkt.network.models import Organisation
from treffpunkt.web.network.forms.base import PlaceField, RecordForm
from treffpunkt.web.network.similar import looks

PURPOSES = ("de", "en", "ar", "fr", "sr", "es")


class OrganisationForm(RecordForm):
    """An organisation; what it does in one sentence, in each language we have it in."""

    place = PlaceField(label=gettext_lazy("Town"))

    class Meta:
        model = Organisation
        fields = (
            "name",
            "reading",
            "organisation_kind",
            "website",
            "place",
            "postal_address",
            "phone",
            "communities",
            "note",
        )
        labels = {
            "name": gettext_lazy("Name"),
            "reading": gettext_lazy("In Latin letters"),
            "organisation_kind": gettext_lazy("Kind"),
            "website": gettext_lazy("Website"),
            "postal_address": gettext_lazy("Postal address"),
            "phone": gettext_lazy("Phone"),
            "communities": gettext_lazy("Works with these communities"),
            "note": gettext_lazy("Note"),
        }
        help_texts = {
            "reading": gettext_lazy("Only where the name is written in another script."),
            "organisation_kind": gettext_lazy("For example: advice centre, migrant organisation, authority."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off", **looks("similar_organisations")}),
            "website": forms.TextInput(
                attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off", **looks("similar_organisations")}
            ),
            "phone": forms.TextInput(
                attrs={"dir": "ltr", "inputmode": "tel", "autocomplete": "off", **looks("similar_organisations")}
            ),
            "postal_address": forms.TextInput(attrs=looks("similar_organisations")),
            "communities": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, by: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        communities = self.fields["communities"]
        assert isinstance(communities, forms.ModelMultipleChoiceField)
        communities.queryset = rules.communities_of(by)
        if not rules.sees_all(by):
            communities.required = True
        purpose = self.instance.purpose or {}
        for code in PURPOSES:
            self.fields[f"purpose_{code}"] = forms.CharField(
                label=_("In one sentence, what it does (%(language)s)") % {"language": _language(code)},
                max_length=400,
                required=False,
                initial=purpose.get(code, ""),
                widget=forms.Textarea(attrs={"rows": "2", "lang": code, "dir": language_direction(code)}),
            )

    def beside(self, current: Model) -> OrganisationForm:
        """Make the form of what stands now."""
        return OrganisationForm(instance=current, by=self.by)  # type: ignore[arg-type]

    def values(self) -> dict[str, Any]:
        """Give what was typed, the sentences as one field; languages the form does not show stay."""
        values = super().values()
        purpose = {code: text for code, text in (self.instance.purpose or {}).items() if code not in PURPOSES}
        for code in PURPOSES:
            text = values.pop(f"purpose_{code}", "")
            if text:
                purpose[code] = text
        values["purpose"] = purpose
        return values

    def purposes(self) -> list[forms.BoundField]:
        """Give the sentences, the reader's languages first."""
        return [self[f"purpose_{code}"] for code in PURPOSES]


def _language(code: str) -> str:
    return str(get_language_info(code)["name_translated"])
