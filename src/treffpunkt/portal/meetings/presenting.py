"""An organisation looks at its entry before it explains what it does: right as it is, or in its own words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import LANGUAGES, language_direction, localized
from treffpunkt.meetings.models import Presentation
from treffpunkt.meetings.rules import PRESENTING, viewable_presentations
from treffpunkt.meetings.services.presenting import LONGEST, LONGEST_NAME, LONGEST_WAY, tell_entry
from treffpunkt.network.models import Organisation
from treffpunkt.portal.door import Guest, behind_link, closed, render, speak
from treffpunkt.ui.context import language_name
from treffpunkt.vocabulary.models import Language

# So many of our languages are offered; further ones an organisation tells when it explains what it does.
OFFERED = 100


class EntryForm(forms.Form):
    """The entry of an organisation, its texts in each language that is shown."""

    name = forms.CharField(label=gettext_lazy("Name of your organisation"), max_length=LONGEST_NAME)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In which languages do you advise?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    website = forms.CharField(
        label=gettext_lazy("Website"), max_length=LONGEST_WAY, required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=LONGEST_WAY, required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["languages"]
        assert isinstance(offered, forms.MultipleChoiceField)
        chosen = Language.objects.filter(position__lt=OFFERED).values_list("tag", flat=True)
        offered.choices = [(tag, language_name(tag)) for tag in chosen]
        for tag in LANGUAGES:
            for part, label in (("purpose", _("What do you do?")), ("audience", _("For whom?"))):
                area = forms.Textarea(attrs={"rows": 2, "lang": tag, "dir": language_direction(tag)})
                self.fields[f"{part}_{tag}"] = forms.CharField(
                    label=label, max_length=LONGEST, required=False, widget=area
                )

    @classmethod
    def of(cls, entry: dict[str, Any]) -> EntryForm:
        """Fill the form from an entry."""
        texts = {
            f"{part}_{tag}": text
            for part in ("purpose", "audience")
            for tag, text in entry[part].items()
            if tag in LANGUAGES
        }
        return cls(initial={name: entry[name] for name in ("name", "languages", "website", "phone")} | texts)

    def entry(self) -> dict[str, Any]:
        """Give what the entry should be; texts of languages that were not sent stay."""
        given = self.cleaned_data
        sent = [tag for tag in LANGUAGES if f"purpose_{tag}" in self.data or f"audience_{tag}" in self.data]
        return {name: given[name] for name in ("name", "languages", "website", "phone")} | {
            part: {tag: given[f"{part}_{tag}"] for tag in sent} for part in ("purpose", "audience")
        }

    def texts(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Give the texts by language, the reader's first: tag, its name, its fields."""
        first = (get_language() or "de").partition("-")[0]
        tags = sorted(LANGUAGES, key=lambda tag: tag != first)
        return [(tag, language_name(tag), [self[f"purpose_{tag}"], self[f"audience_{tag}"]]) for tag in tags]


def shown(guest: Guest, form: EntryForm | None = None) -> HttpResponse:
    """Show the entry as it stands, or as it was proposed last, to be confirmed or changed."""
    found = _found(guest)
    if found is None:
        return closed(guest.request)
    with speak(guest.chosen["lang"] or guest.link.language or get_language() or "de"):
        entry = entry_of(found.organisation) | found.proposed
        language = get_language() or "de"
        context = {
            "title": _("Is this how you are described?"),
            "presentation": found,
            "entry": entry,
            "purpose": localized(entry["purpose"], language),
            "audience": localized(entry["audience"], language),
            "languages": [(tag, language_name(tag)) for tag in entry["languages"]],
            "form": form or EntryForm.of(entry),
            "changing": form is not None or bool(guest.request.GET.get("change")) or not entry["purpose"],
            "done": guest.request.GET.get("done", "") if found.answered_at else "",
            "language_links": guest.language_links(),
        }
        status = 422 if form is not None else None
        return render(guest, "portal/meetings/presenting.html", context, status=status)


@require_POST
@behind_link(PRESENTING)
def tell(guest: Guest) -> HttpResponse:
    """Take “this is right”, or what the entry should be."""
    found = _found(guest)
    if found is None:
        return closed(guest.request)
    with speak(guest.chosen["lang"] or guest.link.language or get_language() or "de"):
        right = "right" in guest.request.POST
        form = EntryForm(guest.request.POST)
        if right or form.is_valid():
            try:
                tell_entry(by=guest.by, presentation=found, entry=found.proposed if right else form.entry())
            except DomainError as error:
                form.add_error(None, str(error.message))
            else:
                return redirect(guest.url(done="1"))
    return shown(guest, form)


def entry_of(organisation: Organisation) -> dict[str, Any]:
    """Give the entry of an organisation as it says it of itself."""
    names = ("name", "purpose", "audience", "languages", "website", "phone")
    return {name: getattr(organisation, name) for name in names}


def _found(guest: Guest) -> Presentation | None:
    return viewable_presentations(guest.by).select_related("organisation").first()
