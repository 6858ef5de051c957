"""What guests are told, each in their language and by their channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.dates import spoken_when
from treffpunkt.meetings import calendar, texts, wording
from treffpunkt.meetings.models import CalendarReply, Invitation, Meeting, PollGuest
from treffpunkt.network.models import Actor
from treffpunkt.network.services.reaching import receiver_of, with_ways
from treffpunkt.network.services.telling import being_told
from treffpunkt.post.models import Message
from treffpunkt.post.services import Draft, Receiver, cancel, send_many

S = Invitation.State
INVITATION, REMINDER, CHANGED = (
    "meetings/messages/invitation",
    "meetings/messages/reminder",
    "meetings/messages/changed",
)
CANCELLED, MOVED_UP = "meetings/messages/cancelled", "meetings/messages/moved_up"
OFFERED, LAPSED = "meetings/messages/offered", "meetings/messages/lapsed"
PROPOSAL_DECLINED = "meetings/messages/proposal_declined"
FRESH_LINK = "meetings/messages/fresh_link"
# How long a guest's link opens after the meeting.
LINK_DAYS_AFTER = 30


@dataclass
class Letters:
    """The messages of one meeting; what guests of one language read alike is written once."""

    meeting: Meeting
    _context: dict[str, dict[str, Any]] = field(default_factory=dict)
    _entries: calendar.Entries = field(init=False)

    def __post_init__(self) -> None:
        self._entries = calendar.Entries(self.meeting)

    def draft(
        self,
        template: str,
        invitation: Invitation,
        *,
        occasion: str,
        method: str = "",
        answers: int | None = None,
        **extra: Any,
    ) -> Draft | None:
        """Write one guest's message, or nothing where no channel leads to them; `method` adds a calendar entry.

        `answers` is the number (SEQUENCE) of the entry of theirs that it answers.
        """
        invitation.meeting = self.meeting
        to = receiver(invitation)
        if to is None:
            return None
        entry = (
            self._entries.entry(invitation, mail=to.mail, method=method, answers=answers) if to.mail and method else ""
        )
        return Draft(
            template=template,
            to=to,
            language=invitation.language,
            occasion=occasion,
            context=self._for(invitation.language) | extra | self._own(template, invitation, extra),
            link={
                "purpose": "invitation",
                "subject_kind": invitation.kind,
                "subject_id": str(invitation.pk),
                "days": self._days(),
            },
            about=invitation,
            calendar=entry,
            # The invitation says where it stands what is stored about her.
            tells=template == INVITATION and invitation.actor is not None,
            calendar_method=method if entry else "",
        )

    def _for(self, language: str) -> dict[str, Any]:
        if language not in self._context:
            host = self.meeting.hosts.all()[:1]
            self._context[language] = {
                "when": wording.when(self.meeting, language),
                "where": wording.where(self.meeting, language),
                "languages": wording.languages_spoken(self.meeting, language),
                "greeting": wording.greeting(self.meeting, language)[0],
                "host": host[0].name if host else "",
            }
        return self._context[language]

    def _own(self, template: str, invitation: Invitation, extra: Mapping[str, Any]) -> dict[str, Any]:
        """Give the words that coordination has put in place of the standard text, filled in but for the link."""
        language = invitation.language
        purpose = texts.purpose_of(template, postponed=bool(extra.get("postponed")))
        text = self._changed.get((purpose, wording.catalogue(language)))
        if text is None:
            return {}
        guest = invitation.actor or invitation.staff
        values = texts.values_of(
            self.meeting, language, host=self._for(language)["host"], name=guest.name if guest else ""
        )
        return {"own": texts.ready(text, values, language)}

    @cached_property
    def _changed(self) -> dict[tuple[str, str], texts.Present]:
        return texts.present()

    def _days(self) -> int:
        return max(0, (self.meeting.starts - now()) // timedelta(days=1)) + LINK_DAYS_AFTER


def guests(meeting: Meeting) -> QuerySet[Invitation]:
    """List a meeting's invitations with all that writing to them needs, without those who were erased."""
    return (
        meeting.invitations.filter(Q(actor=None) | Q(actor__erased_at=None))
        .select_related("staff")
        .prefetch_related(Prefetch("actor", with_ways(Actor.objects.all())))
        .order_by("id")
    )


def receiver(guest: Invitation | PollGuest) -> Receiver | None:
    """Say how a guest is reached: staff by mail, an actor by the channel of their choice."""
    if guest.staff:
        return Receiver(kind=guest.staff.kind, id=guest.staff.pk, mail=guest.staff.email)
    if guest.actor is None or guest.actor.erased_at:
        return None
    found = receiver_of(guest.actor)
    return found if found and (found.mail or found.chat_url or found.chat_name) else None


def invite(*, letters: Letters, invitations: Iterable[Invitation]) -> tuple[list[Message], list[UUID]]:
    """Write the invitations; returns the messages and the invitations to which no channel leads."""
    drafts, unreachable = [], []
    for invitation in invitations:
        draft = letters.draft(
            INVITATION,
            invitation,
            occasion=f"invitation:{invitation.pk}:{_sending(letters.meeting)}",
            method="REQUEST",
        )
        if draft is None:
            unreachable.append(invitation.pk)
        else:
            drafts.append(draft)
    messages = send_many(drafts)
    being_told(message.to_id for message in messages if message.tells)
    return messages, unreachable


def tell_changed(*, by: Agent, meeting: Meeting, moved: bool = True, back: bool = False) -> None:
    """Tell the guests the new time or place; to whom the invitation has not gone out, it goes anew instead.

    Somebody who said no hears of it only when the time has changed. `back` says that it takes place on the day from
    which it was postponed.
    """
    known = (S.SENT, S.ACCEPTED, S.TENTATIVE, S.WAITING) + ((S.DECLINED,) if moved else ())
    rows = list(guests(meeting).filter(state__in=known))
    unread = take_back(by=by, invitations=rows) | _never_out(rows)
    letters = Letters(meeting)
    drafts = [
        letters.draft(
            CHANGED, row, occasion=f"changed:{row.pk}:{meeting.calendar_sequence}", method="REQUEST",
            moved=moved, back=back, answer=row.state,
        )
        for row in rows
        if row.pk not in unread
    ]  # fmt: skip
    send_many(_written(drafts))
    invite(letters=letters, invitations=[row for row in rows if row.pk in unread])


def tell_cancelled(*, by: Agent, meeting: Meeting, postponed: bool = False, calendar: bool = True) -> list[Invitation]:
    """Tell the guests that the meeting does not take place, and take it out of their calendars.

    Gives those who never heard of it, whose invitation is taken back instead.
    """
    rows = list(guests(meeting).filter(state__in=(S.SENT, S.ACCEPTED, S.TENTATIVE, S.WAITING)))
    unread = take_back(by=by, invitations=rows)
    unheard = [row for row in rows if row.pk in unread and not _knows(row)]
    letters = Letters(meeting)
    drafts = [
        letters.draft(
            CANCELLED, row, occasion=f"cancelled:{row.pk}:{meeting.calendar_sequence}",
            method="CANCEL" if calendar else "", postponed=postponed,
        )
        for row in rows
        if row not in unheard
    ]  # fmt: skip
    send_many(_written(drafts))
    return unheard


def tell_moved_up(*, meeting: Meeting, invitations: Iterable[Invitation]) -> None:
    """Tell people on the waiting list that there is a seat for them now."""
    letters = Letters(meeting)
    drafts = [
        letters.draft(MOVED_UP, row, occasion=f"moved_up:{row.pk}:{row.version}", method="REQUEST")
        for row in invitations
    ]
    send_many(_written(drafts))


def tell_offered(*, meeting: Meeting, invitations: Iterable[Invitation]) -> None:
    """Tell people on the waiting list that a seat is kept for them, and until when."""
    letters = Letters(meeting)
    drafts = [
        letters.draft(
            OFFERED, row, occasion=f"offered:{row.pk}:{row.version}", method="REQUEST",
            until=spoken_when(row.offered_until, meeting.zone, row.language),
        )
        for row in invitations
        if row.offered_until
    ]  # fmt: skip
    send_many(_written(drafts))


def tell_lapsed(*, meeting: Meeting, invitations: Iterable[Invitation]) -> None:
    """Tell people that the seat kept for them has gone on, and that they are still in the line."""
    letters = Letters(meeting)
    send_many(_written(letters.draft(LAPSED, row, occasion=f"lapsed:{row.pk}:{row.version}") for row in invitations))


def tell_proposal_declined(*, meeting: Meeting, reply: CalendarReply) -> None:
    """Tell a guest, and her calendar, that the time she proposed is not taken and the meeting stays when it is."""
    drafts = [
        Letters(meeting).draft(
            PROPOSAL_DECLINED,
            row,
            occasion=f"proposal_declined:{reply.pk}",
            method="DECLINECOUNTER",
            answers=reply.sequence,
        )
        for row in guests(meeting).filter(pk=reply.invitation_id)
    ]
    send_many(_written(drafts))


def offers_sent(invitations: Iterable[UUID]) -> dict[UUID, datetime]:
    """Tell when the newest offer of each was written that has gone out, perhaps."""
    out = (Message.State.SENT, Message.State.SENDING, Message.State.UNCLEAR)
    found = Message.objects.filter(about_id__in=list(invitations), template=OFFERED, state__in=out)
    return {about: at for about, at in found.order_by("created_at").values_list("about_id", "created_at") if about}


def take_back(*, by: Agent, invitations: Iterable[Invitation]) -> set[UUID]:
    """Take back what has not gone out yet; returns whose invitation itself is among it."""
    waiting = list(
        Message.objects.filter(
            about_id__in=[row.pk for row in invitations],
            state__in=[Message.State.QUEUED, Message.State.BY_HAND, Message.State.FAILED],
        ).values_list("about_id", "template", "occasion")
    )
    if waiting:
        cancel(by=by, occasions=[occasion for *_, occasion in waiting])
    return {about for about, template, _ in waiting if template == INVITATION and about}


def unread(invitations: Iterable[UUID]) -> set[UUID]:
    """Tell whose invitation still waits to be sent."""
    waiting = Message.objects.filter(
        about_id__in=list(invitations),
        template=INVITATION,
        state__in=[Message.State.QUEUED, Message.State.BY_HAND, Message.State.FAILED],
    )
    return {about for about in waiting.values_list("about_id", flat=True) if about}


def _never_out(rows: Iterable[Invitation]) -> set[UUID]:
    """Tell whose invitation was written, but taken back each time before it went out."""
    states: dict[UUID | None, set[str]] = {}
    written = Message.objects.filter(about_id__in=[row.pk for row in rows], template=INVITATION)
    for about, state in written.values_list("about_id", "state"):
        states.setdefault(about, set()).add(state)
    return {about for about, found in states.items() if about and found == {Message.State.CANCELLED}}


def _knows(row: Invitation) -> bool:
    """Say whether a guest knows of the meeting though our invitation still lies here: she answered, or opened it."""
    return row.state != S.SENT or row.opened_on is not None


def _sending(meeting: Meeting) -> int:
    return meeting.calendar_sequence + 1


def _written(drafts: Iterable[Draft | None]) -> Iterator[Draft]:
    return (draft for draft in drafts if draft is not None)
