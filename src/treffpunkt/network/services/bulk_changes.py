"""Changing many records at once, as an import does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record_many
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Organisation, Snapshot, Space
from treffpunkt.network.services import actors as of_actors
from treffpunkt.network.services import organisations as of_organisations
from treffpunkt.network.services import spaces as of_spaces
from treffpunkt.network.services.belonging import belonging, own_communities, put_into
from treffpunkt.network.services.counts import pieces
from treffpunkt.network.services.shaping import differences
from treffpunkt.network.services.snapshots import note_members

Changes = Mapping[UUID, Mapping[str, Any]]


@transaction.atomic
def change_spaces(*, by: Agent, changes: Changes) -> int:
    """Change many spaces, given by id; returns how many really changed."""

    def shaped(space: Space, given: Mapping[str, Any]) -> dict[str, Any]:
        values = of_spaces.shape_space(dict(given), present=space)
        if values.get("address", space.address) != space.address:
            of_spaces.refuse_known(by, values["address"], but=space)
        if "members" in values and values["members"] != space.members:
            values["members_counted_on"] = today() if values["members"] is not None else None
        return values

    def after(spaces: list[Space], changed: list[str]) -> None:
        if "members" in changed:
            note_members(spaces, Snapshot.Source.IMPORTED)
        of_spaces.after_change(spaces, changed)

    return _change(by, Space, rules.viewable_spaces(by), changes, shaped, after)


@transaction.atomic
def change_actors(*, by: Agent, changes: Changes) -> int:
    """Change many people, given by id; returns how many really changed. Erased ones stay erased."""
    viewable = rules.viewable_actors(by).filter(erased_at=None)
    return _change(
        by,
        Actor,
        viewable,
        changes,
        lambda _actor, given: of_actors.shape_actor(dict(given)),
        of_actors.after_change,
    )


@transaction.atomic
def change_organisations(*, by: Agent, changes: Changes) -> int:
    """Change many organisations, given by id; returns how many really changed."""
    return _change(
        by,
        Organisation,
        rules.viewable_organisations(by),
        changes,
        lambda _organisation, given: of_organisations.shape_organisation(dict(given)),
        of_organisations.after_change,
    )


def _change(
    by: Agent,
    model: Any,
    viewable: Any,
    changes: Changes,
    shaped: Callable[[Any, Mapping[str, Any]], dict[str, Any]],
    after: Callable[[list[Any], list[str]], None],
) -> int:
    require(rules.may_create(by))
    own = own_communities(by)
    changed: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for piece in pieces(changes):
        for record in viewable.filter(pk__in=piece).select_for_update():
            values = shaped(record, changes[record.pk])
            communities = values.pop("communities", None)
            fields = differences(record, values)
            for field in fields:
                setattr(record, field, values[field])
            if communities is not None and put_into(
                record,
                belonging(
                    own,
                    communities,
                    record.communities.all(),
                    language=getattr(record, "language_id", None),
                ),
            ):
                fields.append("communities")
            if fields:
                changed[tuple(sorted(fields))].append(record)
    for differing, records in changed.items():
        _write(model, records, [field for field in differing if field != "communities"])
        after(records, list(differing))
        names = [field.removesuffix("_id") for field in differing if field != "members_counted_on"]
        record_many(
            by,
            f"{model._meta.model_name}.changed",
            [(record, ()) for record in records],
            fields=names,
        )
    return sum(len(records) for records in changed.values())


def _write(model: Any, records: list[Any], fields: list[str]) -> None:
    sorting, moment = model._meta.get_field("sorting"), now()
    for record in records:
        record.advance()
        record.changed_at = moment
        sorting.pre_save(record, False)
    model.objects.bulk_update(records, [*fields, "version", "changed_at", "sorting"], batch_size=1000)
