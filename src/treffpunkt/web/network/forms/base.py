"""What the network's forms share: they take the shape of a record and leave the writing to the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from uuid_utils.compat import uuid7

from treffpunkt.core.errors import Stale
from treffpunkt.core.models import Edited
from treffpunkt.core.text import fold, tidy
from treffpunkt.vocabulary.models import Language, Place


@dataclass(frozen=True)
class Difference:
    """A field that somebody else has changed meanwhile: what stands now, beside what was typed."""

    label: str
    stands: str
    typed: str


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form with the fields of a record; the record itself is never touched by it."""

    # A new record brings its own id, so that a form sent twice makes one record.
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    differences: list[Difference]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences = []
        if isinstance(self.instance, Edited) and not self.instance._state.adding:
            self.initial["version"] = self.instance.version
            del self.fields["id"]
        else:
            self.initial["id"] = uuid7()
            del self.fields["version"]

    def _post_clean(self) -> None:
        """Leave the record alone: the service changes it, under its own lock."""

    def values(self) -> dict[str, Any]:
        """Give what was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def typed_version(self) -> int | None:
        """Give the version of the record that was on the screen."""
        return self.cleaned_data.get("version")

    def show_stale(self, error: Stale) -> None:
        """Show beside the typed texts what somebody else has written; saving again keeps the typed ones."""
        current = error.current
        if not isinstance(current, Model):
            self.add_error(None, str(error.message))
            return
        now = self.beside(current)
        for name, value in self.cleaned_data.items():
            if name == "version":
                continue
            stands, typed = self._words(name, now[name].value()), self._words(name, value)
            if stands != typed:
                label = str(self.fields[name].label or "")
                self.differences.append(Difference(label, stands, typed))
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("version")] = str(getattr(current, "version", ""))
        self.data = data
        self.add_error(None, str(error.message))

    def beside(self, current: Model) -> RecordForm:
        """Make the form of what stands now."""
        return type(self)(instance=current)

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if value in (None, ""):
            return "–"
        field = self.fields[name]
        values = list(value) if isinstance(value, (list, tuple, set, QuerySet)) else [value]
        choices = getattr(field, "choices", None)
        if choices is None:
            return ", ".join(str(one) for one in values)
        names = {str(key): str(label) for key, label in choices}
        keys = [str(getattr(one, "pk", one)) for one in values]
        return ", ".join(names.get(key, key) for key in keys) or "–"


class PlaceField(forms.CharField):
    """A town, typed by name; of towns with the same name the largest."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored town by its name."""
        if isinstance(value, int) or (
            isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10
        ):
            return Place.objects.filter(pk=int(value)).values_list("name", flat=True).first() or ""
        return str(value or "")

    def clean(self, value: Any) -> Place | None:  # type: ignore[override]
        """Find the town of this name."""
        text = tidy(str(super().clean(value) or ""))
        if not text:
            return None
        place = find_place(text)
        if place is None:
            raise ValidationError(_("We do not know this town. Choose a larger one nearby, or leave it empty."))
        return place


def find_place(text: str) -> Place | None:
    """Find a town by its name in any of our languages; the largest of that name."""
    found = Place.objects.filter(name__iexact=text).order_by("-population").first()
    if found is not None:
        return found
    wanted = fold(text)
    for place in Place.objects.exclude(names={}).order_by("-population").only("name", "names"):
        if any(fold(name) == wanted for name in place.names.values()):
            return place
    return None


class LanguagesField(forms.MultipleChoiceField):
    """Several languages, the frequent ones first."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", gettext_lazy("Languages"))
        super().__init__(**kwargs)


def language_choices(chosen: list[str] | None = None) -> list[tuple[str, str]]:
    """List the languages people choose from most, and those already chosen."""
    languages = list(Language.objects.all())
    first = {language.pk for language in languages if language.position < 100} | set(chosen or ())
    return [(language.pk, str(language)) for language in languages if language.pk in first] or [
        (language.pk, str(language)) for language in languages
    ]
