"""Somebody is found in the texts of others, however her name and number are written there."""

from __future__ import annotations

import re

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treffpunkt.core.text import latin
from treffpunkt.core.words import Words

MILICA = Words.of(name="Милица Јовановић", handle="", channels=["+381641234567"])
SURE, GUESS, NOTHING = (True, True), (False, True), (False, False)


@pytest.mark.parametrize(
    "text",
    [
        "Милица Јовановић долази", "Разговор са Милицом Јовановић", "Од Милице Јовановић", "Milici Jovanović smo pisali",
        "Milica Jovanovic kommt", "MILICA JOVANOVIĆ", "Jovanović, Milica", "Milica\nJovanović", "Milica Jovanovićs Rat",
    ],
)  # fmt: skip
def test_whole_name_is_surely_found_in_both_scripts_and_every_case(text):
    assert MILICA.stand_in(text)[0]
    assert not re.search("mili|мили", MILICA.without(text, "…"), re.IGNORECASE)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Милица Јовановић", "pitaj Milicu", GUESS),
        ("Milica Jovanović", "питај Милицу", GUESS),
        ("Milica Jovanović", "Jovanovićeva kuća, kod Jovanovićevih", GUESS),
        ("Milica Jovanović", "eine Miliz", NOTHING),
        ("Đorđe Njegoš", "sa Djordjem Njegosem", SURE),
        ("Djordje Njegos", "са Ђорђем Његошем", SURE),
        ("Rana Salim", "Mariana kommt, und Salimah", NOTHING),
        ("Rana Salim", "Ranas Rat, Salims Auto", GUESS),
        ("Ayşe Yılmaz", "Ayşe'nin evi", GUESS),
        ("Ayse Yilmaz", "Ayşe Yılmaz'ın evi", SURE),
        ("Jürgen Groß", "mit Juergen Gross", SURE),
        ("Peter Müller", "Peter Muellers Gruppe", SURE),
        ("سميرة حداد", "تحدثنا وسميرة حداد موافقة", SURE),
        ("سميرة حداد", "كتبت لسميره", GUESS),
        ("إيمان حداد", "قالت ايمان", GUESS),
        ("علي حسن", "معلي", NOTHING),
        ("أحمد الحداد", "بأحمد", GUESS),
    ],
)
def test_parts_of_a_name_are_a_guess_and_other_words_are_left_alone(name, text, found):
    said = Words.of(name=name, handle="", channels=()).stand_in(text)
    assert said == found or (found == SURE and said[0])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+381641234567", SURE), ("00381 64 123 45 67", SURE), ("064/123-45-67", SURE), ("064 1234567", SURE),
        ("(064) 123.45.67", SURE), ("+381 (0)64 123 4567", SURE), ("wa.me/381641234567", SURE), ("٠٦٤١٢٣٤٥٦٧", SURE),
        ("64 123 45 67", SURE), ("0641234568", NOTHING), ("90641234567", NOTHING), ("06412345678", NOTHING),
    ],
)  # fmt: skip
def test_number_is_found_in_any_notation(text, found):
    said = MILICA.stand_in(f"Tel. {text}, abends")
    assert said == found or (found == SURE and said[0])
    if found == SURE:
        assert MILICA.without(f"Tel. {text}, abends", "…").startswith(("Tel. …, ", "Tel. wa.me/…"))


def test_short_number_without_anything_before_it_is_a_guess():
    words = Words.of(name="", handle="", channels=["030 1234567"])
    assert words.stand_in("030/123 45 67")[0]
    assert Words.of(name="", handle="", channels=["+4940123456"]).stand_in("Akte 40 123 456") == GUESS


@settings(deadline=None)
@given(st.sampled_from(["DE", "RS", "FR", "ES", "AT", "TR"]), st.sampled_from(list(range(4))), st.sampled_from(" -/."))
def test_every_format_of_the_library_is_found(country, form, between):
    number = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    words = Words.of(name="", handle="", channels=[phonenumbers.format_number(number, 0)])
    written = phonenumbers.format_number(number, form).replace(" ", between).removeprefix("tel:")
    assert words.stand_in(f"unter {written}.")[0]


@settings(deadline=None)
@given(st.text("abcčćdđežfghijklmnoprsštuvz", min_size=3, max_size=8), st.text("abcčćdegijklmnoprsštuvzž", min_size=3))
def test_any_serbian_name_is_found_from_the_other_script(first, last):
    cyrillic = str.maketrans("abcčćdđežfghijklmnoprsštuvz", "абцчћдђежфгхијклмнопрсштувз")
    name = f"{first} {last}".translate(cyrillic)
    assert Words.of(name=name, handle="", channels=()).stand_in(latin(name))[0]
    assert Words.of(name=latin(name), handle="", channels=()).stand_in(name)[0]
