"""The form of communities."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from treffpunkt.network.models import Community
from treffpunkt.people.queries import active_staff
from treffpunkt.web.network.forms.base import RecordForm


class CommunityForm(RecordForm):
    """A language community and who works with it."""

    countries = forms.CharField(
        label=_("Countries"),
        required=False,
        max_length=200,
        help_text=_("Two letters each, for example SY, IQ, LB."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "characters", "autocomplete": "off"}),
    )

    class Meta:
        model = Community
        fields = ("name", "language", "countries", "platforms", "counsellors", "note")
        labels = {
            "name": _("Name"),
            "language": _("Language"),
            "platforms": _("Main platforms"),
            "counsellors": _("Who works with it"),
            "note": _("Note"),
        }
        help_texts = {"counsellors": _("They see the groups and people of this community; coordination sees all.")}
        widgets = {"platforms": forms.CheckboxSelectMultiple, "counsellors": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counsellors = self.fields["counsellors"]
        assert isinstance(counsellors, forms.ModelMultipleChoiceField)
        counsellors.queryset = active_staff()
        if isinstance(self.initial.get("countries"), list):
            self.initial["countries"] = ", ".join(self.initial["countries"])

    def clean_countries(self) -> list[str]:
        """Read country codes, or countries by their name in the reader's language."""
        known = Locale.parse((get_language() or "de").split("-")[0]).territories
        names = {name.casefold(): code for code, name in known.items() if len(code) == 2}
        codes: list[str] = []
        for part in self.cleaned_data["countries"].replace(";", ",").split(","):
            text = part.strip()
            if not text:
                continue
            code = text.upper() if text.upper() in known else names.get(text.casefold(), "")
            if not code:
                raise forms.ValidationError(_("“%(country)s” is not a country we know."), params={"country": text})
            if code not in codes:
                codes.append(code)
        return codes
