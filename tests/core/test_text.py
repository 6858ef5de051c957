"""Text of many languages: folding, direction, tidying."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treffpunkt.core.text import direction, fold, latin, localized, sort_key, tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đorđević", "Ђорђевић"),
        ("إيمان", "ايمان"),
        ("مجموعة", "مجموعه"),
        ("Straße", "STRASSE"),
        ("Café", "cafe"),
        ("٢٠٢١", "2021"),
        ("Ljiljana", "Љиљана"),
    ],
)
def test_spellings_of_one_name_meet(one, other):
    assert fold(one) == fold(other)


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=200))
def test_sort_key_fits_its_column(text):
    assert 0 < len(sort_key(text)) <= 200


@given(st.text(max_size=500))
def test_tidy_leaves_nothing_that_tricks(text):
    tidied = tidy(text)

    assert "\x00" not in tidied
    assert not set(tidied) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200f")
    assert tidied == tidied.strip()


def test_every_naughty_string_can_be_tidied_folded_and_stored_as_json(data):
    for text in json.loads((data / "robustness" / "blns.json").read_text()):
        json.dumps(fold(tidy(text)))


def test_direction_is_that_of_the_first_strong_letter():
    assert direction("123 نساء برلين") == "rtl"
    assert direction("„Frauen“ نساء") == "ltr"
    assert direction("…", "ar") == "rtl"


def test_reader_of_latin_serbian_gets_latin():
    assert localized({"sr": "Добро дошли"}, "sr-latn") == ("Dobro došli", "sr-latn")
    assert latin("Његош и Ђорђе") == "Njegoš i Đorđe"


def test_missing_language_falls_back():
    assert localized({"en": "Hello", "de": "Hallo"}, "fr") == ("Hello", "en")
    assert localized({}, "ar") == ("", "ar")
