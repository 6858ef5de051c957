"""What a host decides about a proposal, and until when proposals are taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.meetings.models import Correction


class DecideForm(forms.Form):
    """How the statement reads from now on, and a word to whoever proposed it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("So it reads from now on"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    gist = forms.CharField(
        label=_("Gist in German"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "de"}),
    )  # fmt: skip
    word = forms.CharField(
        label=_("A word to whoever proposed it"), required=False, max_length=500,
        help_text=_("Only they read it, behind their link. In their language, if you can."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, correction: Correction) -> None:
        super().__init__(data, auto_id=f"id_{correction.pk}_%s", initial=_proposed(correction))


class LastDayForm(forms.Form):
    """The last day on which corrections are taken."""

    until = forms.DateField(label=_("Corrections until"))


def _proposed(correction: Correction) -> dict[str, Any]:
    """Begin with the proposal where it is in the statement's language; else with the statement, to be changed."""
    statement = correction.statement
    if statement is None:
        return {"text": correction.text}
    same = _base(correction.language) == _base(statement.language)
    return {
        "text": correction.text if same else statement.text,
        "gist": statement.gist,
        "version": statement.version,
    }


def _base(language: str) -> str:
    return language.lower().partition("-")[0]
