"""The report for the funder on its page, and thanks with opinions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.meetings import a_meeting, a_statement, an_actor, invited
from treffpunkt.meetings import pdf
from treffpunkt.meetings.models import Ballot
from treffpunkt.meetings.services.invitations import note_attendance
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting


@pytest.fixture
def desk(client, coordinator):
    """Give the coordinator's browser."""
    client.force_login(coordinator)
    return client


@pytest.fixture
def held(coordinator):
    """Give a meeting that was held."""
    meeting = a_meeting(coordinator)
    rows = invited(coordinator, meeting, *(an_actor() for _number in range(6)))
    start_meeting(by=coordinator, meeting=meeting)
    note_attendance(by=coordinator, meeting=meeting, attendance={row.pk: "attended" for row in rows})
    a_statement(coordinator, meeting, statement_kind="need")
    return end_meeting(by=coordinator, meeting=meeting)


@pytest.mark.skipif(not any(pdf.FONTS.glob("*.ttf")), reason="fonts are copied by `npm run build`")
def test_report_is_read_and_taken_along(desk, held, django_assert_max_num_queries):
    page = reverse("web:meetings:report", args=[held.pk])
    desk.get(page)
    with django_assert_max_num_queries(14):
        assert desk.get(page).status_code == 200
    for language in ("de", "en"):
        for form, head in (("docx", b"PK"), ("pdf", b"%PDF")):
            answer = desk.get(reverse("web:meetings:report_file", args=[held.pk, language, form]))
            assert (answer.status_code, answer.content[: len(head)]) == (200, head)
    for language, form in (("ar", "pdf"), ("de", "odt")):
        assert desk.get(reverse("web:meetings:report_file", args=[held.pk, language, form])).status_code == 404


def test_meeting_to_come_has_no_report(desk, coordinator):
    meeting = a_meeting(coordinator)
    assert desk.get(reverse("web:meetings:report", args=[meeting.pk])).status_code == 200
    assert desk.get(reverse("web:meetings:report_file", args=[meeting.pk, "de", "pdf"])).status_code == 404


@pytest.mark.parametrize("ask", [True, False])
def test_host_thanks_with_or_without_questions(desk, held, ask, django_assert_max_num_queries):
    page = reverse("web:meetings:thanks", args=[held.pk])
    assert desk.get(page).context["left"] == 6
    assert desk.post(page, {"ask": "on"} if ask else {"x": "1"}).status_code == 302
    assert Ballot.objects.count() == (6 if ask else 0)
    desk.get(page)
    with django_assert_max_num_queries(11):
        assert desk.get(page).context["left"] == 0
