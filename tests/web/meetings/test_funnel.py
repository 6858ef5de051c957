"""How far invitations got: counted on the meeting's page, with the list behind each number."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.meetings import a_meeting, an_actor, holder_of, invited
from tests.portal.conftest import path_of
from treffpunkt.meetings.models import Invitation
from treffpunkt.meetings.services.invitations import answer, plan_invitations, remind
from treffpunkt.post.models import Message

BROWSER = {"Sec-Fetch-Dest": "document"}


@pytest.fixture
def meeting(coordinator):
    """Give a meeting with four guests who were written to and one who was not."""
    meeting = a_meeting(coordinator)
    rows = invited(coordinator, meeting, *(an_actor(name=name) for name in ("Amal", "Basma", "Chadia", "Dunja")))
    Message.objects.filter(about_id=rows[3].pk).update(state="failed")
    Message.objects.exclude(about_id=rows[3].pk).update(state="sent")
    plan_invitations(by=coordinator, meeting=meeting, actor_ids=[an_actor(name="Esma").pk])
    answer(by=holder_of(rows[0]), invitation=rows[0], state="accepted")
    answer(by=coordinator, invitation=rows[1], state="declined")
    remind(by=coordinator, meeting=meeting)
    Client(headers=BROWSER).get(path_of(rows[2]))
    return meeting


def numbers(response) -> dict[str, int]:
    return {stage.key: stage.number for stage in response.context["funnel"]}


def test_page_counts_how_far_each_got(client, meeting):
    page = client.get(reverse("web:meetings:detail", args=[meeting.pk]))

    assert numbers(page) == {
        "invited": 5, "sent": 4, "bounced": 1, "opened": 2, "reminded": 1, "answered": 2, "yes": 1, "no": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "names"),
    [("opened", {"Amal", "Chadia"}), ("bounced", {"Dunja"}), ("no", {"Basma"}), ("reminded", {"Chadia"}), ("x", {"Amal", "Esma"})],
)  # fmt: skip
def test_behind_each_number_stands_its_list(client, meeting, stage, names):
    page = client.get(reverse("web:meetings:detail", args=[meeting.pk]), {"guests": stage}).content.decode()

    shown = {name for name in ("Amal", "Basma", "Chadia", "Dunja", "Esma") if name in page}
    assert names <= shown
    assert stage == "x" or shown == names


def test_first_opening_is_noted_by_its_day_and_no_other(coordinator):
    (guest,) = invited(coordinator, a_meeting(coordinator), an_actor())
    link = path_of(guest)

    def opened(**headers: str):
        Client(headers=headers).get(link)
        return Invitation.objects.values_list("opened_on", "version").get()

    before = guest.version
    assert opened() == (None, before)  # a preview in a chat, a check of a mail server
    assert opened(**BROWSER, **{"Sec-Purpose": "prefetch"}) == (None, before)
    day, version = opened(**BROWSER)
    assert (day is not None, version) == (True, before)
    assert opened(**BROWSER) == (day, before)
