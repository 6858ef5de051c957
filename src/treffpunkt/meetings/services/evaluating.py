"""After a meeting: a letter of thanks, and three questions answered by nobody in particular."""

from __future__ import annotations

from collections.abc import Mapping
from random import SystemRandom
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.personal import PersonalDataFound, find_personal_data
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.meetings import evaluation, rules, wording
from treffpunkt.meetings.models import Ballot, Evaluation, Invitation, Meeting
from treffpunkt.meetings.services import news
from treffpunkt.post.models import Message
from treffpunkt.post.services import Draft, send_many

LINK_DAYS = 30
LONGEST = 1000
PARTS = ("helpful", "missing")


@transaction.atomic
def thank_guests(*, by: Agent, meeting: Meeting, ask: bool = True) -> int:
    """Thank everybody who was there, each in her language and once; with `ask` the letter holds the three questions.

    Returns to how many it was written.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    require(rules.may_edit(by, meeting))
    if meeting.state not in rules.AFTERWARDS:
        raise DomainError(_("The meeting has not been held yet."))
    guests = {f"thanks:{row.pk}": row for row in news.guests(meeting).filter(attendance=Invitation.Attendance.ATTENDED)}
    known = set(Message.objects.filter(occasion__in=guests).values_list("occasion", flat=True))
    host = meeting.hosts.first()
    letters, ballots = [], []
    for occasion, row in guests.items():
        to = news.receiver(row)
        if to is None or occasion in known:
            continue
        link: dict[str, str | int] = {}
        if ask:
            ballot = Ballot(meeting=meeting)
            ballots.append(ballot)
            link = {
                "purpose": rules.EVALUATION, "subject_kind": ballot.kind, "subject_id": str(ballot.pk),
                "days": LINK_DAYS, "nobody": 1,
            }  # fmt: skip
        context = {"when": wording.when(meeting, row.language), "host": host.name if host else "", "ask": ask}
        letters.append(
            Draft(
                template=evaluation.THANKS,
                to=to,
                language=row.language,
                occasion=occasion,
                context=context,
                link=link,
                about=row,
            )
        )
    SystemRandom().shuffle(ballots)
    Ballot.objects.bulk_create(ballots)
    sent = send_many(letters)
    if sent:
        record(by, "meeting.thanked", meeting)
    return len(sent)


@transaction.atomic
def answer_questions(
    *,
    by: LinkHolder,
    ballot: Ballot,
    useful: int | None = None,
    helpful: str = "",
    missing: str = "",
    language: str = "",
    keep_findings: bool = False,
) -> None:
    """Take what somebody thinks of a meeting; once for each ballot, and the answer does not know which it was.

    Raises PersonalDataFound where a text may tell who somebody is, unless its writer has looked at it. The journal
    notes nothing: the moment would tell more than it says.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=ballot.meeting_id)
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    require(by.purpose == rules.EVALUATION and by.subject_id == ballot.pk)
    if ballot.used:
        raise DomainError(_("This link has been answered already. Thank you!"))
    if useful is not None and not Evaluation.LEAST <= useful <= Evaluation.MOST:
        raise DomainError(_("Please choose a number from 1 to 5."))
    texts = {name: tidy(text, lines=True)[:LONGEST] for name, text in (("helpful", helpful), ("missing", missing))}
    if useful is None and not any(texts.values()):
        raise DomainError(_("Nothing has been answered yet."))
    if not keep_findings:
        _look_for_people(texts)
    ballot.used = True
    ballot.save()
    _shuffle_in(meeting, Evaluation(meeting=meeting, useful=useful, language=language[:12], **texts))


def _look_for_people(texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        if found := find_personal_data(text):
            raise PersonalDataFound(found, field=name)


def _shuffle_in(meeting: Meeting, fresh: Evaluation) -> None:
    """Write all answers of a meeting anew in another order."""
    rows = [*evaluation.answers(meeting), fresh]
    meeting.evaluations.all().delete()
    for row in rows:
        row.pk = uuid4()
    SystemRandom().shuffle(rows)
    Evaluation.objects.bulk_create(rows)
