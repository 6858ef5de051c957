"""“May I do this here today?”: yes, ask first, or no, with the reasons, from what was agreed and what the group says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from treffpunkt.agreements.models import Agreement, GrantedRight
from treffpunkt.network.models import Profile, Space

K, S = GrantedRight.Kind, GrantedRight.State
_P = Space.Policy
# What one asks about before doing it; the first is the question.
ACTIONS = (K.LINKS, K.POST, K.ANNOUNCE, K.PIN, K.TAGGED, K.LIVE)
# Where everybody writes under a name of the place itself, nobody needs a profile of the house.
_WITHOUT_PROFILE = frozenset({"blog", "forum", "other"})
# Ended so that nobody may go on as before.
_THEIR_NO = frozenset({Agreement.Ending.WITHDRAWN, Agreement.Ending.DECLINED, Agreement.Ending.GONE})


class Verdict(StrEnum):
    """An answer, from the freest to the strictest."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


_STRICT = {Verdict.YES: 0, Verdict.ASK: 1, Verdict.NO: 2}


@dataclass(frozen=True)
class Ground:
    """What an answer rests on: a group, what was agreed about it, and the profiles of whoever asks."""

    space: Space
    # The agreements about the group, the latest first, and every right in it.
    agreements: Sequence[Agreement] = ()
    rights: Sequence[GrantedRight] = ()
    # On the group's platform: one's own, the team's, and of whoever one stands in for.
    profiles: Sequence[Profile] = ()
    # How often a right was used this month, by its id.
    used: dict[UUID, int] = field(default_factory=dict)

    @property
    def ended(self) -> Agreement | None:
        """Give the agreement by whose end those who lead the group said no, unless another one holds."""
        for one in self.agreements:
            if one.state in (Agreement.State.IN_FORCE, Agreement.State.SUSPENDED):
                return None
        last = next((one for one in self.agreements if one.state == Agreement.State.ENDED), None)
        return last if last is not None and last.ending in _THEIR_NO else None

    @property
    def usable(self) -> list[Profile]:
        """List the profiles with which one can write at present, those without limits first."""
        found = [one for one in self.profiles if one.state in (Profile.State.ACTIVE, Profile.State.LIMITED)]
        return sorted(found, key=lambda one: (one.state, one.staff_id is None, str(one.pk)))


@dataclass(frozen=True)
class Answer:
    """Whether somebody may do something in a group today, why, and how it was agreed to be done."""

    action: str
    verdict: Verdict
    reasons: tuple[str, ...]
    how: str = ""
    right: GrantedRight | None = None
    used_at: datetime | None = None
    used: int = 0


def answer(ground: Ground, action: str) -> Answer:
    """Answer one question about a group.

    What was agreed goes before the rules of the group; a no of those who lead it, a pause, or a blocked profile goes
    before everything. What is not known is asked.
    """
    right = _right(ground, action)
    verdict, why = _agreed(ground, action, right)
    limits = [*_standing(ground), *_profile(ground, right)]
    strictest = max([verdict, *(limit for limit, _why in limits)], key=_STRICT.__getitem__)
    hints = _hints(ground, action) if strictest != Verdict.NO else []
    # What decides stands first.
    reasons = sorted([(verdict, why), *limits], key=lambda one: -_STRICT[one[0]])
    said = [text for _verdict, text in reasons if text]
    if strictest == Verdict.NO:
        said = [text for found, text in reasons if text and found == Verdict.NO]
    shown = right if right is not None and right.agreement.state == Agreement.State.IN_FORCE else None
    return Answer(
        action=str(action), verdict=strictest, reasons=tuple(dict.fromkeys([*said, *hints])),
        how=shown.how if shown else "", right=shown, used_at=shown.seen_at if shown else None,
        used=ground.used.get(shown.pk, 0) if shown else 0,
    )  # fmt: skip


def _right(ground: Ground, action: str) -> GrantedRight | None:
    """Choose the right that counts: one in force before one that rests, one's own before somebody else's."""
    mine = {profile.pk for profile in ground.profiles}
    found = [one for one in ground.rights if one.right_kind == action and one.state != S.ENDED]

    def order(one: GrantedRight) -> tuple[bool, bool, bool, str]:
        in_force = one.agreement.state == Agreement.State.IN_FORCE
        usable = one.profile_id is None or one.profile_id in mine
        return (not in_force, not usable, one.state == S.FAILING, str(one.pk))

    return min(found, key=order, default=None)


def _agreed(ground: Ground, action: str, right: GrantedRight | None) -> tuple[Verdict, str]:
    if right is None:
        return _by_the_rules(ground.space, action)
    state = right.agreement.state
    if state == Agreement.State.SUSPENDED:
        return Verdict.NO, _("The cooperation is paused.")
    if state != Agreement.State.IN_FORCE:
        return Verdict.ASK, _("We have asked for it; there is no yes yet.")
    if right.state == S.FAILING:
        return Verdict.ASK, _("It was agreed but did not work lately.")
    if right.profile_id is not None and right.profile_id not in {one.pk for one in ground.profiles}:
        return Verdict.ASK, _("It was agreed for another profile than yours.")
    if right.state == S.AGREED:
        return Verdict.YES, _("It was agreed; nobody has tried it yet.")
    return Verdict.YES, _("It was agreed and works.")


def _by_the_rules(space: Space, action: str) -> tuple[Verdict, str]:
    """Answer by what the group says to everybody, where nothing was agreed with us."""
    if action == K.LINKS:
        by_policy = {
            _P.YES: (Verdict.YES, _("The group allows links to everybody.")),
            _P.ASK: (Verdict.ASK, _("The group wants to be asked before links.")),
            _P.NO: (Verdict.NO, _("The group allows no links, and nothing else was agreed with us.")),
        }
        return by_policy.get(_P(space.link_policy), (Verdict.ASK, _("Whether the group allows links is not known.")))
    if action == K.POST and space.post_approval in (_P.YES, _P.ASK):
        return Verdict.ASK, _("Posts wait for approval here.")
    return Verdict.ASK, _("Nothing was agreed about this.")


def _standing(ground: Ground) -> list[tuple[Verdict, str]]:
    if ground.ended is not None:
        return [(Verdict.NO, _("Those who lead the group have ended the cooperation."))]
    if ground.space.state == Space.State.LOST:
        return [(Verdict.NO, _("We have no access to this group any more."))]
    if ground.space.state == Space.State.DORMANT:
        return [(Verdict.ASK, _("The group has been dormant."))]
    return []


def _profile(ground: Ground, right: GrantedRight | None) -> list[tuple[Verdict, str]]:
    """Look at the profile with which one would write."""
    if ground.space.platform_id in _WITHOUT_PROFILE:
        return []
    known: Collection[Profile] = ground.profiles
    if right is not None and right.profile_id is not None:
        known = [one for one in ground.profiles if one.pk == right.profile_id]
        if not known:
            return []
    if not known:
        return [(Verdict.ASK, _("No professional profile of yours is entered for this platform."))]
    states = {one.state for one in known}
    if Profile.State.ACTIVE in states:
        return []
    if Profile.State.LIMITED in states:
        return [(Verdict.ASK, _("The platform limits your profile at present."))]
    if Profile.State.SUSPENDED in states:
        return [(Verdict.NO, _("The platform has blocked your profile."))]
    return [(Verdict.ASK, _("Your profile for this platform is no longer used."))]


def _hints(ground: Ground, action: str) -> list[str]:
    hints = []
    free = _right(ground, K.POST)
    freed = free is not None and free.agreement.state == Agreement.State.IN_FORCE and free.state != S.FAILING
    if action in (K.LINKS, K.ANNOUNCE) and ground.space.post_approval == _P.YES and not freed:
        hints.append(_("Posts wait for approval here."))
    if ground.space.women_only:
        hints.append(_("For women only: only women write here."))
    return hints
