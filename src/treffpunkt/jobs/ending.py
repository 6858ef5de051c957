"""Ending anew what ended after a backup was made: erased, closed, revoked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from treffpunkt.core.agent import SYSTEM
from treffpunkt.links.services import revoke_again
from treffpunkt.network.models import Actor
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.network.services.phone import note_lost_phone
from treffpunkt.people.models import Staff
from treffpunkt.people.services.accounts import change_roles_again
from treffpunkt.people.services.closing import close_again, forget_ways_in, use_codes_again
from treffpunkt.upkeep import ended, listing
from treffpunkt.upkeep.listing import Ended
from treffpunkt.upkeep.models import Erasure
from treffpunkt.upkeep.services import known_to_have_ended, list_path


def end_again() -> Counter[str]:
    """End what the list outside the database says has ended and this database still holds; count what that was."""
    listed, known = listing.read(list_path()), known_to_have_ended()
    counts: Counter[str] = Counter()
    for what, kinds, end in KINDS:
        forgotten = _since([one for one in listed if one.kind in kinds], [one for one in known if one.kind in kinds])
        counts[what] += end(forgotten)
    return +counts


def _since(listed: Iterable[Ended], known: Collection[Ended]) -> list[Ended]:
    """Give what the database does not know yet, the latest first."""
    latest = {one.id: one.at for one in known}
    return sorted(
        (one for one in listed if one.id not in latest or one.at > latest[one.id]),
        key=lambda one: one.at,
        reverse=True,
    )


def _erase(forgotten: Iterable[Ended]) -> int:
    decided: dict[str, set[str]] = {}
    for one in forgotten:  # a list may name somebody twice: with what was decided, and, of an older version, without
        decided.setdefault(one.id, set()).update(one.which)
    return sum(_erase_actor(UUID(pk), which) for pk, which in decided.items())


@transaction.atomic
def _erase_actor(pk: UUID, which: Collection[str]) -> bool:
    # Also noted where the record is not here: it was made after the backup and will not come back.
    Erasure.objects.get_or_create(record_kind="network.actor", record_id=pk, defaults={"which": sorted(which)})
    actor = Actor.objects.filter(pk=pk, erased_at=None).first()
    if actor is None:
        return False
    erase_actor(by=SYSTEM, actor=actor, spare=_of(which, "-"), also=_of(which, "+"))
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    # At once: nobody may read a name until a worker comes round.
    app.tasks["network.actor_erased"](actor_id=str(pk))
    return True


def _of(which: Iterable[str], sign: str) -> set[str]:
    return {one[1:] for one in which if one.startswith(sign)}


def _revoke(forgotten: Iterable[Ended]) -> int:
    return revoke_again(UUID(one.id) for one in forgotten)


def _close(forgotten: Iterable[Ended]) -> int:
    """Close the accounts whose last step was that they were closed."""
    closed = {pk for pk, one in _last(forgotten).items() if one.kind == ended.CLOSED}
    found = Staff.objects.filter(pk__in=closed, is_active=True)
    return sum(1 for staff in found if close_again(by=SYSTEM, staff=staff))


def _forget_ways_in(forgotten: Iterable[Ended]) -> int:
    return sum(
        forget_ways_in(by=SYSTEM, staff=staff, before=_moment(one.at), keep=set(map(_moment, one.which)))
        for staff, one in _of_staff(forgotten)
    )


def _change_roles(forgotten: Iterable[Ended]) -> int:
    last = _last(forgotten)
    found = Staff.objects.filter(pk__in=last)
    return sum(change_roles_again(by=SYSTEM, staff=staff, roles=last[staff.pk].which) for staff in found)


def _use_codes(forgotten: Iterable[Ended]) -> int:
    return sum(
        use_codes_again(by=SYSTEM, staff=staff, made=_moment(one.which[0]), used=int(one.which[1]))
        for staff, one in _of_staff(forgotten)
    )


def _lose_phones(forgotten: Iterable[Ended]) -> int:
    every = list(forgotten)
    actors = Actor.objects.filter(erased_at=None).in_bulk([UUID(one.id) for one in every])
    for one in every:
        if actor := actors.get(UUID(one.id)):
            note_lost_phone(by=SYSTEM, actor=actor, unsafe=set(map(UUID, one.which)))
    return len(actors)


def _of_staff(forgotten: Iterable[Ended]) -> Iterator[tuple[Staff, Ended]]:
    """Give each with the account it is about, where that is here; one query."""
    every = list(forgotten)
    staff = Staff.objects.in_bulk([UUID(one.id) for one in every])
    return ((staff[UUID(one.id)], one) for one in every if UUID(one.id) in staff)


def _last(forgotten: Iterable[Ended]) -> dict[UUID, Ended]:
    """Give what came last of each record; the latest come first."""
    last: dict[UUID, Ended] = {}
    for one in forgotten:
        last.setdefault(UUID(one.id), one)
    return last


_moment = datetime.fromisoformat

KINDS: tuple[tuple[str, frozenset[str], Callable[[Iterable[Ended]], int]], ...] = (
    ("people erased", frozenset({"network.actor"}), _erase),
    ("accounts closed", frozenset({ended.CLOSED, ended.OPENED}), _close),
    ("roles changed", frozenset({ended.ROLES}), _change_roles),
    ("passkeys and apps removed", frozenset({ended.SECOND_STEP}), _forget_ways_in),
    ("recovery codes used", frozenset({ended.CODES}), _use_codes),
    ("phones lost", frozenset({ended.PHONE}), _lose_phones),
    ("links revoked", frozenset({ended.LINK}), _revoke),
)
