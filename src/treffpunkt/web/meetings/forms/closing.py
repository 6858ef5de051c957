"""What is written before the minutes go out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.meetings.models import Statement
from treffpunkt.ui.context import language_name


class CloseForm(forms.Form):
    """The summary, in German and where wanted in the languages of the guests, and the gists still missing."""

    summary = forms.CharField(
        label=_("Summary in German"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "de"}),
        help_text=_("Two or three sentences: what matters, what happens next. It stands at the top of the minutes."),
    )

    until = forms.DateField(
        label=_("Corrections until"),
        required=False,
        help_text=_("Until then whoever came may propose corrections behind their link."),
    )

    def __init__(self, *args: Any, missing: Iterable[Statement], languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = list(missing)
        self.tags = [tag for tag in languages if tag.split("-")[0] != "de"]
        for tag in self.tags:
            self.fields[f"summary_{tag}"] = forms.CharField(
                label=_("Summary in %(language)s") % {"language": language_name(tag)},
                required=False,
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 3, "lang": tag, "dir": "auto"}),
            )
        for row in self.missing:
            self.fields[f"gist_{row.pk}"] = forms.CharField(
                label=_("Gist in German"),
                required=False,
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 2, "lang": "de"}),
            )

    def summaries(self) -> dict[str, str]:
        """Collect the summaries by language."""
        given = {tag: self.cleaned_data.get(f"summary_{tag}", "") for tag in self.tags}
        return {tag: text for tag, text in given.items() if text}

    def summary_fields(self) -> list[Any]:
        """List the fields of the other summaries, for the page."""
        return [self[f"summary_{tag}"] for tag in self.tags]

    def gist_fields(self) -> list[tuple[Statement, Any]]:
        """Pair each statement that has no gist with its field, for the page."""
        return [(row, self[f"gist_{row.pk}"]) for row in self.missing]

    def gists(self) -> list[tuple[Statement, str]]:
        """Collect the gists that were written now."""
        return [(row, text) for row in self.missing if (text := self.cleaned_data.get(f"gist_{row.pk}", ""))]
