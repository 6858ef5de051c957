"""Guessing in which language a sentence is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treffpunkt.meetings.languages import guess


@pytest.mark.parametrize(
    ("text", "spoken", "expected"),
    [
        ("تسأل نساء كثيرات عن حق الإقامة", ["ar", "de"], "ar"),
        ("زنان زیادی می‌پرسند", ["fa", "de"], "fa"),
        ("سؤال", ["de"], "ar"),
        ("Многе жене питају", ["sr", "de"], "sr"),
        ("Многие спрашивают", ["ru", "de"], "ru"),
        ("Mnoge žene ne znaju da li imaju pravo", ["sr", "de"], "sr-latn"),
        ("Viele Frauen fragen nach dem Aufenthaltsrecht", ["ar", "de"], "de"),
        ("Les femmes demandent une place pour les enfants", ["fr", "de"], "fr"),
        ("Muchas mujeres preguntan por el permiso", ["es", "de"], "es"),
        ("Elterngeld", ["sr", "de"], "de"),
        ("Elterngeld أين", ["ar", "de"], "de"),
        ("123", ["ar", "de"], "de"),
        ("", [], "de"),
    ],
)
def test_language_is_guessed(text, spoken, expected):
    assert guess(text, spoken) == expected


@given(
    st.text(max_size=200),
    st.lists(st.sampled_from(["de", "en", "ar", "fr", "sr", "es", "fa", "ru"]), max_size=4),
)
def test_any_text_has_a_language(text, spoken):
    assert guess(text, spoken)
