"""Sentences are compared in English."""

from __future__ import annotations

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """Read in English."""
    with translation.override("en"):
        yield
