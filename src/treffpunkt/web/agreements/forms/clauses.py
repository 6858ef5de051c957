"""The editor of our sentences: one text a language, its gaps checked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from treffpunkt.agreements.composing import unknown_gaps
from treffpunkt.agreements.models import Clause, Section
from treffpunkt.agreements.services.clauses import LONGEST
from treffpunkt.core.text import LANGUAGES, tidy
from treffpunkt.web.network import choices


class ClauseForm(forms.Form):
    """A sentence in every language."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("What we call it"), max_length=80)
    section = forms.ChoiceField(label=_("Of what it speaks"), choices=Section.choices)
    standard = forms.BooleanField(label=_("Stands in every new agreement"), required=False)
    expected = forms.BooleanField(label=_("Whoever leaves it out is asked why"), required=False)
    note = forms.CharField(
        label=_("What is new"), max_length=200, required=False, help_text=_("In a few words, for colleagues.")
    )

    def __init__(self, *args: Any, clause: Clause | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = choices.language_names()
        latest = clause.versions.all()[0] if clause else None
        self.fields["id"].initial = uuid7
        for tag in LANGUAGES:
            self.fields[f"text_{tag}"] = forms.CharField(
                label=names.get(tag, tag), max_length=LONGEST, initial=latest.texts.get(tag, "") if latest else "",
                widget=forms.Textarea(attrs={"rows": 2, "lang": tag, "dir": "auto"}),
            )  # fmt: skip
        if clause is None:
            del self.fields["version"], self.fields["note"]
            return
        del self.fields["id"], self.fields["section"]
        self.initial = {
            **self.initial,
            "version": clause.version, "name": str(clause), "standard": clause.standard, "expected": clause.expected,
        }  # fmt: skip
        if clause.fixed:
            del self.fields["standard"]
        if clause.fixed or clause.is_of_women:
            del self.fields["expected"]

    def stands(self, clause: Clause) -> dict[str, Any]:
        """Give what stands now, by the names of the fields."""
        texts = clause.versions.all()[0].texts
        stored: dict[str, Any] = {f"text_{tag}": texts.get(tag, "") for tag in LANGUAGES}
        return stored | {"name": str(clause)}

    def text_fields(self) -> list[Any]:
        """Give the fields of the texts."""
        return [self[f"text_{tag}"] for tag in LANGUAGES]

    def texts(self) -> dict[str, str]:
        """Give the texts by language."""
        return {tag: self.cleaned_data[f"text_{tag}"] for tag in LANGUAGES}

    def clean(self) -> dict[str, Any]:
        """Name the field whose gaps are none of ours."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for tag in LANGUAGES:
            text = tidy(values.get(f"text_{tag}") or "")
            values[f"text_{tag}"] = text
            if unknown := unknown_gaps(text):
                said = _("There is no gap “%(gap)s”.") % {"gap": unknown[0]}
                self.add_error(f"text_{tag}", said)
        return values
