"""Lists to choose from, drawn by hand as Django would draw them."""

from __future__ import annotations

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.test.html import parse_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

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


def test_nothing_chosen_is_said_in_words_where_something_must_be():
    class Asking(forms.Form):
        needed = forms.TypedChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")])
        free = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")], required=False)

    with override("en"):
        assert '<option value="" selected>Please choose</option>' in draw(Asking()["needed"])
        assert '<option value="" selected>–</option>' in draw(Asking()["free"])
