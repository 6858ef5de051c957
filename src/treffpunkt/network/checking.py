"""Whether a pasted link is a professional profile of ours: what anybody may ask, and hears no more than is public."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from treffpunkt.network.models import Profile
from treffpunkt.network.profile_links import read

_S = Profile.State
_MOST = 5


class Verdict(StrEnum):
    """What can be said about a pasted link."""

    OURS = "ours"
    # Ours, but the platform has taken it down: whoever writes from it now is somebody else.
    SUSPENDED = "suspended"
    RETIRED = "retired"
    NOT_OURS = "not_ours"
    # A short link: it does not say where it leads.
    HIDDEN = "hidden"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Answer:
    """The verdict, and the profiles it is about."""

    verdict: Verdict
    profiles: tuple[Profile, ...] = ()
    # Only a name or a number was pasted, which does not say on which platform.
    bare: bool = False


def check(text: str) -> Answer:
    """Say whether a pasted link, handle or number is a profile of ours; one query, and nothing is kept of it."""
    pasted = read(text)
    if pasted.hidden:
        return Answer(Verdict.HIDDEN)
    if not pasted.addresses:
        return Answer(Verdict.UNREADABLE)
    wanted = list(pasted.addresses)
    found = list(
        Profile.objects.filter(Q(address__in=wanted) | Q(also__overlap=wanted))
        .select_related("platform")
        .only("name", "address", "state", "platform__name")
        .order_by("platform__position", "id")[:_MOST]
    )
    for verdict, states in (
        (Verdict.OURS, (_S.ACTIVE, _S.LIMITED)),
        (Verdict.SUSPENDED, (_S.SUSPENDED,)),
        (Verdict.RETIRED, (_S.RETIRED,)),
    ):
        if some := tuple(one for one in found if one.state in states):
            return Answer(verdict, some, pasted.bare)
    return Answer(Verdict.NOT_OURS, (), pasted.bare)
