"""Composing a text: which sentences stand in it, why others do not, and a few of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements import composing
from treffpunkt.agreements.models import AgreementVersion, Clause, Section
from treffpunkt.core.text import tidy

OWN = 3


@dataclass(frozen=True)
class Offered:
    """A clause as the page offers it: both its texts, whether it stands in the text, and why not."""

    clause: Clause
    text: str
    german: str
    chosen: bool
    fixed: bool
    asks: bool
    why: str


class ComposeForm(forms.Form):
    """The sentences of a text. The boxes are drawn by the page: each stands beside its sentence."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    clauses = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, draft: AgreementVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.rows = list(_offered(draft))
        self.fields["clauses"].choices = [(clause.key, str(clause)) for clause in self.rows]  # type: ignore[attr-defined]
        own = [row for row in draft.sentences if not row["clause"]]
        for number in range(OWN):
            row = own[number] if number < len(own) else {"text": "", "de": ""}
            self.fields[f"own_text_{number}"] = _sentence(_("In their language"), row["text"], draft.language)
            self.fields[f"own_de_{number}"] = _sentence(_("In German"), row["de"], "de")

    def own(self) -> list[dict[str, str]]:
        """Give the sentences of this agreement alone."""
        pairs = [(self.cleaned_data[f"own_text_{n}"], self.cleaned_data[f"own_de_{n}"]) for n in range(OWN)]
        return [{"text": text, "de": german} for text, german in pairs if text or german]

    def reasons(self) -> dict[str, str]:
        """Give why expected sentences were left out, by their keys."""
        given = {clause.key: tidy(self.data.get(f"why_{clause.key}", ""))[:300] for clause in self.rows}
        return {key: why for key, why in given.items() if why}

    def own_fields(self) -> list[tuple[Any, Any]]:
        """Pair the fields of one's own sentences."""
        return [(self[f"own_text_{number}"], self[f"own_de_{number}"]) for number in range(OWN)]

    def clean(self) -> dict[str, Any]:
        """Ask for German beside each sentence of one's own, unless the text is in German."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(OWN):
            text, german = values.get(f"own_text_{number}", ""), values.get(f"own_de_{number}", "")
            if self.draft.language == "de" and (text or german):
                values[f"own_text_{number}"] = values[f"own_de_{number}"] = text or german
            elif bool(text) != bool(german):
                self.add_error(f"own_{'de' if text else 'text'}_{number}", _("Please write it in both languages."))
        return values

    def sections(self) -> list[tuple[str, list[Offered]]]:
        """List the clauses by section, each as it would read in this agreement."""
        terms = composing.Terms.of(self.draft.agreement)
        chosen = self._chosen()
        by_section: dict[str, list[Offered]] = {}
        for clause in self.rows:
            version = clause.versions.all()[0]
            said = composing.sentence(clause, version, terms, self.draft.language)
            german = composing.with_dots(version.texts.get("de", ""), terms.filling("de"))
            by_section.setdefault(clause.section, []).append(
                Offered(
                    clause, said["text"] if said else "", said["de"] if said else german, clause.key in chosen,
                    clause.fixed, clause.expected and clause.standard, self._why(clause),
                )
            )  # fmt: skip
        return [(str(section.label), by_section[section]) for section in Section if section in by_section]

    def _chosen(self) -> set[str]:
        if self.is_bound:
            return set(self.data.getlist("clauses") if hasattr(self.data, "getlist") else self.data.get("clauses", ()))
        said = {row["clause"] for row in self.draft.sentences}
        waiting = {c.key for c in self.rows if (c.standard or c.fixed) and c.key not in self.draft.left_out}
        return said | waiting

    def _why(self, clause: Clause) -> str:
        if self.is_bound:
            return str(self.data.get(f"why_{clause.key}", ""))
        return str(self.draft.left_out.get(clause.key, ""))


def _offered(draft: AgreementVersion) -> Iterable[Clause]:
    """List the clauses in use, and those that stand in the text already."""
    said = [row["clause"] for row in draft.sentences if row["clause"]]
    rows = Clause.objects.filter(retired_at=None) | Clause.objects.filter(key__in=said)
    return rows.prefetch_related("versions").order_by("position", "id")


def _sentence(label: Any, initial: str, language: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2, "lang": language, "dir": "auto"})
    return forms.CharField(label=label, initial=initial, required=False, max_length=400, widget=widget)
