"""Personal data is found before a text is saved."""

from __future__ import annotations

import pytest

from treffpunkt.core.personal import find_personal_data, mask


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Frau Amina Haddad fragt nach Elterngeld", "name", "Amina Haddad"),
        ("Sie erreichen mich unter 0176 1234567", "phone", "0176 1234567"),
        ("رقمي ٠١٧٦١٢٣٤٥٦٧", "phone", "٠١٧٦١٢٣٤٥٦٧"),
        ("Schreib an amina@example.org bitte", "mail", "amina@example.org"),
        ("Mein Konto ist @amina.h auf Instagram", "handle", "@amina.h"),
        ("wohnt Sonnenallee 154 in Berlin", "address", "Sonnenallee 154"),
        ("siehe https://t.me/amina_h", "url", "https://t.me/amina_h"),
        ("geboren am 3.4.1990 in Aleppo", "date", "3.4.1990"),
        ("السيدة فاطمة تسأل عن السكن", "name", "فاطمة"),
        ("Gospođa Jelena Petrović pita", "name", "Jelena Petrović"),
        ("Je m'appelle rien, mais Mme Diallo habite ici", "name", "Diallo"),
        ("La señora habla; Sra. García pregunta", "name", "García"),
        ("Gestern hat Melanie wieder danach gefragt", "name", "Melanie"),
        ("Depuis mars, Aurélie attend une réponse", "name", "Aurélie"),
        ("Синоћ је Јелена питала за диплому", "name", "Јелена"),
        ("قالت فاطمة إن الموعد تأخر", "name", "فاطمة"),
        ("Aktenzeichen: 33-1234/21 liegt vor", "document", "Aktenzeichen: 33-1234/21"),
    ],
)
def test_what_may_tell_who_somebody_is(text, kind, found):
    assert (kind, found) in [(finding.kind, finding.of(text)) for finding in find_personal_data(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Viele Frauen fragen nach dem Aufenthaltsrecht nach einer Scheidung.",
        "تسأل نساء كثيرات عن حق الإقامة بعد الطلاق ولا يجدن جوابًا بالعربية.",
        "Das Kindergeld beträgt seit 2021 219 Euro, § 28 AufenthG.",
        "Много жена пита за признавање диплома.",
        "Beaucoup de femmes demandent une place en crèche.",
        "Im Sommer hoffen viele auf eine Zusage, manche mit Grace Period.",
        "Todos esperan una respuesta; nada cambia en la plaza.",
        "Nada se nije promenilo, a mira nema.",
        "عند كثير منهن أمل كبير ولا يعرفن عمر الأوراق.",
    ],
)
def test_ordinary_sentences_pass(text):
    assert find_personal_data(text) == []


def test_known_guests_are_found_by_any_part_of_their_name():
    text = "Wie Layla sagte, hilft das."

    assert [finding.of(text) for finding in find_personal_data(text, names=["Layla Mansour"])] == ["Layla"]


def test_mask_takes_out_what_was_found():
    text = "Frau Haddad, Tel. 0176 1234567"

    assert mask(text, find_personal_data(text)) == "Frau […], Tel. […]"
