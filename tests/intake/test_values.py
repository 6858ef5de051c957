"""Cells are read as people write them; columns are recognised by name and content in six languages."""

from __future__ import annotations

import pytest

from treffpunkt.intake import cleaning, guessing
from treffpunkt.intake.changes import compare, digest
from treffpunkt.network.targets.fields import organisation_fields, people_fields, role_fields, space_fields


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("12.500", 12500), ("12,500", 12500), ("1 234 567", 1234567), ("12.5k", 12500), ("1,2 Mio.", 1200000),
     ("١٢٣", 123), ("1500.0", 1500), ("3'000", 3000)],
)  # fmt: skip
def test_numbers_are_read(text, number):
    assert cleaning.number(text) == number


@pytest.mark.parametrize("text", ["abc", "1.5", "-3", "12.50.0", "99999999999", "1e9"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(cleaning.Bad):
        cleaning.number(text)


@pytest.mark.parametrize(
    ("text", "flag"), [("ja", True), ("Nein", False), ("نعم", True), ("да", True), ("x", True), ("0", False)]
)
def test_yes_and_no_are_read_in_six_languages(text, flag):
    assert cleaning.flag(text) is flag


@pytest.mark.parametrize(
    ("text", "day"), [("2026-05-03", "2026-05-03"), ("3.5.2026", "2026-05-03"), ("03/05/2026", "2026-05-03")]
)
def test_days_are_read(text, day):
    assert cleaning.day(text).isoformat() == day


@pytest.mark.parametrize("text", ["javascript:alert(1)", "ftp://x.de", "nur Text", "http://", "https://[x"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(cleaning.Bad):
        cleaning.url(text)


@pytest.mark.parametrize(
    ("columns", "mapping"),
    [
        (["name", "n_members"], {"name": "name", "members": "n_members"}),
        (["Gruppenname", "Mitglieder", "Link"], {"name": "Gruppenname", "members": "Mitglieder", "address": "Link"}),
        (["Nom du groupe", "Membres", "Lien"], {"name": "Nom du groupe", "members": "Membres", "address": "Lien"}),
        (["Nombre", "Miembros", "Enlace"], {"name": "Nombre", "members": "Miembros", "address": "Enlace"}),
        (["Назив", "Број чланова", "Линк"], {"name": "Назив", "members": "Број чланова", "address": "Линк"}),
        (["الاسم", "عدد الأعضاء", "الرابط"], {"name": "الاسم", "members": "عدد الأعضاء", "address": "الرابط"}),
    ],
)
def test_columns_of_groups_are_recognised_in_six_languages(columns, mapping, db):
    rows = [["Frauen in Köln", "1200", "https://facebook.com/groups/1"][: len(columns)]] * 3

    assert guessing.guess(space_fields(), columns, rows) == mapping


def test_columns_of_the_real_files_are_recognised(db):
    assert guessing.guess(role_fields(), ["moderator_id", "subreddit"], [["1", "SVSSS"]]) == {
        "key": "moderator_id", "space": "subreddit",
    }  # fmt: skip
    assert guessing.guess(
        organisation_fields(),
        ["name", "lat", "long", "radius", "homepage"],
        [["A", "48.1", "11.5", "1500", "http://a.de/"]],
    ) == {"name": "name", "latitude": "lat", "longitude": "long", "radius": "radius", "website": "homepage"}


def test_a_column_of_mail_addresses_is_recognised_by_its_values(db):
    mapping = guessing.guess(people_fields(), ["Wer", "Erreichbar"], [["Amira", "amira@example.org"]] * 3)

    assert mapping["mail"] == "Erreichbar"


class TestWhatAFileMayChange:
    """A field that people have changed stays theirs."""

    def test_an_empty_field_is_filled(self):
        assert compare({"members": None}, {"members": 5}, {}).changes == {"members": 5}

    def test_a_mark_nobody_has_set_is_filled(self):
        assert compare({"women_only": False}, {"women_only": True}, {}).changes == {"women_only": True}

    def test_what_the_file_said_last_follows_the_file(self):
        assert compare({"members": 5}, {"members": 6}, {"members": digest(5)}).changes == {"members": 6}

    def test_what_people_changed_stays_and_is_said(self):
        difference = compare({"members": 7}, {"members": 6}, {"members": digest(5)})

        assert (difference.changes, difference.kept) == ({}, ["members"])

    def test_what_people_changed_is_not_mentioned_while_the_file_says_the_same(self):
        difference = compare({"members": 7}, {"members": 5}, {"members": digest(5)})

        assert (difference.changes, difference.kept) == ({}, [])

    def test_what_people_emptied_stays_empty(self):
        assert compare({"content": ""}, {"content": "old"}, {"content": digest("old")}).changes == {}

    def test_what_people_entered_is_never_overwritten(self):
        assert compare({"name": "Ours"}, {"name": "Theirs"}, {}).kept == ["name"]
