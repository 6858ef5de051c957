"""Two communities and those who work with them."""

from __future__ import annotations

import pytest

from tests.factories.network import a_community, a_coordinator, a_counsellor


@pytest.fixture
def arabic(db):
    """Make the Arabic-speaking community."""
    return a_community("ar")


@pytest.fixture
def french(db):
    """Make the French-speaking community."""
    return a_community("fr")


@pytest.fixture
def coordinator(db):
    """Make somebody in coordination."""
    return a_coordinator()


@pytest.fixture
def counsellor(arabic):
    """Make a counsellor of the Arabic-speaking community."""
    return a_counsellor(arabic)
