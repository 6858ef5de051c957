"""What suits a guest: said behind her link, or noted by us."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import DatePoll, Invitation, PollGuest
from treffpunkt.network.services.telling import heard_from


@transaction.atomic
def answer_poll(*, by: Agent, guest: PollGuest, answers: Mapping[UUID, str]) -> PollGuest:
    """Take which moments suit: yes, if need be or no, again and again until the last day; the rest stays as it was."""
    require(rules.may_answer_poll(by, guest))
    poll = DatePoll.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=guest.poll_id)
    if not poll.takes_answers:
        raise DomainError(_("Answering is over; nothing was changed."))
    guest = poll.guests.select_for_update(of=("self",)).get(pk=guest.pk)
    proposed = {str(pk) for pk in poll.moments.values_list("pk", flat=True)}
    given = {str(pk): state for pk, state in answers.items()}
    if not given:
        raise DomainError(_("Please choose an answer for at least one time."))
    if not given.keys() <= proposed or not set(given.values()) <= set(DatePoll.Answer.values):
        raise DomainError(_("This time was not proposed. Please load the page again."))
    guest.answers = {pk: state for pk, state in guest.answers.items() if pk in proposed} | given
    guest.answered_at = now()
    guest.answered_via = Invitation.Via.LINK if isinstance(by, LinkHolder) else Invitation.Via.STAFF
    guest.advance()
    guest.save()
    if isinstance(by, LinkHolder) and guest.actor_id:
        heard_from([guest.actor_id], at=now())
    record(by, "poll.answered", guest, poll.meeting, *([guest.actor] if guest.actor else []))
    return guest
