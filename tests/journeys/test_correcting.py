"""Minutes are corrected: a participant proposes on her phone, the host takes it over, revises and locks."""

from __future__ import annotations

from secrets import token_urlsafe

from tests.journeys.words import say
from treffpunkt.links.services import Wanted, address, issue_many
from treffpunkt.meetings import reviewing
from treffpunkt.meetings.models import Correction, Meeting

BETTER = "الشابات يستخدمن إنستغرام أكثر، أما تيك توك فيستخدمه الجميع."


def link_to_minutes(meeting: Meeting) -> str:
    """Make the link of a guest who came and has proposed nothing yet."""
    guest = meeting.invitations.filter(attendance="attended", language="ar").order_by("-pk")[0]
    minutes, key = reviewing.newest(meeting)["ar"], token_urlsafe(18)
    issue_many([Wanted(key, "minutes", minutes.kind, minutes.pk, guest.actor_id)])
    return address(key)


def test_participant_corrects_on_her_phone_and_the_host_takes_it_over_and_locks(live, screens, desk):
    meeting = Meeting.objects.get(state="reviewing")
    link = link_to_minutes(meeting)
    guest = screens(phone=True, locale="ar", scheme="dark")
    page = guest.open(link)
    guest.look()
    page.get_by_role("link", name=say("Correct this", language="ar")).nth(1).click()
    guest.look()
    page.locator("textarea[name=text]").fill(BETTER)
    page.get_by_role("button", name=say("Propose it", language="ar")).click()
    assert page.locator("#proposals").get_by_text(BETTER).is_visible()
    guest.look()

    page = desk.open(f"/meetings/{meeting.pk}/")
    page.get_by_role("link", name=say("Look through")).click()
    desk.look()
    card = page.locator("li.panel", has_text=BETTER)
    card.locator("textarea[name=gist]").fill("Junge Frauen nutzen Instagram; TikTok nutzen alle.")
    card.locator("input[name=word]").fill("شكراً!")
    card.get_by_role("button", name=say("Take over")).click()
    for proposal in Correction.objects.filter(meeting=meeting, state="waiting"):
        page.locator(f"#c-{proposal.pk}").get_by_role("button", name=say("Leave as it is")).click()
    page.get_by_text(say("Everything proposed is decided.")).wait_for()
    desk.look()
    page.get_by_role("button", name=say("Show as the next revision")).click()
    page.get_by_text(say("It says what the notes say.")).wait_for()

    page = guest.open(link)
    assert page.get_by_text(say("changed in this revision", language="ar")).count() == 1
    assert page.locator("#proposals").get_by_text("شكراً!").is_visible()

    page = desk.open(f"/meetings/{meeting.pk}/corrections/")
    page.get_by_role("link", name=say("Look through and lock")).click()
    page.get_by_role("button", name=say("Lock and send the minutes")).click()
    page.wait_for_url(f"**/meetings/{meeting.pk}/")
    live.work()
    page = guest.open(link)
    assert page.get_by_text(say("These minutes are final.", language="ar")).is_visible()
    assert page.get_by_role("link", name=say("Correct this", language="ar")).count() == 0
