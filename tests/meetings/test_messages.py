"""What guests read, in every language and by every channel."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.meetings import a_coordinator, a_meeting, an_actor, holder_of, invited
from treffpunkt.core.clock import as_of, now
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services import meetings
from treffpunkt.meetings.services.invitations import answer, remind
from treffpunkt.meetings.services.offers import let_due_offers_lapse
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render

pytestmark = pytest.mark.django_db
LANGUAGES = ["de", "en", "ar", "fr", "sr", "sr-latn", "es", "fa"]


@pytest.fixture(params=LANGUAGES)
def story(request):
    """Give the messages of a meeting whose name, title and room must not be read by others."""
    host = a_coordinator(name="Lena Beispiel")
    meeting = a_meeting(
        host, name="Gewalt in Gruppen", title={"de": "Frauentreffen"}, seats=1, room="https://video.example.org/geheim",
        greeting={"de": "Wir freuen uns auf Sie.", "ar": "يسعدنا حضورك."},
    )  # fmt: skip
    first, second = invited(host, meeting, *(an_actor(language=request.param) for _ in range(2)))
    Message.objects.update(state=Message.State.SENT)
    remind(by=host, meeting=meeting)
    answer(by=holder_of(first), invitation=first, state="accepted")
    answer(by=holder_of(second), invitation=second, state="accepted")
    Message.objects.update(state=Message.State.SENT)
    meeting = Meeting.objects.get()
    meeting = meetings.change_meeting(
        by=host, meeting=meeting, version=meeting.version, day=meeting.day + timedelta(days=1)
    )
    Message.objects.update(state=Message.State.SENT)
    answer(by=holder_of(first), invitation=first, state="declined")
    Message.objects.update(state=Message.State.SENT)
    with as_of(now() + timedelta(days=3)):
        let_due_offers_lapse()
    meeting = meetings.change_meeting(by=host, meeting=meeting, version=meeting.version, seats=None)
    Message.objects.update(state=Message.State.SENT)
    meeting = meetings.postpone_meeting(by=host, meeting=meeting)
    Message.objects.update(state=Message.State.SENT)
    meetings.cancel_meeting(by=host, meeting=meeting)
    return list(Message.objects.order_by("id"))


def test_every_message_is_neutral_outside_and_leads_to_the_guests_page(story):
    assert {message.template.rpartition("/")[2] for message in story} == {
        "invitation", "reminder", "changed", "offered", "lapsed", "moved_up", "cancelled",
    }  # fmt: skip
    for message in story:
        text = render(message)
        assert text.subject
        for secret in ("Gewalt", "Frauentreffen", "Frau", "video.example.org", "Gast"):
            assert secret not in text.subject + text.body
        assert text.body.count("/l/") == 1
        assert "{{" not in text.body
        assert "%(" not in text.body
        assert "Lena Beispiel" in text.body
        assert "\n\n\n" not in text.body
        assert text.body.index("/l/") > 60


def test_masked_message_shows_no_link(story):
    assert "/l/" not in render(story[0], masked=True).body
