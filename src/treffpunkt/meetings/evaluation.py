"""Reading what participants think: numbers and words only where they are enough that nobody stands out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from treffpunkt.core.agent import LinkHolder
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Ballot, Evaluation, Meeting
from treffpunkt.post.models import Message

THANKS = "meetings/messages/thanks"
# With fewer answers nobody reads any of them.
ENOUGH = 5


@dataclass(frozen=True)
class Opinions:
    """How many were asked and answered; how useful, from 1 to 5, and in what words, where there are enough."""

    asked: int
    answered: int
    useful: dict[int, int] = field(default_factory=dict)
    helpful: list[tuple[str, str]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)

    @property
    def enough(self) -> bool:
        """Say whether they may be read."""
        return self.answered >= ENOUGH

    @property
    def bars(self) -> list[tuple[int, int]]:
        """List how often each number was given, the best first."""
        return sorted(self.useful.items(), reverse=True)

    @property
    def mean(self) -> float | None:
        """Give the mean of the numbers; nothing where nobody gave one."""
        count = sum(self.useful.values())
        return sum(number * times for number, times in self.useful.items()) / count if count else None


def answers(meeting: Meeting) -> list[Evaluation]:
    """List the answers as they are, for those who write or count them."""
    return list(meeting.evaluations.all())


def opinions(meeting: Meeting) -> Opinions:
    """Sum up what participants think of a meeting."""
    return summed(answers(meeting), asked=meeting.ballots.count())


def summed(rows: list[Evaluation], *, asked: int = 0) -> Opinions:
    """Sum up answers; nothing of them where they are too few."""
    if len(rows) < ENOUGH:
        return Opinions(asked, len(rows))
    counts = Counter(row.useful for row in rows if row.useful)
    # The numbers may be told once there are enough of them too.
    told = {number: counts[number] for number in range(1, 6)} if sum(counts.values()) >= ENOUGH else {}
    return Opinions(
        asked, len(rows), told,
        helpful=[(row.helpful, row.language) for row in rows if row.helpful],
        missing=[(row.missing, row.language) for row in rows if row.missing],
    )  # fmt: skip


def thanked(meeting: Meeting) -> int:
    """Count to whom the letter of thanks was written."""
    rows = meeting.invitations.values("pk")
    return Message.objects.filter(template=THANKS, about_id__in=rows).count()


def ballot_of(by: LinkHolder) -> Ballot | None:
    """Find the ballot that a link is for, with its meeting."""
    if by.purpose != rules.EVALUATION:
        return None
    return Ballot.objects.filter(pk=by.subject_id).select_related("meeting").first()
