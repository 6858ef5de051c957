"""Signed-in readers of the meeting pages."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.meetings import a_coordinator


@pytest.fixture
def coordinator(db):
    """Give a coordinator."""
    return a_coordinator(name="Katrin Oster")


@pytest.fixture
def client(coordinator) -> Client:
    """Give a browser in which the coordinator is signed in."""
    return browser_of(coordinator)


def browser_of(staff) -> Client:
    """Give a browser in which somebody is signed in."""
    client = Client()
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
