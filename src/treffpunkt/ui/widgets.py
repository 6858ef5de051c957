"""Form fields in our dress: classes, native inputs for days and times, and everything tied together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField
from django.forms.utils import flatatt
from django.forms.widgets import DateTimeBaseInput, Input
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkbox checkbox-sm"),  # before its parent class
    (forms.RadioSelect, "radio radio-sm"),
    (forms.CheckboxInput, "checkbox checkbox-sm"),
    (forms.Textarea, "textarea w-full"),
    (forms.SelectMultiple, "select w-full h-auto"),
    (forms.Select, "select w-full"),
    (forms.FileInput, "file-input w-full"),
    (Input, "input w-full"),
)
_DASHES = BLANK_CHOICE_DASH[0][1]  # what Django writes where nothing is chosen
_NATIVE: tuple[tuple[type[DateTimeBaseInput], str, str], ...] = (
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
)


def kind(field: BoundField) -> str:
    """Tell how a field is laid out: "hidden", "check", "options", "group" or "line"."""
    drawn = field.field.widget
    if drawn.is_hidden:
        return "hidden"
    if isinstance(drawn, forms.CheckboxInput):
        return "check"
    if isinstance(drawn, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "options"
    return "group" if drawn.use_fieldset else "line"


def help_id(field: BoundField) -> str:
    """Name the element that holds the help."""
    return f"{field.auto_id}_help"


def error_id(field: BoundField) -> str:
    """Name the element that holds the error."""
    return f"{field.auto_id}_error"


def _dress(field: BoundField, more: str = "") -> dict[str, Any]:
    """Prepare the widget and give the attributes that tie it to help and error."""
    drawn = field.field.widget
    for type_, input_type, pattern in _NATIVE:
        if isinstance(drawn, type_) and getattr(drawn, "input_type", "text") == "text":
            drawn.input_type, drawn.format = input_type, pattern
    ours = next((classes for type_, classes in _CLASSES if isinstance(drawn, type_)), "")
    present = str(drawn.attrs.get("class", ""))
    classes = " ".join(dict.fromkeys(f"{ours} {present} {more}".split()))
    attrs: dict[str, Any] = {"class": classes} if classes else {}
    described = [help_id(field)] if field.help_text else []
    if field.errors:
        described.insert(0, error_id(field))
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if isinstance(drawn, (forms.Textarea, forms.TextInput)) and getattr(drawn, "input_type", "text") in (
        "text",
        "search",
    ):
        attrs.setdefault("dir", drawn.attrs.get("dir", "auto"))
    elif getattr(drawn, "input_type", "") in ("email", "url", "tel", "number"):
        attrs["dir"] = "ltr"
    if isinstance(drawn, forms.Textarea) and drawn.attrs.get("rows") == "10":  # Django's default is too tall
        attrs["rows"] = "4"
    return attrs


def draw(field: BoundField, classes: str = "") -> SafeString | str:
    """Draw the widget of one field."""
    attrs = _dress(field, classes)
    return _select(field, attrs) if type(field.field.widget) is forms.Select else field.as_widget(attrs=attrs)


def _select(field: BoundField, attrs: dict[str, Any]) -> SafeString:
    """Draw a list to choose from: sixty languages through a template each would cost more than the rest of a page."""
    drawn: forms.Select = field.field.widget  # type: ignore[assignment]
    given = drawn.build_attrs(drawn.attrs, field.build_widget_attrs(attrs, drawn))
    given["name"] = field.html_name
    if field.auto_id:
        given.setdefault("id", field.auto_id)
    chosen = set(drawn.format_value(field.value()))
    nothing = _("Please choose") if field.field.required else "–"
    choices = ((value, nothing if label == _DASHES else label) for value, label in drawn.choices)
    return format_html("<select{}>{}</select>", flatatt(given), SafeString("".join(_options(choices, chosen))))


def _options(choices: Any, chosen: set[str]) -> Iterator[str]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield f'<optgroup label="{escape(value)}">{"".join(_options(label, chosen))}</optgroup>'
        else:
            text = "" if value is None else str(value)
            mark = " selected" if text in chosen else ""
            chosen.discard(text)  # of two alike the first
            yield f'<option value="{escape(text)}"{mark}>{escape(label)}</option>'


def options(field: BoundField) -> list[Any]:
    """List the choices of a group; each can draw its own input (`tag`) and knows its label."""
    drawn = field.field.widget
    drawn.attrs["class"] = _dress(field).get("class", "")
    return list(field.subwidgets)
