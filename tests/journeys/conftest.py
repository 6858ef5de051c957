"""Whoever takes part in a journey: staff at a desk, guests on their phones."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.screen import AXE, ROOT, Screen

BUILT = ROOT / "src" / "treffpunkt" / "ui" / "static" / "ui" / "built" / "ui.css"
COORDINATION = "koordination@example.org"


@pytest.fixture(scope="session", autouse=True)
def what_journeys_need(request) -> None:
    """Skip where the pages' styles and scripts are not built or no browser is there, unless one is required."""
    if BUILT.exists() and AXE.exists():
        request.getfixturevalue("browser")
        return
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("needs the built pages: npm ci && npm run build")
    pytest.skip("needs the built pages: npm ci && npm run build")


@pytest.fixture
def screens(browser, live) -> Iterator[Callable[..., Screen]]:
    """Open screens: `screens(email)` is signed in, `screens()` is anybody's; options as in Screen."""
    opened: list[Screen] = []

    def open_one(email: str = "", **options: Any) -> Screen:
        screen = Screen(browser, live.url, **options)
        if email:
            screen.context.add_cookies([live.sign_in(email)])
        opened.append(screen)
        return screen

    yield open_one
    for screen in opened:
        screen.close()


@pytest.fixture
def desk(screens) -> Screen:
    """The coordinator at her desk."""
    return screens(COORDINATION)
