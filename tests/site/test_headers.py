"""What every answer tells the browser about itself."""

from __future__ import annotations

import pytest
from django.test import override_settings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/sign-in/", "/de/", "/l/nothing/", "/nothing/here/"])
def test_every_page_is_closed_to_other_sites(client, address):
    answer = client.get(address)

    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "camera=()" in answer["Permissions-Policy"]
    policy = answer["Content-Security-Policy"]
    assert "unsafe-" not in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy


def test_over_https_the_browser_is_told_to_stay_there():
    from django.test import Client

    with override_settings(SECURE_HSTS_SECONDS=31_536_000):
        client = Client()
        assert "max-age=31536000" in client.get("/sign-in/", secure=True)["Strict-Transport-Security"]
        assert "Strict-Transport-Security" not in client.get("/sign-in/")


def test_https_installations_ask_for_it(monkeypatch, tmp_path):
    """The settings of an installation whose address begins with https."""
    import subprocess
    import sys

    code = (
        "from treffpunkt.site import settings as s;"
        "print(s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={"TREFFPUNKT_BASE_URL": "https://treff.example.org", "TREFFPUNKT_HOME": str(tmp_path)},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert told.split() == ["31536000", "True", "True"]
