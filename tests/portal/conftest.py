"""People outside with a link, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.meetings import a_coordinator, a_meeting, an_actor, invited
from treffpunkt.links.services import issue


@pytest.fixture
def coordinator(db):
    """Give a coordinator."""
    return a_coordinator(name="Katrin Oster")


@pytest.fixture
def meeting(coordinator):
    """Give a meeting in three weeks with a video room."""
    return a_meeting(coordinator, room="https://meet.example.org/raum", title={"ar": "لقاء", "de": "Treffen"})


@pytest.fixture
def invitation(coordinator, meeting):
    """Give an Arabic-speaking guest's invitation."""
    return invited(coordinator, meeting, an_actor(name="Samira Haddad", handle="samira.h"))[0]


@pytest.fixture
def link(invitation) -> str:
    """Give the path of the guest's link."""
    return path_of(invitation)


@pytest.fixture
def phone() -> Client:
    """Give a browser that nobody has signed in with."""
    return Client(enforce_csrf_checks=False)


def path_of(record, purpose: str = "invitation", **more) -> str:
    """Make a link and give its path."""
    address = issue(purpose, subject_kind=record.kind, subject_id=record.pk, **more)
    return "/l/" + address.rstrip("/").rsplit("/", 1)[-1] + "/"
