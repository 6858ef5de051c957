"""A browser for looking at the kit."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def chromium():
    """Start a browser; skip where there is none, unless REQUIRE_BROWSER asks for one."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("no browser: set CHROMIUM or install chromium")
        pytest.skip("no browser")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; the tests ask the database all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
