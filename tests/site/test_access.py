"""What every page says about itself."""

from __future__ import annotations

import pytest

from tests.factories.people import a_counsellor


@pytest.mark.django_db
def test_pages_are_never_kept_by_caches(client):
    client.force_login(a_counsellor())

    response = client.get("/settings/")

    assert "no-store" in response["Cache-Control"]
    assert response["X-Frame-Options"] == "DENY"
    assert "unsafe" not in response["Content-Security-Policy"]
