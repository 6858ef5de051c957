"""Every address of the house, tried as anybody, each role and each kind of link, against the table `table.txt`."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.access.crawling import Address, Line, addresses, answers, table, written
from tests.access.world import FOREIGN, SECRET, World, a_world

pytestmark = pytest.mark.django_db

ALL: dict[str, Address] = {one.name: one for one in addresses()}
STAFF = ("anybody", "guest", "coordinator", "counsellor", "legal reviewer", "system administrator")
LINKS = (
    "invitation",
    "minutes",
    "offer",
    "agreement",
    "succession",
    "phones",
    "did",
    "other purpose",
    "wrong record",
    "expired",
    "revoked",
    "unknown",
    "calendar",
    "poll",
    "evaluation",
    "presentation",
)
# What somebody else's community is called, and what somebody else noted in confidence, must not show to them.
SEES_NOT = {
    "anybody": (FOREIGN, SECRET),
    "guest": (FOREIGN, SECRET),
    "coordinator": (SECRET,),
    "counsellor": (FOREIGN, SECRET),
    "legal reviewer": (FOREIGN, SECRET),
    "system administrator": (FOREIGN, SECRET),
}


@pytest.fixture
def world() -> World:
    """Give a network of two communities."""
    return a_world()


def browser_of(who: str, world: World) -> Client:
    """Open a browser: signed in, or that of a guest who has answered through her link, or a new one."""
    client = Client(raise_request_exception=False)
    if who in world.staff:
        client.force_login(world.staff[who], backend=settings.AUTHENTICATION_BACKENDS[0])
    elif who == "guest":
        assert client.post(f"/l/{world.links['invitation']}/answer/", {"answer": "accepted"}).status_code == 302
    return client


@pytest.mark.parametrize("who", STAFF)
def test_pages_answer_as_the_table_says(world, who):
    lines, column = table("pages"), STAFF.index(who)
    client, shown = browser_of(who, world), []

    def look(method, address, response):
        body = b"".join(response) if response.streaming else response.content
        if response.status_code < 400:
            shown.extend((method, address, mark) for mark in SEES_NOT[who] if mark in body.decode(errors="ignore"))

    found = [answers(client, line, ALL[line.name], world, look) for line in lines]

    assert differing(lines, column, found) == ""
    assert sorted(set(shown)) == []


@pytest.mark.parametrize("reader", ["anybody", "coordinator"])
@pytest.mark.parametrize("link", LINKS)
def test_links_open_what_the_table_says(world, link, reader):
    """Whoever is signed in besides: a link opens the same to everybody."""
    lines, column = table("links"), LINKS.index(link)
    client = browser_of(reader, world)

    def at(line: Line) -> Address:
        address = ALL[line.name]
        return Address(address.name, address.filled(token=world.links[link]))

    found = [answers(client, line, at(line), world) for line in lines]

    assert differing(lines, column, found) == ""


def test_pages_that_name_others_in_their_address_tell_nothing(world):
    """Records of another community in a query: for a form, a filter, a search."""
    foreign = {kind: ids["other"] for kind, ids in world.records.items() if "other" in ids}
    client = browser_of("counsellor", world)
    shown = []
    for address in (
        f"/network/contacts/add/?actor={foreign['actor']}",
        f"/network/contacts/add/?space={foreign['space']}",
        f"/network/contacts/add/?organisation={foreign['organisation']}",
        f"/tasks/add/?about_kind=network.space&about_id={foreign['space']}",
        f"/tasks/add/?about_kind=meetings.meeting&about_id={foreign['meeting']}",
        f"/tasks/add/?about_kind=meetings.statement&about_id={world.records['secret statement']['own']}",
        f"/tasks/add/?about_kind=network.contact&about_id={world.records['secret contact']['own']}",
        f"/tasks/add/?about_kind=agreements.agreement&about_id={foreign['agreement']}",
        f"/agreements/add/?space={foreign['space']}",
        f"/agreements/add/?actor={foreign['actor']}",
        f"/agreements/add/?statement={foreign['statement']}&space={world.records['space']['own']}",
        "/agreements/add/?q=Fremd",
        f"/agreements/?community={foreign['community']}",
        f"/agreements/export/?community={foreign['community']}",
        f"/meetings/add/?from={foreign['meeting']}",
        f"/network/spaces/?community={foreign['community']}",
        f"/network/spaces/export/?community={foreign['community']}",
        f"/network/people/?community={foreign['community']}",
        f"/network/people/next/?community={foreign['community']}",
        f"/network/spaces/board/?community={foreign['community']}",
        "/search/?q=Fremd",
        "/search/suggest/?q=Fremd",
        "/search/?q=Verschwiegen",
        "/tasks/?state=all",
        "/outbox/?state=by_hand",
    ):
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        assert response.status_code in (200, 404), address
        shown += [(address, mark) for mark in SEES_NOT["counsellor"] if mark in body.decode()]

    assert shown == []


def differing(lines: list[Line], column: int, found: list[str]) -> str:
    """Write the lines as they would have to stand where they are not what was found."""
    return "\n".join(
        written(Line(line.method, line.name, line.kind, (*line.answers[:column], one, *line.answers[column + 1 :])))
        for line, one in zip(lines, found, strict=True)
        if line.answers[column] != one
    )
