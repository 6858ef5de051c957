"""First messages: shipped in six languages, changed by coordination, filled in for somebody."""

from __future__ import annotations

import pytest

from tests.factories.network import a_coordinator, a_counsellor
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.core.placeholders import unknown_places
from treffpunkt.core.text import LANGUAGES
from treffpunkt.network.models import Opening
from treffpunkt.network.openings import KINDS, NAMES, filled_in, shipped, texts
from treffpunkt.network.services.openings import change_opening, reset_opening

VALUES = {
    "name": "Layla",
    "group": "Frauen Berlin",
    "who": "Hala",
    "network": "Netz",
    "check": "https://x.org/ar/profile/",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_text_leads_to_the_check_and_can_be_filled_in(language, kind):
    text, german = shipped(language).of(kind)

    assert unknown_places(text, NAMES) == []
    assert bool(german) == (language != "de")
    said = filled_in(text, VALUES)
    assert all(value in said for value in VALUES.values())
    assert "{" not in said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_knows_leaves_no_hole(language, kind):
    said = filled_in(shipped(language).of(kind)[0], VALUES | {"name": "", "group": ""})

    assert not any(hole in said for hole in ("„“", "“”", "«»", "«  »", " ,", " ،", "  "))
    assert said.split("\n")[0].rstrip() == said.split("\n")[0]


def test_what_stands_in_a_name_is_not_filled_in_again():
    assert filled_in("Hallo {name}", {"name": "{check}"}) == "Hallo {check}"


@pytest.mark.django_db
def test_coordination_changes_the_texts_of_a_language():
    by = a_coordinator()
    changed = change_opening(by=by, language="ar", version=0, first="مرحبًا {name} {check}")

    assert changed.changed
    assert texts("ar").first == "مرحبًا {name} {check}"
    assert texts("ar").again == shipped("ar").again
    assert texts("fr") == shipped("fr")
    with pytest.raises(Stale):
        change_opening(by=by, language="ar", version=0, first="{check} anders")
    reset_opening(by=by, language="ar")
    assert texts("ar") == shipped("ar")


@pytest.mark.django_db
def test_the_way_to_the_check_is_added_where_it_is_missing():
    assert change_opening(by=a_coordinator(), language="es", first="Hola {name}").first == "Hola {name}\n\n{check}"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Hallo {vorname}", "Hallo {", "Hallo }", "{0}", "{name.__class__}", ""])
def test_what_cannot_be_filled_in_is_refused(text):
    with pytest.raises(DomainError):
        change_opening(by=a_coordinator(), language="de", first=text)
    assert not Opening.objects.exists()


@pytest.mark.django_db
def test_nothing_changed_is_no_change():
    change_opening(by=a_coordinator(), language="de", first=shipped("de").first)

    assert not Opening.objects.exists()


@pytest.mark.django_db
def test_counsellors_do_not_change_the_texts():
    with pytest.raises(Forbidden):
        change_opening(by=a_counsellor(), language="de", first="{check}")
    with pytest.raises(Forbidden):
        reset_opening(by=a_counsellor(), language="de")


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "language"), [("sr-latn", "sr-latn"), ("fa", "en"), ("ar", "ar"), ("de-at", "de")])
def test_a_language_without_texts_becomes_english(asked, language):
    found = texts(asked)

    assert found.language == language
    if asked == "sr-latn":
        assert found.first.startswith("Dobar dan {name}")
        assert "{check}" in found.first
