"""Whether two records may be the same: by their names, and by what else they share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz

from treffpunkt.network.models import Suspect
from treffpunkt.network.targets.likeness import of_one_source, same_place

R = Suspect.Reason
# What a record shares, by the first letter of its keys.
HANDLE, CHANNEL, PHONE, ADDRESS, WEBSITE, HOUSE, NAME, SPACE, LEADER = "hcpuwansl"
_SHARED = {
    HANDLE: (R.HANDLE, 0.35), CHANNEL: (R.CHANNEL, 0.35), PHONE: (R.PHONE, 0.15), ADDRESS: (R.ADDRESS, 0.35),
    WEBSITE: (R.WEBSITE, 0.08), SPACE: (R.SPACE, 0.15), LEADER: (R.LEADERS, 0.1),
}  # fmt: skip
# Names less alike than this are those of two, whatever number they share.
_ALIKE, _NEARLY = 0.75, 0.88
# A person without a name is neither alike nor not.
_UNNAMED = 0.5
# A name of one short word is many people's.
_TELLING = 8


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at of a record: its folded names, what it shares with others (a letter and a value), its place."""

    id: UUID
    names: tuple[str, ...]
    keys: frozenset[str]
    source: str = ""
    # Records of two platforms are never the same.
    apart: str = ""
    # What kind of address it has: "named", "numbered", "hidden" or none.
    address: str = ""
    postal: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """That two records may be the same, how likely, and why."""

    score: float
    reasons: tuple[str, ...]


def judge(kind: str, one: Looked, other: Looked) -> Suspicion | None:
    """Judge two records of a kind; nothing where they are two, or nothing tells."""
    if of_one_source(one.source, other.source) or one.apart != other.apart:
        return None
    shared = {key[0] for key in one.keys & other.keys}
    alike = _alike(one, other)
    same_name = NAME in shared
    found = _JUDGES[kind](one, other, shared, alike, same_name)
    if not found:
        return None
    score = (1.0 if same_name else alike) + sum(_SHARED[key][1] for key in shared if key in _SHARED)
    return Suspicion(round(score, 3), tuple(dict.fromkeys(found)))


def is_telling(name: str) -> bool:
    """Say whether a folded name tells somebody from others: two words, or a long one."""
    return " " in name or len(name) >= _TELLING


def _people(one: Looked, other: Looked, shared: set[str], alike: float, same_name: bool) -> list[str]:
    reasons = _reasons(shared & {HANDLE, CHANNEL})
    if PHONE in shared and alike >= _UNNAMED:
        reasons.append(R.PHONE)
    if SPACE in shared and alike >= _NEARLY:
        reasons += [R.SPACE]
    if same_name or (alike >= _NEARLY and reasons):
        reasons.append(R.SAME_NAME if same_name else R.ALIKE)
    return reasons


def _spaces(one: Looked, other: Looked, shared: set[str], alike: float, same_name: bool) -> list[str]:
    if ADDRESS in shared:
        return [R.ADDRESS, *_named(alike, same_name)]
    # Two names on a platform are two groups, and two numbers; a name may be that of a number, a code of anything.
    apart = one.address == other.address and one.address in ("named", "numbered")
    led = LEADER in shared and alike >= _NEARLY
    if apart and not (led and same_name):
        return []
    reasons = [R.LEADERS] if led else []
    return [*reasons, *_named(alike, same_name)] if same_name or led else []


def _organisations(one: Looked, other: Looked, shared: set[str], alike: float, same_name: bool) -> list[str]:
    at_one_place = same_place(one.postal, other.postal)
    if at_one_place is None and one.place and other.place:
        at_one_place = None if one.place == other.place else False
    if at_one_place is False or alike < _ALIKE:
        return []
    reasons = _reasons(shared & {PHONE, WEBSITE})
    reasons += [R.PLACE] if at_one_place else []
    return [*reasons, *_named(alike, same_name)] if reasons or same_name else []


def _reasons(shared: set[str]) -> list[str]:
    return [str(_SHARED[key][0]) for key in _SHARED if key in shared]


def _named(alike: float, same_name: bool) -> list[str]:
    return [R.SAME_NAME] if same_name else [R.ALIKE] if alike >= _NEARLY else []


def _alike(one: Looked, other: Looked) -> float:
    """Compare the names, each with each, whatever the order of their words."""
    if not one.names or not other.names:
        return _UNNAMED
    return max(
        max(fuzz.token_sort_ratio(mine, theirs), 0.95 * fuzz.token_set_ratio(mine, theirs)) / 100
        for mine in one.names
        for theirs in other.names
    )


_JUDGES: dict[str, Callable[[Looked, Looked, set[str], float, bool], list[str]]] = {
    "network.actor": _people,
    "network.space": _spaces,
    "network.organisation": _organisations,
}
