"""What imports remember of keys cannot be guessed back, and nothing remembered earlier is lost."""

from __future__ import annotations

from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps

from treffpunkt.intake.keys import plain, sealed
from treffpunkt.intake.memory import aliases_of, keep_aliases, seal_aliases
from treffpunkt.intake.models import Alias

pytestmark = pytest.mark.django_db

KIND = "network.actor"
KEYS = [f"c:phone:+4917{number:08}" for number in range(30)]


def earlier(key: str, record=None) -> Alias:
    """Remember a key as the version before did."""
    return Alias.objects.create(kind=KIND, key=plain(key), record_id=record)


def test_key_can_be_made_by_this_installation_only(settings):
    here = sealed(KEYS[0])
    settings.SECRET_KEY = "another installation" * 5

    assert sealed(KEYS[0]) != here
    assert len(here) == 32
    assert plain(KEYS[0])[:8] not in here


def test_what_an_earlier_version_remembered_is_sealed_and_found(monkeypatch):
    monkeypatch.setattr("treffpunkt.intake.keys.PIECE", 7)
    records = {key: uuid4() if number % 2 else None for number, key in enumerate(KEYS)}
    for key, record in records.items():
        earlier(key, record)
    assert aliases_of(KIND, KEYS) == records  # also before it is sealed

    import_module("treffpunkt.intake.migrations.0002_seal_keys").seal(apps, None)

    assert aliases_of(KIND, KEYS) == records
    assert Alias.objects.count() == len(KEYS)
    assert not Alias.objects.filter(key__in=[plain(key) for key in KEYS]).exists()
    assert seal_aliases() == 0


def test_what_was_remembered_anew_meanwhile_counts():
    old, new = uuid4(), uuid4()
    earlier(KEYS[0], old)
    earlier(KEYS[1], old)
    keep_aliases(KIND, {KEYS[0]: new})
    assert aliases_of(KIND, KEYS) == {KEYS[0]: new, KEYS[1]: old}

    assert seal_aliases() == 2

    assert aliases_of(KIND, KEYS) == {KEYS[0]: new, KEYS[1]: old}
    assert Alias.objects.count() == 2
