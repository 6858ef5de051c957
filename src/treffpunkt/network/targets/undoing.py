"""Taking back what an import of people made: roles first, then ways to reach them, people, groups."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from treffpunkt.intake.targets import Kept, Made, Run
from treffpunkt.journal.models import Touched
from treffpunkt.network.models import Channel, Role
from treffpunkt.network.services.counts import recount_actors, recount_spaces
from treffpunkt.network.targets.persons import ACTOR
from treffpunkt.network.targets.writing import take_back
from treffpunkt.search import services as search


def undo_people(run: Run, made: Sequence[tuple[int, Made]]) -> list[Kept]:
    """Take back a piece of an import; returns what stays and why."""
    of_kind = {
        kind: [pair for pair in made if pair[1].record_kind == kind]
        for kind in ("network.role", "network.channel", ACTOR, "network.space")
    }
    kept, actors, spaces = _roles(of_kind["network.role"])
    kept += _channels(of_kind["network.channel"])
    removed: list[UUID] = []
    for kind in (ACTOR, "network.space"):
        gone, stays = take_back(run, kind, of_kind[kind])
        removed += gone
        kept += stays
    search.forget(removed)
    recount_actors(actors - set(removed))
    recount_spaces(spaces - set(removed))
    return kept


def _roles(made: Sequence[tuple[int, Made]]) -> tuple[list[Kept], set[UUID], set[UUID]]:
    ids = {one.record_id: made_id for made_id, one in made}
    rows = list(Role.objects.filter(pk__among=list(ids)).values_list("id", "actor_id", "space_id", "until"))
    ended = [Kept(ids[pk], "changed") for pk, _actor, _space, until in rows if until is not None]
    Role.objects.filter(pk__among=list(ids), until=None).delete()
    actors = {actor for _pk, actor, _space, until in rows if until is None}
    spaces = {space for _pk, _actor, space, until in rows if until is None and space}
    return ended, actors, spaces


def _channels(made: Sequence[tuple[int, Made]]) -> list[Kept]:
    ids = {one.record_id: made_id for made_id, one in made}
    rows = dict(Channel.objects.filter(pk__among=list(ids)).values_list("id", "actor_id"))
    used = Touched.objects.filter(record_id__among=set(rows.values())).exclude(entry__verb__endswith=".imported")
    touched = set(used.values_list("record_id", flat=True))
    Channel.objects.filter(pk__among=[pk for pk, actor in rows.items() if actor not in touched]).delete()
    return [Kept(ids[pk], "touched") for pk, actor in rows.items() if actor in touched]
