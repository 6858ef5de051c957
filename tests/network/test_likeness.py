"""Likely duplicates: what is the same, what a person decides, what is another."""

from __future__ import annotations

import gzip
import json

import pytest

from treffpunkt.core.text import fold
from treffpunkt.network.targets.likeness import Known, Likeness, nearly, phones_of, same_place

PLACE = "Lange Straße 5, 24105 Kiel"


def matched(known: Known[int], row: Known[int]):
    """Match one row against one record."""
    return Likeness([known]).match([row]).get(row.id)


def test_name_place_and_phone_together_are_certain():
    found = matched(
        Known(1, "Frauenhaus Nord", PLACE, phones_of(["0431 123456"])),
        Known(7, "Frauenhaus-Nord e.V.", "Lange Str. 5 Kiel", phones_of(["+49 (431) 12 34 56"])),
    )

    assert found is not None
    assert found.certain


def test_places_that_contradict_are_never_certain():
    phones = phones_of(["0431 123456"])
    found = matched(
        Known(1, "Frauenhaus Nord", PLACE, phones, frozenset({"https://a.example"})),
        Known(7, "Frauenhaus Nord", "Am Markt 12, 20095 Hamburg", phones, frozenset({"https://a.example"})),
    )

    assert found is not None
    assert not found.certain


def test_name_alone_is_a_question_and_never_certain():
    found = matched(Known(1, "Beratungsstelle Lotsin"), Known(7, "Beratungsstele Lotsin"))

    assert found is not None
    assert not found.certain


@pytest.mark.parametrize(
    ("known", "row"),
    [
        (Known(1, "Syrian women Hamburg", apart="facebook"), Known(7, "Syrian women Hamburg", apart="telegram")),
        (Known(1, "Syrian women Hamburg", only="t.me/a"), Known(7, "Syrian women Hamburg", only="t.me/b")),
        (Known(1, "Syrian women Hamburg", source="fb:1"), Known(7, "Syrian women Hamburg", source="fb:2")),
        (Known(1, "Caritas Köln"), Known(7, "Diakonie Bonn")),
    ],
)
def test_what_is_known_to_be_another_is_not_proposed(known, row):
    assert matched(known, row) is None


def test_words_that_all_names_share_tell_nothing():
    known = [Known(number, f"Helferkreis Asyl {town}") for number, town in enumerate(TOWNS)]

    assert Likeness(known).match([Known(99, "Helferkreis Asyl Tutzing")]) == {}


def test_each_record_is_one_row_and_the_likeliest_gets_it():
    rows = [Known(7, "Beratungsstele Lotsin"), Known(8, "Beratungsstelle Lotsin"), Known(9, "Beratungstelle Lotsin")]

    assert set(Likeness([Known(1, "Beratungsstelle Lotsin")]).match(rows)) == {8}


def test_record_that_is_taken_is_not_proposed():
    assert Likeness([Known(1, "Beratungsstelle Lotsin")]).match([Known(7, "Beratungsstele Lotsin")], {1}) == {}


@pytest.mark.parametrize("name", ["", " ", "…", "👩‍👧 👩‍👧", "x" * 200_000, "a " * 100_000, "\ud800 b", "-"])
def test_hostile_names_cost_and_break_nothing(name):
    Likeness([Known(1, name, name), Known(2, "Frauenhaus Nord")]).match([Known(7, name, name), Known(8, "Nord")])


def test_phones_meet_however_they_are_written():
    assert phones_of(["0221 / 123 45 67, 0221-7654321 / 0221 123456-7"]) == phones_of(
        ["+49 221 1234567", "0049 221 7654321"]
    )
    assert phones_of(["", "110", "٠٢٢١ ١٢٣٤٥٦٧"]) == phones_of(["0221 1234567"])


def test_near_names_and_places():
    assert nearly("Amira Haddad", "Hadad Amira")
    assert not nearly("Amira Haddad", "Sana Karim")
    assert (same_place(PLACE, ""), same_place(PLACE, PLACE), same_place(PLACE, "Am Markt 12, Bonn")) == (
        None,
        True,
        False,
    )


def test_directory_a_month_later_is_known_again(data):
    def read(month):
        (path,) = (data / "us-smc-directory").glob(f"snapshot_*-{month}.jsonl.gz")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return [Known(number, **_fields(json.loads(line))) for number, line in enumerate(lines)]

    june, july = read("06"), read("07")
    key = {(fold(one.name), fold(one.address)): one.id for one in june}
    wanted = {
        one.id: key[fold(one.name), fold(one.address)] for one in july if (fold(one.name), fold(one.address)) in key
    }

    found = Likeness(june).match(july)

    right = sum(found[row].id == record for row, record in wanted.items() if row in found)
    assert right >= 0.99 * len(wanted)
    assert right >= 0.99 * len(found)
    assert all(row in wanted and one.id == wanted[row] for row, one in found.items() if one.certain)


def _fields(row):
    parts = [row.get("street_address") or "", row.get("city") or ""]
    return {
        "name": row.get("name") or "",
        "address": " ".join(" ".join(p) if isinstance(p, list) else p for p in parts).strip(),
    }


TOWNS = [
    "Neuried",
    "Eichenau",
    "Germering",
    "Gauting",
    "Starnberg",
    "Krailling",
    "Planegg",
    "Gräfelfing",
    "Pullach",
    "Unterhaching",
    "Taufkirchen",
    "Ottobrunn",
    "Neubiberg",
    "Haar",
    "Vaterstetten",
    "Grafing",
    "Ebersberg",
    "Erding",
    "Freising",
    "Dachau",
]
