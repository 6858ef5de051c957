"""Minutes that are being corrected: some guests read them, one proposal is taken over, two wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import as_of
from treffpunkt.jobs.demo.world import World
from treffpunkt.meetings import reviewing
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.services import corrections
from treffpunkt.meetings.services import minutes as closing
from treffpunkt.people.models import Staff

# Which statement, in what words; 0 where something was missing.
PROPOSED = (
    (1, "ينتقل كثيرون من فيسبوك إلى تلغرام، أما الأسئلة الطويلة فتبقى في فيسبوك."),
    (3, "لا تُقبل الروابط في المجموعات الكبيرة إلا بعد التحدث مع الإدارة، أما الملفات فتُقبل دائمًا."),
    (0, "اتفقنا كذلك على أن نرسل لكم كل شهر أكثر سؤال يتكرر في مجموعاتنا."),
)
DAYS = 10


def let_minutes_be_corrected(host: Staff, meeting: Meeting, world: World, sent: datetime) -> None:
    """Send the minutes to be corrected; guests propose something, the first of it is taken over."""
    with as_of(sent):
        closing.review_minutes(
            by=host, meeting=meeting, until=(sent + timedelta(days=DAYS)).date(), summary=world.summary,
            summaries={world.language: world.summary_there},
        )  # fmt: skip
        closing.send_review(by=host, meeting=meeting)
    came = meeting.invitations.filter(attendance="attended").order_by("pk")
    for hours, (guest, (number, text)) in enumerate(zip(came, PROPOSED, strict=False), 1):
        with as_of(sent + timedelta(hours=9 * hours)):
            _propose(meeting, guest, number, text)
    first = meeting.corrections.order_by("created_at")[0]
    with as_of(sent + timedelta(days=2)):
        corrections.take_over(
            by=host, correction=first, text=first.text, word="شكراً جزيلاً، أضفنا ذلك.", keep_findings=True,
            gist="Viele wechseln von Facebook zu Telegram; die langen Fragen bleiben auf Facebook.",
        )  # fmt: skip
        closing.revise_minutes(by=host, meeting=meeting)


def _propose(meeting: Meeting, guest: Invitation, number: int, text: str) -> None:
    minutes = reviewing.newest(meeting)[guest.language]
    corrections.propose_correction(
        by=LinkHolder("minutes", minutes.kind, minutes.pk, guest.actor_id), minutes=minutes, id=uuid4(), text=text,
        number=number or None, language=guest.language, keep_findings=True,
    )  # fmt: skip
