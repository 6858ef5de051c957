"""People who look at the network's pages, and what they look at."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import network as make


@pytest.fixture(autouse=True)
def fresh_cache():
    """Forget counts and choices of the test before."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def arabic(db):
    """Make the Arabic-speaking community."""
    return make.a_community("ar", name="Arabischsprachige Community")


@pytest.fixture
def french(db):
    """Make the French-speaking community."""
    return make.a_community("fr", name="Frankophone Community")


@pytest.fixture
def coordinator(db):
    """Make somebody in coordination who reads English."""
    return make.a_member_of_staff("coordinator", language="en", name="Hanna Vogt")


@pytest.fixture
def counsellor(arabic):
    """Make a counsellor of the Arabic-speaking community who reads English."""
    staff = make.a_member_of_staff("counsellor", language="en", name="Rima Saleh")
    arabic.counsellors.add(staff)
    return staff


@pytest.fixture
def coordination(coordinator) -> Client:
    """Give the browser of coordination."""
    return signed_in(coordinator)


@pytest.fixture
def counselling(counsellor) -> Client:
    """Give the browser of the counsellor."""
    return signed_in(counsellor)


@pytest.fixture
def browser_of(db):
    """Give the browser of anybody who is signed in."""
    return signed_in


def signed_in(staff) -> Client:
    """Sign somebody in."""
    client = Client()
    client.force_login(staff)
    return client
