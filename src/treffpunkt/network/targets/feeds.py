"""The feeds that a list of spaces names: subscribed to with them, and taken back with them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from treffpunkt.core.clock import now
from treffpunkt.intake.models import Row
from treffpunkt.intake.targets import Judgement, Made, Run
from treffpunkt.network.models import Feed, Snapshot
from treffpunkt.network.services.snapshots import settle_members

KIND = "network.feed"
V = Row.Verdict


def judged(run: Run, judgements: list[Judgement]) -> list[Judgement]:
    """Say of rows that name a feed whether it is new: a space that has one already keeps it."""
    naming = [one for one in judgements if one.plan.facts.feed]
    known = _feeds_of([one.record_id for one in naming if one.record_id])
    for one in naming:
        if one.verdict not in (V.NEW, V.SAME, V.CHANGED) or one.record_id in known:
            continue
        run.makes[KIND] += 1
        if one.verdict == V.SAME and one.record_id:
            one.verdict = V.CHANGED
            one.reasons.append(("changes", {"fields": ["feed"], "so_far": {}}))
    return judgements


def subscribed(judgements: Sequence[Judgement], made: Sequence[Made]) -> list[Made]:
    """Subscribe to the feeds of spaces that have none; they are asked with the next round."""
    spaces = {one.number: one.record_id for one in made}
    wanted: dict[UUID, tuple[int, str]] = {}
    for one in judgements:
        space = one.record_id or spaces.get(one.row.number)
        if space and one.plan.facts.feed:
            wanted.setdefault(space, (one.row.number, one.plan.facts.feed))
    known = _feeds_of(list(wanted))
    moment = now()
    new = {
        number: Feed(space_id=space, address=address, next_fetch=moment)
        for space, (number, address) in wanted.items()
        if space not in known
    }
    Feed.objects.bulk_create(new.values(), batch_size=2000)
    return [Made(number, KIND, feed.pk) for number, feed in new.items()]


def taken_back(made: Sequence[tuple[int, Made]]) -> list[tuple[int, Made]]:
    """Take out feeds that were subscribed to, and what was read from them; returns what else is to be taken back."""
    ids = [one.record_id for _id, one in made if one.record_kind == KIND]
    spaces = list(Feed.objects.filter(pk__among=ids).values_list("space", flat=True))
    Feed.objects.filter(pk__among=ids).delete()
    Snapshot.objects.filter(space__among=spaces, source=Snapshot.Source.FEED).delete()
    settle_members(spaces)
    return [pair for pair in made if pair[1].record_kind != KIND]


def _feeds_of(spaces: Sequence[UUID]) -> set[UUID]:
    return set(Feed.objects.filter(space__among=list(spaces)).values_list("space", flat=True)) if spaces else set()
