"""The forms of first messages and of the rhythm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.text import language_direction
from treffpunkt.network.models import Contact
from treffpunkt.network.openings import Texts
from treffpunkt.network.rhythms import LEAST, MOST


class OpeningForm(forms.Form):
    """The texts in one language, each with its German beside it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    first = forms.CharField(label=_("First message"), max_length=4000, strip=True)
    first_german = forms.CharField(label=_("First message, in German for the team"), max_length=4000, required=False)
    again = forms.CharField(label=_("Message after no answer"), max_length=4000, strip=True)
    again_german = forms.CharField(
        label=_("Message after no answer, in German for the team"), max_length=4000, required=False
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = {"lang": language, "dir": language_direction(language), "rows": "14"}
        for name in ("first", "again"):
            self.fields[name].widget = forms.Textarea(attrs=written)
            self.fields[f"{name}_german"].widget = forms.Textarea(attrs={"lang": "de", "dir": "ltr", "rows": "14"})
            if language == "de":
                del self.fields[f"{name}_german"]

    @classmethod
    def of(cls, texts: Texts, data: Any = None) -> OpeningForm:
        """Fill the form from the texts of a language."""
        names = ("version", "first", "first_german", "again", "again_german")
        return cls(data, language=texts.language, initial={name: getattr(texts, name) for name in names})

    def values(self) -> dict[str, Any]:
        """Give the texts."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class RhythmForm(forms.Form):
    """After how many days one gets in touch again, by what came of the last contact."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for outcome, label in Contact.Outcome.choices:
            self.fields[outcome] = forms.IntegerField(
                label=str(label)[:1].upper() + str(label)[1:], min_value=LEAST, max_value=MOST, required=False
            )
