"""From the guest list to who was there: how many got how far, with the list behind each number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from treffpunkt.meetings.models import Invitation

S = Invitation.State


@dataclass(frozen=True)
class Stage:
    """One number of the funnel: what it counts, how many, and whether its list is the one that is shown."""

    key: str
    label: str | Promise
    number: int
    # A part of the stage before it.
    is_part: bool = False
    chosen: bool = False
    urgent: bool = False


def _opened(row: Invitation) -> bool:
    return row.opened_on is not None or row.answered_via == Invitation.Via.LINK


_STAGES: Mapping[str, tuple[str | Promise, Callable[[Invitation], bool]]] = {
    "invited": (_("On the guest list"), lambda row: True),
    "sent": (_("Invitation sent"), lambda row: row.sent_at is not None),
    "bounced": (_("Did not arrive"), lambda row: bool(row.bounced)),  # type: ignore[attr-defined]
    "opened": (_("Link opened"), _opened),
    "reminded": (_("Reminded"), lambda row: row.reminded_at is not None),
    "answered": (_("Answered"), lambda row: row.answered_at is not None),
    "yes": (_("yes"), lambda row: row.state == S.ACCEPTED),
    "maybe": (_("maybe"), lambda row: row.state == S.TENTATIVE),
    "waiting": (_("waiting list"), lambda row: row.state == S.WAITING),
    "no": (_("no"), lambda row: row.state == S.DECLINED),
    "attended": (_("Was there"), lambda row: row.attendance == Invitation.Attendance.ATTENDED),
}
_PARTS = frozenset({"yes", "maybe", "waiting", "no"})
# Shown also where nobody is there; the others only where they say something.
_ALWAYS = frozenset({"invited", "sent", "opened", "answered"})


def funnel(invitations: list[Invitation], chosen: str) -> list[Stage]:
    """Count how many got how far."""
    found = []
    for key, (label, holds) in _STAGES.items():
        number = sum(1 for row in invitations if holds(row))
        if number or key in _ALWAYS:
            found.append(Stage(key, label, number, key in _PARTS, key == chosen, key == "bounced"))
    return found


def of_stage(invitations: list[Invitation], chosen: str) -> list[Invitation]:
    """Give the guests behind a number; all of them where no number is named."""
    holds = _STAGES[chosen][1] if chosen in _STAGES else None
    return [row for row in invitations if holds(row)] if holds else invitations
