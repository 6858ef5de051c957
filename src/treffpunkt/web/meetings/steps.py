"""Where a meeting stands, and the one thing to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.rules import is_open_to_corrections
from treffpunkt.ui.templatetags.ui import day

S = Meeting.State
# From then on the next step is to begin.
START_FROM = timedelta(minutes=45)


@dataclass(frozen=True)
class Step:
    """The next thing to do: what is so, the button, where it leads, and whether it is a form to send."""

    why: str
    label: str
    url: str
    kind: str = ""
    icon: str = "arrow-right"
    post: bool = False


@dataclass(frozen=True)
class Answers:
    """The answers to the invitations, in numbers."""

    coming: int
    maybe: int
    open: int
    declined: int
    waiting: int
    planned: int
    attended: int = 0

    @property
    def asked(self) -> int:
        """Count everyone who was invited."""
        return self.coming + self.maybe + self.open + self.declined + self.waiting


def answers(invitations: Iterable[Invitation]) -> Answers:
    """Count the answers."""
    rows = list(invitations)
    attended = sum(row.attendance == Invitation.Attendance.ATTENDED for row in rows)
    return counted(Counter(row.state for row in rows), attended)


def seats_taken(invitations: Iterable[Invitation]) -> int:
    """Count the seats that are taken or kept for somebody, those of companions too."""
    held = (row for row in invitations if row.state == Invitation.State.ACCEPTED or row.offered_until)
    return sum(1 + row.companions for row in held)


def counted(by_state: Mapping[str, int], attended: int = 0) -> Answers:
    """Take the answers from the number of invitations in each state."""
    counts = Counter(by_state)
    return Answers(
        coming=counts["accepted"],
        maybe=counts["tentative"],
        open=counts["sent"],
        declined=counts["declined"],
        waiting=counts["waiting"],
        planned=counts["planned"],
        attended=attended,
    )


def steps(meeting: Meeting) -> list[dict[str, object]]:
    """Tell the meeting's life as steps: planned, invited, running, held, closed."""
    if meeting.state in (S.CANCELLED, S.POSTPONED):
        return []
    life = [
        ((S.DRAFT,), _("in preparation")),
        ((S.INVITING,), _("invited")),
        ((S.RUNNING,), _("running")),
        ((S.HELD, S.REVIEWING), _("being corrected") if meeting.state == S.REVIEWING else _("held")),
        ((S.CLOSED,), _("minutes sent")),
    ]
    present = next(place for place, (states, _label) in enumerate(life) if meeting.state in states)
    return [
        {"label": label, "done": place < present or meeting.state == S.CLOSED, "current": place == present}
        for place, (_states, label) in enumerate(life)
    ]


def next_step(meeting: Meeting, invitations: list[Invitation], at: datetime, proposed: int = 0) -> Step | None:
    """Name the one thing to do next with a meeting, or nothing once it is over; `proposed` are corrections that wait."""
    state, counted = meeting.state, answers(invitations)
    if state == S.RUNNING:
        why = _("The meeting is running.")
        return Step(why, _("Take notes"), reverse("web:meetings:live", args=[meeting.pk]), "step", "pen-line")
    if state in (S.DRAFT, S.INVITING) and invitations and at >= meeting.starts - START_FROM:
        why = _("The meeting begins soon.") if at < meeting.starts else _("The meeting should have begun.")
        url = reverse("web:meetings:start", args=[meeting.pk])
        return Step(why, _("Start the meeting"), url, "step", "play", post=True)
    if state == S.DRAFT or (state == S.INVITING and counted.planned and not counted.asked):
        return _inviting(meeting, counted)
    if state == S.INVITING:
        return _asking(meeting, counted)
    if state == S.REVIEWING and meeting.corrections_until:
        return _reviewing(meeting, proposed)
    if state in (S.HELD, S.REVIEWING):
        why = _("The meeting is over, the minutes are not out yet.")
        return Step(why, _("Send minutes"), reverse("web:meetings:close", args=[meeting.pk]), "attention", "send")
    if state == S.POSTPONED:
        why = _("The day has been taken back. The guests wait for a new one.")
        return Step(why, _("Enter the new date"), reverse("web:meetings:edit", args=[meeting.pk]), "attention")
    return None


def _reviewing(meeting: Meeting, proposed: int) -> Step:
    url = reverse("web:meetings:corrections", args=[meeting.pk])
    if proposed:
        why = ngettext("One correction is proposed.", "%(count)s corrections are proposed.", proposed)
        return Step(why % {"count": proposed}, _("Look through"), url, "attention", "pen-line")
    if is_open_to_corrections(meeting):
        sentence = _("The minutes are out for correction until %(day)s.")
        why = SafeString(escape(sentence) % {"day": day(meeting.corrections_until)})
        return Step(why, _("Corrections"), url, "step", "pen-line")
    why = _("The time for corrections is over. The minutes are locked within the hour.")
    return Step(why, _("Corrections"), url, "step", "lock")


def _inviting(meeting: Meeting, counted: Answers) -> Step:
    url = reverse("web:meetings:invite", args=[meeting.pk])
    if counted.planned:
        why = ngettext(
            "%(count)s person is on the guest list and not invited yet.",
            "%(count)s people are on the guest list and not invited yet.",
            counted.planned,
        ) % {"count": counted.planned}
    else:
        why = _("Nobody is invited yet.")
    return Step(why, _("Invite"), url, "attention", "user-plus")


def _asking(meeting: Meeting, counted: Answers) -> Step | None:
    waiting = counted.open
    if not counted.asked:
        return _inviting(meeting, counted)
    if not waiting:
        url = reverse("web:meetings:invite", args=[meeting.pk])
        return Step(_("Everyone has answered."), _("Invite more"), url, "good", "user-plus")
    why = ngettext("%(count)s person has not answered yet.", "%(count)s people have not answered yet.", waiting) % {
        "count": waiting
    }
    return Step(why, _("Remind"), reverse("web:meetings:remind", args=[meeting.pk]), "attention", "bell")
