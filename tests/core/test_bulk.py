"""Thousands of rows go in as `save` would write them, whatever stands in them."""

from __future__ import annotations

import json

import pytest

from tests.factories.network import a_platform
from treffpunkt.core import bulk
from treffpunkt.network.models import Actor, Organisation, Space

pytestmark = pytest.mark.django_db

NASTY = ["\\N", "\\.", "a\tb\nc\rd\\e", '"quoted", {curly}', "نساء", "", "'; drop table x; --", "\\\\t", "𝕊 emoji 👩‍👧"]


def test_hostile_texts_come_back_as_they_were():
    bulk.insert(Actor, [{"name": text, "note": text, "languages": [text[:12], "ar"]} for text in NASTY])

    rows = list(Actor.objects.order_by("id").values_list("name", "note", "languages"))
    assert rows == [(text, text, [text[:12], "ar"]) for text in NASTY]


def test_the_naughty_strings_come_back_as_they_were(data):
    strings = [one for one in json.loads((data / "robustness/blns.json").read_text()) if "\x00" not in one]
    bulk.insert(Organisation, [{"name": "x", "note": text, "purpose": {"de": text}} for text in strings])

    rows = list(Organisation.objects.order_by("id").values_list("note", "purpose"))
    assert rows == [(text, {"de": text}) for text in strings]


def test_rows_are_written_as_save_writes_them():
    platform = a_platform("facebook")
    saved = Space(name="Élan à Berlin", platform=platform, members=5, women_only=True)
    saved.save()
    bulk.insert(Space, [{"name": "Élan à Berlin", "platform_id": "facebook", "members": 5, "women_only": True}])

    one, other = Space.objects.order_by("id").values()
    for name in ("id", "created_at", "changed_at"):
        assert type(one.pop(name)) is type(other.pop(name))
    assert one == other


def test_changes_count_a_version_and_renew_the_sort_key():
    a_platform("facebook")
    bulk.insert(Space, [{"name": f"{number}", "platform_id": "facebook"} for number in range(3)])
    rows = [{"id": space.pk, "name": f"Ä {space.name}", "members": None} for space in Space.objects.all()]

    assert bulk.update(Space, ["name", "members"], rows) == 3
    assert set(Space.objects.values_list("sorting", "version")) == {("a 0", 2), ("a 1", 2), ("a 2", 2)}


def test_many_are_asked_for_as_one_array(django_assert_num_queries):
    bulk.insert(Actor, [{"name": f"{number}"} for number in range(20)])
    ids = list(Actor.objects.values_list("id", flat=True))

    with django_assert_num_queries(1) as asked:
        assert Actor.objects.filter(pk__among=ids[:7]).count() == 7
    assert "ANY" in asked[0]["sql"]
