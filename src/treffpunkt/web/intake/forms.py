"""Forms of imports: the file, how it is read, which column is which."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from treffpunkt.intake.models import Import
from treffpunkt.intake.reading import ENCODINGS, SEPARATORS, Reading
from treffpunkt.intake.targets import Field, Target, all_targets
from treffpunkt.vocabulary.models import Language

_SEPARATOR_NAMES = {"comma": _("comma"), "semicolon": _("semicolon"), "tab": _("tab"), "bar": _("vertical bar")}


class UploadForm(forms.Form):
    """A file, and what it holds."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV, TSV (packed as .gz too), XLSX, ODS or OPML, up to 100 MB.")
    )
    target = forms.ChoiceField(label=_("What it holds"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("find out")), *((one.key, one.name) for one in all_targets())]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = ".csv,.tsv,.txt,.gz,.xlsx,.ods,.xls,.opml,.xml"


class ReadingForm(forms.Form):
    """How a file is read, where it was not found out rightly."""

    target = forms.ChoiceField(label=_("What it holds"))
    header = forms.IntegerField(
        label=_("Row with the names of the columns"), min_value=0, max_value=1000, help_text=_("0 where there is none.")
    )
    encoding = forms.ChoiceField(label=_("Encoding"), choices=[(one, one) for one in ENCODINGS])
    separator = forms.ChoiceField(
        label=_("Separator"), choices=[(sign, _SEPARATOR_NAMES[name]) for sign, name in SEPARATORS.items()]
    )
    sheet = forms.ChoiceField(label=_("Sheet"))

    def __init__(self, data: Any, *, found: Import) -> None:
        reading = Reading.of(found.reading)
        super().__init__(data, initial={**found.reading, "target": found.target})
        self.fields["target"].choices = [(one.key, one.name) for one in all_targets()]  # type: ignore[attr-defined]
        if reading.is_text:
            del self.fields["sheet"]
        else:
            self.fields["sheet"].choices = [(one, one) for one in reading.sheets]  # type: ignore[attr-defined]
            del self.fields["encoding"], self.fields["separator"]


class ColumnsForm(forms.Form):
    """Which column fills which field, and what all rows share."""

    def __init__(self, data: Any, *, found: Import, target: Target, samples: list[list[str]]) -> None:
        super().__init__(data)
        self.found, self._samples = found, samples
        fields = target.fields()
        by_column = {column: key for key, column in found.mapping.items()}
        choices = [("", _("leave out")), *((one.key, one.label) for one in fields if not one.only_for_all)]
        for place, column in enumerate(found.columns):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column, choices=choices, required=False, initial=by_column.get(column, "")
            )
        for one in fields:
            if one.for_all and (one.kind != "choice" or (one.choices and one.choices())):
                self.fields[f"all_{one.key}"] = _for_all(one, found.fixed.get(one.key, ""))

    @property
    def columns(self) -> list[tuple[BoundField, str]]:
        """List the choices for each column with some of its values."""
        return [(self[f"column_{place}"], self._sample(place)) for place in range(len(self.found.columns))]

    @property
    def for_all(self) -> list[BoundField]:
        """List the values for all rows."""
        return [self[name] for name in self.fields if name.startswith("all_")]

    @property
    def mapping(self) -> dict[str, str]:
        """Give {field: column}."""
        chosen = ((self.cleaned_data.get(f"column_{place}", ""), name) for place, name in enumerate(self.found.columns))
        return {key: column for key, column in chosen if key}

    @property
    def fixed(self) -> dict[str, str]:
        """Give {field: value for all rows}."""
        return {
            name.removeprefix("all_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("all_") and value
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a field that two columns fill."""
        met: dict[str, str] = {}
        for place, column in enumerate(self.found.columns):
            key = self.cleaned_data.get(f"column_{place}")
            if key and key in met:
                self.add_error(
                    f"column_{place}", _("“%(column)s” fills this already. Please choose one.") % {"column": met[key]}
                )
            elif key:
                met[key] = column
        return self.cleaned_data

    def _sample(self, place: int) -> str:
        values = [row[place].strip() for row in self._samples if place < len(row) and row[place].strip()]
        return ", ".join(value[:60] for value in values[:3])


def _for_all(one: Field, initial: str) -> forms.Field:
    choices = one.choices() if one.choices else ()
    if one.kind in ("language", "languages"):
        choices = [(language.tag, str(language)) for language in Language.objects.all()]
    if one.kind == "flag":
        choices = [("yes", _("yes")), ("no", _("no"))]
    if choices:
        every = [("", "—"), *choices]
        return forms.ChoiceField(
            label=str(one.label), choices=every, required=False, initial=initial, help_text=str(one.help)
        )
    return forms.CharField(
        label=str(one.label), required=False, initial=initial, max_length=one.most, help_text=str(one.help)
    )
