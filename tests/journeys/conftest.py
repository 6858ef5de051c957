"""Whoever takes part in a journey: staff at a desk, guests on their phones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.screen import AXE, Screen
from tests.support.browser import BUILT, need
from tests.support.going_on import let_it_run
from tests.support.live import Live, started_over
from treffpunkt.core.clock import now
from treffpunkt.meetings.models import Meeting
from treffpunkt.network.models import Actor
from treffpunkt.people.models import Staff

COORDINATION = "koordination@example.org"


@pytest.fixture(scope="session", autouse=True)
def what_journeys_need(request) -> None:
    """Skip where the pages' styles and scripts are not built or no browser is there, unless one is required."""
    need(BUILT / "ui.css", AXE)
    request.getfixturevalue("browser")


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


@pytest.fixture(scope="module")
def told(live_server_of_journeys, cluster, story, django_db_blocker) -> Iterator[Live]:
    """The story as it was told, once for all pages, with one meeting going on: looking changes nothing."""
    server, database = live_server_of_journeys
    with started_over(server, database, cluster, story, django_db_blocker):
        coming = Meeting.objects.filter(state="inviting").latest("starts")
        let_it_run(Staff.objects.get(email=COORDINATION), coming)
        # One of those whom nobody told yet goes soon.
        untold = Actor.objects.filter(told_at=None, erased_at=None, consent_at=None).order_by("pk")
        Actor.objects.filter(pk=untold[0].pk).update(created_at=now() - timedelta(days=85))
        yield server
