"""The journal in sentences: what each verb says, and the thread of a record's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.journal.models import Entry
from treffpunkt.journal.queries import thread as entries_of
from treffpunkt.ui.pages import StaffRequest
from treffpunkt.web.records import RESOLVERS, Label, labels

NEWEST, MOST = 12, 200

# The thread's dots: what is good, what wants attention, what people said, what we did, and the rest.
GOOD, ATTENTION, URGENT, SAID, DONE, QUIET = "good", "attention", "urgent", "people", "step", "quiet"

VERBS: dict[str, tuple[str | Promise, str]] = {
    "space.created": (_("Group entered"), DONE),
    "space.changed": (_("Group changed"), QUIET),
    "space.moved": (_("State changed"), DONE),
    "space.checked": (_("Looked in"), QUIET),
    "space.counted": (_("Figures brought in"), QUIET),
    "feed.subscribed": (_("Feed is read"), QUIET),
    "feed.stopped": (_("Feed is read no more"), QUIET),
    "space.figures_removed": (_("Figures taken back"), QUIET),
    "space.relocated": (_("Moved to another place"), ATTENTION),
    "space.relocation_removed": (_("Was entered by mistake: has not moved"), QUIET),
    "space.look_undone": (_("The look was taken back"), QUIET),
    "space.imported": (_("Imported"), QUIET),
    "actor.created": (_("Person entered"), DONE),
    "actor.changed": (_("Person changed"), QUIET),
    "actor.imported": (_("Imported"), QUIET),
    "actor.standing_changed": (_("Standing changed"), DONE),
    "actor.erasure_asked": (_("Asked to be erased"), ATTENTION),
    "actor.phone_lost": (_("Phone lost, links closed"), ATTENTION),
    "actor.erased": (_("Person erased"), QUIET),
    "actor.exported": (_("What we store was handed out"), QUIET),
    "actor.told": (_("Told what we store"), DONE),
    "actor.kept": (_("Stays on, as we spoke about it"), DONE),
    "actor.let_go": (_("Name gone after its time"), QUIET),
    "map.exported": (_("Name taken along with the map"), ATTENTION),
    "actor.merged": (_("Merged with a second record of the same person"), DONE),
    "actor.unmerged": (_("Merge taken back"), ATTENTION),
    "actor.different": (_("Looked at: two different people"), QUIET),
    "space.merged": (_("Merged with a second record of the same group"), DONE),
    "space.unmerged": (_("Merge taken back"), ATTENTION),
    "space.different": (_("Looked at: two different groups"), QUIET),
    "organisation.merged": (_("Merged with a second record of the same organisation"), DONE),
    "organisation.unmerged": (_("Merge taken back"), ATTENTION),
    "organisation.different": (_("Looked at: two different organisations"), QUIET),
    "channel.fails": (_("Mail comes back"), URGENT),
    "channel.works": (_("The address works again"), GOOD),
    "channel.added": (_("Channel added"), QUIET),
    "channel.removed": (_("Channel removed"), QUIET),
    "role.added": (_("Leads the group now"), DONE),
    "role.imported": (_("Imported"), QUIET),
    "role.stays": (_("Goes on leading the group"), DONE),
    "role.ended": (_("Stops leading the group"), ATTENTION),
    "role.removed": (_("Was entered by mistake: does not lead the group"), QUIET),
    "tie.added": (_("Tied to"), QUIET),
    "organisation.created": (_("Organisation entered"), DONE),
    "organisation.changed": (_("Organisation changed"), QUIET),
    "organisation.imported": (_("Imported"), QUIET),
    "community.created": (_("Community entered"), DONE),
    "community.changed": (_("Community changed"), QUIET),
    "rhythm.changed": (_("Rhythm changed"), QUIET),
    "opening.changed": (_("First message changed"), QUIET),
    "opening.reset": (_("First message as shipped again"), QUIET),
    "profile.created": (_("Profile entered"), DONE),
    "profile.changed": (_("Profile changed"), QUIET),
    "profile.moved": (_("State changed"), DONE),
    "contact.logged": (_("Contact"), SAID),
    "contact.taken_back": (_("A contact was taken back"), QUIET),
    "contact.changed": (_("Contact entry changed"), QUIET),
    "task.created": (_("Task"), ATTENTION),
    "task.changed": (_("Task changed"), QUIET),
    "task.done": (_("Task done"), GOOD),
    "task.checked": (_("Task checked"), GOOD),
    "task.reopened": (_("Task open again"), ATTENTION),
    "task.dropped": (_("Task dropped"), QUIET),
    "series.created": (_("Series planned"), DONE),
    "series.changed": (_("Series changed"), QUIET),
    "series.planned": (_("Timetable: meetings prepared"), DONE),
    "messages.held": (_("Messages held back after a restore"), ATTENTION),
    "messages.released": (_("Messages released"), DONE),
    "messages.discarded": (_("Messages let go of after a restore"), QUIET),
    "meeting.created": (_("Meeting planned"), DONE),
    "meeting.changed": (_("Meeting changed"), QUIET),
    "meeting.moved": (_("Meeting has a new time"), ATTENTION),
    "meeting.postponed": (_("Meeting postponed"), ATTENTION),
    "meeting.cancelled": (_("Meeting cancelled"), URGENT),
    "meeting.started": (_("Meeting begun"), DONE),
    "meeting.held": (_("Meeting ended"), DONE),
    "meeting.reviewing": (_("Minutes out for correction"), QUIET),
    "meeting.closed": (_("Meeting closed"), GOOD),
    "meeting.guests_planned": (_("Guests put on the list"), QUIET),
    "meeting.invitations_sent": (_("Invitations sent"), DONE),
    "meeting.reminded": (_("Guests reminded"), QUIET),
    "meeting.phones_opened": (_("Phones invited to write along"), QUIET),
    "meeting.phones_closed": (_("Phones write along no more"), QUIET),
    "meeting.split": (_("Split into small groups"), QUIET),
    "meeting.together": (_("Back from the small groups"), QUIET),
    "agenda.changed": (_("Agenda changed"), QUIET),
    "meeting.thanked": (_("Guests thanked"), GOOD),
    "minutes.revised": (_("Next revision of the minutes"), DONE),
    "correction.proposed": (_("Correction of the minutes proposed"), ATTENTION),
    "correction.taken": (_("Correction taken over"), GOOD),
    "correction.left": (_("Correction not taken over"), QUIET),
    "minutes.sent": (_("Minutes sent"), GOOD),
    "calendar.opened": (_("Calendar address made"), QUIET),
    "calendar.closed": (_("Calendar address closed"), QUIET),
    "meeting.wave_made": (_("Wave of invitations put together"), QUIET),
    "meeting.wave_dissolved": (_("Wave of invitations dissolved"), QUIET),
    "poll.begun": (_("Moments proposed"), QUIET),
    "poll.changed": (_("Proposed moments changed"), QUIET),
    "poll.sent": (_("Asked for a date"), DONE),
    "poll.asked": (_("Asked for a date"), DONE),
    "poll.reminded": (_("Reminded of the question for a date"), QUIET),
    "poll.answered": (_("Said which date suits"), GOOD),
    "poll.decided": (_("Date fixed"), GOOD),
    "poll.ended": (_("Search for a date ended"), QUIET),
    "invitation.sent": (_("Invited"), DONE),
    "invitation.taken_back": (_("Invitation taken back, it had not gone out"), QUIET),
    "invitation.reminded": (_("Reminded"), QUIET),
    "invitation.accepted": (_("Is coming"), GOOD),
    "invitation.tentative": (_("May be coming"), ATTENTION),
    "invitation.declined": (_("Is not coming"), QUIET),
    "invitation.waiting": (_("On the waiting list"), ATTENTION),
    "invitation.fresh_link": (_("Asked for a fresh link"), QUIET),
    "text.changed": (_("Text to guests changed"), QUIET),
    "text.reset": (_("Back to the standard text"), QUIET),
    "invitation.company": (_("Told whether somebody comes along"), QUIET),
    "invitation.offered": (_("Offered a free seat"), ATTENTION),
    "invitation.lapsed": (_("Let a seat pass"), QUIET),
    "invitation.moved_up": (_("Moved up from the waiting list"), GOOD),
    "invitation.stranger": (_("An answer came from an unknown address"), ATTENTION),
    "invitation.proposal": (_("Proposes another time"), ATTENTION),
    "invitation.reply_settled": (_("Answer of a calendar dealt with"), DONE),
    "meeting.wave_changed": (_("Changed the day of a wave"), DONE),
    "invitation.proposal_declined": (_("Turned down a proposed time"), DONE),
    "invitation.attended": (_("Was there"), GOOD),
    "statement.noted": (_("Said in the meeting"), SAID),
    "agenda.slot_given": (_("An organisation got a slot to explain what it does"), DONE),
    "agenda.presentation_asked": (_("Asked to confirm the entry of the organisation"), DONE),
    "agenda.entry_confirmed": (_("The organisation confirmed its entry"), GOOD),
    "agenda.entry_changed": (_("The organisation wants its entry changed"), ATTENTION),
    "agenda.entry_released": (_("Changes of the organisation taken over"), DONE),
    "agenda.entry_put_aside": (_("Changes of the organisation put aside"), QUIET),
    "statement.changed": (_("Statement changed"), QUIET),
    "statement.removed": (_("Statement taken back"), QUIET),
    "statement.restored": (_("Statement brought back"), QUIET),
    "statement.became_task": (_("Became a task"), ATTENTION),
    "statement.became_promise": (_("Became a promise"), ATTENTION),
    "statement.became_agreement": (_("Became an agreement"), GOOD),
    "agreement.created": (_("Agreement prepared"), DONE),
    "agreement.changed": (_("Agreement changed"), QUIET),
    "agreement.composed": (_("Sentences chosen"), QUIET),
    "agreement.version_begun": (_("A new text begun"), DONE),
    "agreement.dropped": (_("Agreement not pursued"), QUIET),
    "agreement.party_added": (_("Somebody added to the agreement"), QUIET),
    "agreement.party_removed": (_("Somebody taken off the agreement"), QUIET),
    "agreement.offered": (_("Agreement offered"), DONE),
    "agreement.taken_back": (_("Offer taken back"), QUIET),
    "agreement.reminded": (_("Reminded of the agreement"), QUIET),
    "agreement.agreed": (_("Agreed"), GOOD),
    "agreement.declined": (_("Would rather not"), ATTENTION),
    "agreement.asked": (_("Asked about the agreement"), ATTENTION),
    "agreement.answered": (_("Question answered"), DONE),
    "agreement.in_force": (_("Agreement in force"), GOOD),
    "agreement.suspended": (_("Agreement paused"), ATTENTION),
    "agreement.resumed": (_("Agreement goes on"), GOOD),
    "agreement.withdrawn": (_("Ended it, as is their right"), ATTENTION),
    "agreement.ended": (_("Agreement ended"), QUIET),
    "agreement.replaced": (_("Agreement replaced"), DONE),
    "agreement.reviewed": (_("Looked at: still suits"), GOOD),
    "agreement.lapsed": (_("Agreement ran out"), ATTENTION),
    "agreement.fresh_link": (_("Asked for a fresh link"), QUIET),
    "agreement.evidence_kept": (_("Evidence kept"), QUIET),
    "right.granted": (_("Right granted"), GOOD),
    "right.changed": (_("Right changed"), QUIET),
    "right.works": (_("Right works"), GOOD),
    "right.fails": (_("Right does not work"), URGENT),
    "right.ended": (_("Right ended"), QUIET),
    "commitment.made": (_("Promise made"), DONE),
    "commitment.changed": (_("Promise changed"), QUIET),
    "commitment.kept": (_("Promise kept"), GOOD),
    "commitment.broken": (_("Promise not kept"), ATTENTION),
    "commitment.dropped": (_("Promise no longer needed"), QUIET),
    "clause.created": (_("Sentence added"), DONE),
    "clause.changed": (_("Sentence changed"), QUIET),
    "clause.retired": (_("Sentence no longer offered"), QUIET),
    "clause.brought_back": (_("Sentence offered again"), QUIET),
    "agreement.told": (_("Told what we did for the group"), DONE),
    "succession.begun": (_("Stops: who follows is being settled"), ATTENTION),
    "succession.asked": (_("Asked whom we may speak to"), DONE),
    "succession.yes": (_("Said whom we may speak to"), GOOD),
    "succession.no": (_("Would rather have nobody asked"), QUIET),
    "succession.closed": (_("Settled who follows"), GOOD),
    "measure.noted": (_("Something done for women's needs"), GOOD),
    "measure.taken_back": (_("Taken back what was noted"), QUIET),
    "community.handed_over": (_("Handed to a colleague"), DONE),
    "message.sent_by_hand": (_("Sent in the chat"), DONE),
}


@dataclass(frozen=True)
class Line:
    """One line of a thread."""

    at: datetime
    sentence: str | Promise
    tone: str
    label: Label | None
    said: Label | None
    who: str


@dataclass(frozen=True)
class Thread:
    """What touched a record, newest first; `more` says that there is older than what is shown."""

    lines: list[Line]
    more: bool


def thread(request: StaffRequest, record_id: UUID) -> Thread:
    """Write the thread of a record: two queries. The newest dozen, or with `?thread=all` as much as a page holds."""
    most = MOST if request.GET.get("thread") == "all" else NEWEST
    entries = entries_of(record_id, most=most + 1)
    return Thread(lines(request.user, entries[:most], but=record_id), more=most == NEWEST and len(entries) > most)


def lines(by: Agent, entries: list[Entry], *, but: UUID) -> list[Line]:
    """Write the journal entries of a record as lines, leaving out what `by` may not see."""
    touched = {entry.pk: [(one["kind"], UUID(one["id"])) for one in entry.named] for entry in entries}  # type: ignore[attr-defined]
    named = {pair for pairs in touched.values() for pair in pairs if pair[1] != but}
    named |= {(entry.subject_kind, entry.subject_id) for entry in entries if entry.subject_id != but}
    named |= {("people.staff", entry.agent_id) for entry in entries if entry.agent_kind == "staff" and entry.agent_id}
    found = labels(by, named)
    written = []
    for entry in entries:
        hidden = entry.subject_kind in RESOLVERS and entry.subject_id not in found and entry.subject_id != but
        if hidden or entry.verb not in VERBS:
            continue
        sentence, tone = VERBS[entry.verb]
        known = [found[pk] for _kind, pk in touched[entry.pk] if pk != but and pk in found]
        written.append(
            Line(
                at=entry.created_at,
                sentence=sentence,
                tone=tone,
                label=next((label for label in known if label.url), None),
                said=next((label for label in known if label.quote), None),
                who=_who(entry, found),
            )
        )
    return written


def _who(entry: Entry, found: dict[UUID, Label]) -> str:
    if entry.agent_kind == "link":
        return str(_("by link"))
    if entry.agent_kind == "staff" and entry.agent_id in found:
        return found[entry.agent_id].text
    return ""
