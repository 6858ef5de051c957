"""Lists to choose from, drawn by hand as Django would draw them."""

from __future__ import annotations

import pytest
from django import forms
from django.test.html import parse_html
from django.utils.translation import gettext_lazy as _

from treffpunkt.ui.widgets import _dress, draw

CHOICES = [
    ("", _("Save")),
    ("a&b", "<b>Köln</b>"),
    (3, "drei"),
    (None, "nichts"),
    ("Süd", [("m", "München"), ("f", "Fürth")]),
]


class Choosing(forms.Form):
    place = forms.ChoiceField(choices=CHOICES, help_text="Wo?", required=False)
    needed = forms.ChoiceField(choices=CHOICES[1:], widget=forms.Select(attrs={"data-again": "yes"}))


@pytest.mark.parametrize("form", [
    Choosing(), Choosing(initial={"place": "f", "needed": 3}), Choosing({"place": "a&b", "needed": ""}),
    Choosing({"place": "</select><script>", "needed": "m"}, prefix="one"), Choosing(initial={"place": None}, auto_id=False),
])  # fmt: skip
@pytest.mark.parametrize("name", ["place", "needed"])
def test_a_list_to_choose_from_is_as_django_draws_it(form, name):
    field = form[name]

    assert parse_html(draw(field, "grow")) == parse_html(field.as_widget(attrs=_dress(field, "grow")))
