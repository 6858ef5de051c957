"""The page on which a host decides what participants propose to the minutes."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories.meetings import a_correction, a_meeting, an_actor, holder_of, in_review
from treffpunkt.meetings import pdf, reviewing
from treffpunkt.meetings.models import Correction, Meeting, Statement
from treffpunkt.meetings.services.corrections import propose_correction
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not any(pdf.FONTS.glob("*.ttf")), reason="fonts are copied by `npm run build`"),
]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Keep stored files apart."""
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def meeting(coordinator):
    """Give a meeting that the coordinator hosts."""
    return a_meeting(coordinator)


@pytest.fixture
def desk(client, coordinator):
    """Give the coordinator's browser."""
    client.force_login(coordinator)
    return client


def page_of(meeting) -> str:
    return reverse("web:meetings:corrections", args=[meeting.pk])


def test_host_takes_a_proposal_over(desk, coordinator, meeting):
    proposed = a_correction(coordinator, meeting)
    shown = desk.get(page_of(meeting)).content.decode()
    assert proposed.text in shown
    assert "كل شيء واضح الآن." in shown

    form = {"text": "كل شيء واضح.", "gist": "Alles klar.", "word": "شكراً", "version": proposed.statement.version}
    answer = desk.post(reverse("web:meetings:take_correction", args=[proposed.pk]), form)
    assert answer.status_code == 302
    assert Statement.objects.get(meeting=meeting).gist == "Alles klar."

    assert desk.get(page_of(meeting)).context["taken"] == 1
    assert desk.post(reverse("web:meetings:revise", args=[meeting.pk])).status_code == 302
    assert reviewing.newest(meeting)["ar"].revision == 2


def test_host_leaves_a_proposal_with_a_word(desk, coordinator, meeting):
    proposed = a_correction(coordinator, meeting)
    desk.post(reverse("web:meetings:leave_correction", args=[proposed.pk]), {"word": "شكراً"})
    proposed.refresh_from_db()
    assert (proposed.state, proposed.word) == ("left", "شكراً")


def test_names_and_stale_forms_are_asked_about(desk, coordinator, meeting):
    proposed = a_correction(coordinator, meeting)
    take = reverse("web:meetings:take_correction", args=[proposed.pk])
    for form in (
        {"text": "Frau Haddad: +49 30 23125 011", "version": proposed.statement.version},
        {"text": "x", "version": 99},
        {"text": "", "version": proposed.statement.version},
    ):
        answer = desk.post(take, form)
        assert answer.status_code == 422
    assert Correction.objects.get().state == "waiting"


def test_page_asks_the_database_as_often_for_one_proposal_as_for_thirty(
    desk, coordinator, meeting, django_assert_max_num_queries
):
    guest = in_review(coordinator, meeting, an_actor())[0]
    row = reviewing.newest(meeting)["ar"]
    for number in range(30):
        propose_correction(
            by=holder_of(guest, "minutes", row), minutes=row, id=uuid4(), text=f"كل شيء واضح {number}", number=1
        )
    desk.get(page_of(meeting))
    with django_assert_max_num_queries(9):
        assert desk.get(page_of(meeting)).status_code == 200


def test_day_and_first_step_are_chosen_on_the_pages(desk, coordinator, meeting):
    start_meeting(by=coordinator, meeting=meeting)
    end_meeting(by=coordinator, meeting=meeting)
    close = reverse("web:meetings:close", args=[meeting.pk])
    first = desk.get(close).context["form"].initial["until"]
    assert desk.post(close, {"summary": "Gut.", "review": "1", "until": "2001-01-01"}).status_code == 422
    assert desk.post(close, {"summary": "Gut.", "review": "1", "until": first}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.summary, meeting.corrections_until) == (Meeting.State.REVIEWING, "Gut.", first)
    assert "&lt;time" not in desk.get(reverse("web:meetings:detail", args=[meeting.pk])).content.decode()

    day = reverse("web:meetings:last_day", args=[meeting.pk])
    assert desk.post(day, {"until": "never"}).status_code == 422
    assert desk.post(day, {"until": first.replace(year=first.year + 3)}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.corrections_until == first
    assert desk.post(close, {"summary": "Besser.", "send": "1"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.summary) == (Meeting.State.CLOSED, "Besser.")
