"""How the groups of the demo story grew, how lively they are, and which one fell silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from treffpunkt.core.clock import as_of, today
from treffpunkt.network.models import Role, Snapshot, Space
from treffpunkt.network.over_time import monday
from treffpunkt.network.services.relocating import relocate_to_new
from treffpunkt.network.services.snapshots import keep_figures, settle_members
from treffpunkt.people.models import Staff

ENTERED, CHAT = Snapshot.Source.ENTERED, Snapshot.Source.CHAT
# By so much the groups of a community had fewer members when the work began, in hundredths.
_GROWN = (38, 22, 55, 9, 30, 17, 46, 61, 12)
_QUARTERS = 9
# Posts in week after week; the last ones are told from the end, so that something has changed lately.
_LIVELY = (14, 11, 17, 12, 15, 9, 16, 13, 18, 12, 14, 16, 10, 15, 13, 12)
_RISING = (13, 15, 12, 16, 27, 31, 29, 34)
_FALLING = (11, 12, 9, 10, 4, 3, 5, 2)


def tell_figures(spaces: Sequence[Sequence[Space]]) -> None:
    """Tell the figures of each community's groups; the first of the last community has fallen silent."""
    keep_figures(row for number, some in enumerate(spaces) for row in _of_community(number, some))
    keep_figures(_silent(spaces[-1][4]))


def tell_move(by: Staff, space: Space) -> None:
    """Tell how a group left Facebook for Telegram, with whoever leads it."""
    with as_of(datetime.combine(today() - timedelta(days=52), time(10, 20), tzinfo=UTC)):
        moved = relocate_to_new(
            by=by,
            space=space,
            address="https://t.me/treffpunkt_demo_umzug",
            along=list(Role.objects.filter(space=space).values_list("pk", flat=True)),
        )
    members = space.members or 0
    keep_figures(
        {
            "space_id": moved.new_id,
            "day": today() - timedelta(days=back),
            "source": ENTERED,
            "members": members * share // 100,
        }
        for back, share in ((50, 24), (29, 48), (8, 61))
    )
    settle_members([moved.new_id])


def _of_community(number: int, spaces: Sequence[Space]) -> Iterator[Mapping[str, Any]]:
    for place, space in enumerate(spaces[: len(_GROWN)]):
        if space.members:
            yield from _members(space, _GROWN[(place + number) % len(_GROWN)])
    yield from _posts(spaces[0], CHAT, _RISING if number % 2 else ())
    yield from _posts(spaces[1], CHAT, () if number % 2 else _FALLING)


def _members(space: Space, grown: int) -> Iterator[Mapping[str, Any]]:
    """Count once a quarter, the more the later; the number known today was entered long before."""
    members = space.members or 0
    first = {"space_id": space.pk, "day": space.members_counted_on, "source": Snapshot.Source.IMPORTED}
    yield first | {"members": _rounded(members * (100 - grown) // 100)}
    for back in range(1, _QUARTERS):
        missing = grown * back // (_QUARTERS + 3)
        day = today() - timedelta(days=91 * back + 5)
        yield {
            "space_id": space.pk,
            "day": day,
            "source": ENTERED,
            "members": _rounded(members * (100 - missing) // 100),
        }


def _posts(space: Space, source: str, lately: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    weeks = [_LIVELY[place % len(_LIVELY)] + place % 3 for place in range(40 - len(lately))]
    yield from _weeks(space, source, [*weeks, *lately])


def _silent(space: Space) -> Iterator[Mapping[str, Any]]:
    yield from _weeks(space, CHAT, [6, 4, 5, 7, 3, 4, 2, 3, 1, 2, 1, *[0] * 11])


def _weeks(space: Space, source: str, posts: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    last: date = monday(today()) - timedelta(days=7)
    for back, number in enumerate(reversed(posts)):
        yield {"space_id": space.pk, "day": last - timedelta(days=7 * back), "source": source, "posts": number}


def _rounded(members: int) -> int:
    """Write a number as platforms show it."""
    return round(members, -2) if members > 10_000 else round(members, -1)
