"""Every page of staff and guests: accessible and within the screen, at both widths, in both lights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from tests.journeys.conftest import COORDINATION
from tests.journeys.screen import Screen
from tests.support.live import Live, started_over
from treffpunkt.core.agent import SYSTEM
from treffpunkt.meetings.models import Invitation, Meeting, Series, Statement
from treffpunkt.meetings.services.meetings import start_meeting
from treffpunkt.network.models import Actor, Channel, Community, Contact, Organisation, Role, Space
from treffpunkt.people.models import Staff
from treffpunkt.post.models import Message
from treffpunkt.tasks.models import Task


@dataclass(frozen=True)
class Sample:
    """Where a page is found: its name, and what gives its record; `query` is added."""

    name: str
    pick: Callable[[], Any] | None = None
    query: str = ""

    @property
    def address(self) -> str:
        """Give the address with a record of the story."""
        args = [self.pick()] if self.pick else []
        return reverse(self.name, args=args) + self.query

    def __str__(self) -> str:
        return self.name.removeprefix("web:") + self.query


def meeting(state: str) -> Callable[[], Any]:
    """Give a meeting of the story in that state."""
    return lambda: Meeting.objects.filter(state=state).order_by("starts").values_list("pk", flat=True)[0]


def of(model: Any, **fields: Any) -> Callable[[], Any]:
    """Give the first record of a kind."""
    return lambda: model.objects.filter(**fields).order_by("pk").values_list("pk", flat=True)[0]


def running() -> Any:
    """Give a meeting that is going on."""
    found = Meeting.objects.filter(state="running").first()
    if found is None:
        found = Meeting.objects.filter(state="inviting").order_by("starts")[0]
        start_meeting(by=Staff.objects.get(email=COORDINATION), meeting=found)
    return found.pk


STAFF = [
    Sample("web:today"),
    # Sample("web:search", query="?q=frauen"),
    Sample("web:network:home"),
    Sample("web:network:spaces"),
    Sample("web:network:spaces", query="?q=xxxxxx"),
    Sample("web:network:board"),
    Sample("web:network:add_space"),
    Sample("web:network:space", of(Space)),
    Sample("web:network:edit_space", of(Space)),
    Sample("web:network:move_space", of(Space)),
    Sample("web:network:succession", of(Space)),
    Sample("web:network:add_space_role", of(Space)),
    Sample("web:network:end_role", of(Role)),
    Sample("web:network:actors"),
    Sample("web:network:plan"),
    Sample("web:network:add_actor"),
    Sample("web:network:actor", of(Actor)),
    Sample("web:network:edit_actor", of(Actor)),
    Sample("web:network:actor_standing", of(Actor)),
    Sample("web:network:add_channel", of(Actor)),
    Sample("web:network:add_actor_role", of(Actor)),
    Sample("web:network:stored", of(Actor)),
    Sample("web:network:erase_actor", of(Actor)),
    Sample("web:network:log_contact"),
    Sample("web:network:edit_contact", of(Contact)),
    Sample("web:network:organisations"),
    Sample("web:network:add_organisation"),
    Sample("web:network:organisation", of(Organisation)),
    Sample("web:network:edit_organisation", of(Organisation)),
    Sample("web:network:add_organisation_role", of(Organisation)),
    Sample("web:network:communities"),
    Sample("web:network:add_community"),
    Sample("web:network:community", of(Community)),
    Sample("web:network:edit_community", of(Community)),
    Sample("web:meetings:list"),
    Sample("web:meetings:add"),
    Sample("web:meetings:series"),
    Sample("web:meetings:add_series"),
    Sample("web:meetings:one_series", of(Series)),
    Sample("web:meetings:edit_series", of(Series)),
    Sample("web:meetings:detail", meeting("draft")),
    Sample("web:meetings:invite", meeting("draft")),
    Sample("web:meetings:send", meeting("draft")),
    Sample("web:meetings:agenda", meeting("draft")),
    Sample("web:meetings:detail", meeting("inviting")),
    Sample("web:meetings:edit", meeting("inviting")),
    Sample("web:meetings:cancel", meeting("inviting")),
    Sample("web:meetings:postpone", meeting("inviting")),
    Sample("web:meetings:invite", meeting("inviting")),
    Sample("web:meetings:remind", meeting("inviting")),
    Sample("web:meetings:attendance", meeting("held")),
    Sample("web:meetings:live", running),
    Sample("web:meetings:end", running),
    Sample("web:meetings:detail", meeting("held")),
    Sample("web:meetings:live", meeting("held")),
    Sample("web:meetings:close", meeting("held")),
    Sample("web:meetings:statement", of(Statement, meeting__state="held")),
    Sample("web:meetings:statement_task", of(Statement, meeting__state="held")),
    Sample("web:meetings:statement_promise", of(Statement, meeting__state="held")),
    Sample("web:meetings:detail", meeting("closed")),
    Sample("web:meetings:live", meeting("closed")),
    Sample("web:tasks:list"),
    Sample("web:tasks:add"),
    Sample("web:tasks:task", of(Task)),
    Sample("web:post:outbox"),
    Sample("web:post:by_hand"),
    Sample("web:post:message", of(Message)),
    Sample("web:post:demo"),
    Sample("web:settings:home"),
    Sample("web:settings:staff"),
    Sample("web:settings:add_staff"),
    Sample("account_logout"),
]


@pytest.fixture(scope="module")
def told(live_server_of_journeys, cluster, story, django_db_blocker) -> Iterator[Live]:
    """The story as it was told, once for all pages: looking changes nothing."""
    server, database = live_server_of_journeys
    with started_over(server, database, cluster, story, django_db_blocker):
        yield server


@pytest.fixture(scope="module")
def staff(browser, told) -> Iterator[Screen]:
    """The coordinator's screen, for all pages."""
    screen = Screen(browser, told.url)
    screen.context.add_cookies([told.sign_in(COORDINATION)])
    yield screen
    screen.close()


@pytest.mark.parametrize("sample", STAFF, ids=str)
def test_page_is_accessible(staff, sample):
    staff.troubles.clear()
    staff.show(scheme="light", phone=False)
    answer = staff.page.goto(sample.address)

    assert answer.status == 200
    assert faults(staff) == {}


def faults(screen: Screen) -> dict[str, Any]:
    """Collect what is wrong with a page: all rules at both widths, contrasts in the dark as well."""
    found = {}
    for width in ("desktop", "phone"):
        for scheme in ("light", "dark"):
            screen.show(scheme=scheme, phone=width == "phone")
            rules = screen.broken_rules(*(["color-contrast"] if scheme == "dark" else []))
            found[f"{width} {scheme}"] = rules + screen.too_wide() + screen.troubles
            screen.troubles.clear()
    return {name: faults for name, faults in found.items() if faults}
