"""Making one record of two, and two of one again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.subject import as_system
from treffpunkt.intake.keys import sealed
from treffpunkt.intake.models import Alias
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Channel, Merge, Organisation, Role, Space
from treffpunkt.network.services import names
from treffpunkt.network.services.choosing import Mergeable, choose, keys_of
from treffpunkt.network.services.counts import recount_actors, recount_actors_in, recount_spaces
from treffpunkt.network.services.going_back import go_back
from treffpunkt.network.services.images import check_keys, images
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.network.services.repointing import Steps, counted, fold

MERGEABLE: dict[str, type[Mergeable]] = {
    "network.actor": Actor,
    "network.space": Space,
    "network.organisation": Organisation,
}
# Counted anew wherever rows move, or counting the edits themselves: no part of what is put back.
_COUNTED = frozenset({"version", "changed_at", "potential_reach", "administrator_count"})


@transaction.atomic
def merge_records(
    *,
    by: Agent,
    kept: Mergeable,
    gone: Mergeable,
    choices: Mapping[str, str] | None = None,
    versions: tuple[int, int] | None = None,
) -> Merge:
    """Make one record of two: `kept` stays, with the values chosen; whatever pointed to `gone` points to it.

    `choices` says by field whose value stays ("kept", "gone" or "both"), else what `choosing.proposed` does. Raises
    Stale where somebody has changed either of them since `versions`.
    """
    kept, gone = _locked(kept, gone)
    require(rules.may_merge(by, kept, gone))
    if versions is not None:
        for one, version in zip((kept, gone), versions, strict=True):
            one.advance(version)
    steps = Steps()
    called = [str(kept), str(gone)]
    with as_system():  # what others wrote in confidence moves along unread
        around = _around(kept) | _around(gone)
        aliases = _new_aliases(kept, gone)
        marks = _channel_marks(kept, gone)
        fold(type(kept), {gone.pk: kept.pk}, steps)
        taken = _take_over(kept, gone, choices or {}, steps)
        _keep_marks(marks, steps)
        steps.add(Alias, [one.pk for one in Alias.objects.bulk_create(aliases)])
        check_keys()
        _renew([kept], [gone.pk], around)
    merge = Merge.objects.create(
        record_kind=kept.kind,
        record_id=kept.pk,
        gone_id=gone.pk,
        also_gone=[pk for pk in steps.gone if pk != gone.pk],
        staff_id=by.agent_id if by.agent_kind == "staff" else None,
        before={"names": called, "steps": steps.done},
    )
    record(by, f"{_word(kept)}.merged", kept, fields=taken)
    return merge


@transaction.atomic
def undo_merge(*, by: Agent, merge: Merge) -> Mergeable:
    """Make two records of one again, as they were; returns the one that had gone.

    What came to the record since stays with it. Raises ChangedSince, and names what, where that is not possible.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    model: Any = MERGEABLE[merge.record_kind]
    kept = model.objects.select_for_update().filter(pk=merge.record_id).first()
    if kept is None:
        raise DomainError(_("The record was itself merged with another one since. Take that back first."))
    require(rules.may_undo_merge(by, merge, kept))
    if not merge.can_go_back:
        raise DomainError(_("What was before is no longer stored, so this cannot be taken back."))
    with as_system():
        around = _around(kept)
        go_back(merge.before["steps"])
        kept.refresh_from_db()
        kept.advance()
        kept.save()
        back: Mergeable = model.objects.get(pk=merge.gone_id)
        _renew([kept, back], [], around | _around(back))
    merge.undone_at, merge.before, merge.also_gone = now(), {}, []
    merge.save()
    record(by, f"{_word(kept)}.unmerged", kept, back)
    return back


def touched_by(kept: Mergeable, gone: Mergeable) -> dict[str, int]:
    """Count by model what would point to the record that stays; one query."""
    with as_system():
        return counted(type(gone), gone.pk)


def _locked(kept: Mergeable, gone: Mergeable) -> tuple[Any, Any]:
    """Lock both, always in the same order; refuse what cannot be one."""
    if type(kept) is not type(gone) or kept.pk == gone.pk:
        raise DomainError(_("Only two different records of the same kind can be made one."))
    model: Any = type(kept)
    found = {one.pk: one for one in model.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")}
    if len(found) != 2:
        raise DomainError(_("One of the two is no longer here: somebody has merged it."))
    return found[kept.pk], found[gone.pk]


def _take_over(kept: Mergeable, gone: Mergeable, choices: Mapping[str, str], steps: Steps) -> list[str]:
    model = type(kept)
    (before,) = images(model, [kept.pk])
    taken = choose(kept, gone, choices)
    if isinstance(kept, Actor) and not kept.name and not kept.handle:
        raise DomainError(_("Please give a name or a handle."))
    if not isinstance(kept, Actor) and not kept.name:
        raise DomainError(_("Please fill in: %(what)s.") % {"what": _("name")})
    kept.version = before["version"] + 1
    kept.save()
    (after,) = images(model, [kept.pk])
    steps.change(
        model, *({name: value for name, value in one.items() if name not in _COUNTED} for one in (before, after))
    )
    return taken


def _new_aliases(kept: Mergeable, gone: Mergeable) -> list[Alias]:
    """Let imports know the record again by the keys of the one that goes."""
    own = set(keys_of(kept))
    lost = [sealed(key) for key in keys_of(gone) if key not in own]
    known = set(Alias.objects.filter(kind=kept.kind, key__in=lost).values_list("key", flat=True))
    return [Alias(kind=kept.kind, key=key, record_id=kept.pk) for key in lost if key not in known]


def _channel_marks(kept: Mergeable, gone: Mergeable) -> dict[UUID, tuple[bool, bool]]:
    """Say which channels of either lose a mark: where one of two was unsafe, so is the one that stays."""
    if not isinstance(kept, Actor):
        return {}
    channels = list(Channel.objects.filter(actor__in=[kept.pk, gone.pk]))
    unsafe = {(one.channel_kind, one.value) for one in channels if not one.safe}
    preferred = {one.actor_id for one in channels if one.preferred}
    return {
        one.pk: (
            one.preferred and (one.actor_id == kept.pk or kept.pk not in preferred),
            (one.channel_kind, one.value) not in unsafe,
        )
        for one in channels
    }


def _keep_marks(marks: Mapping[UUID, tuple[bool, bool]], steps: Steps) -> None:
    for channel in Channel.objects.filter(pk__in=list(marks)):
        wanted = marks[channel.pk]
        if (channel.preferred, channel.safe) != wanted:
            (before,) = images(Channel, [channel.pk])
            channel.preferred, channel.safe = wanted
            channel.save(update_fields=["preferred", "safe"])
            steps.change(Channel, before, images(Channel, [channel.pk])[0])


def _around(one: Mergeable) -> set[UUID]:
    """Give the groups of a person, whose administrators are counted anew."""
    roles = Role.objects.filter(actor=one.pk, space__isnull=False) if isinstance(one, Actor) else Role.objects.none()
    return set(roles.values_list("space_id", flat=True))


def _renew(here: list[Any], gone: list[UUID], around: set[UUID]) -> None:
    """Renew what rests on the records: how they are found, figures, the plan."""
    names.forget(gone)
    ids = [one.pk for one in here]
    if isinstance(here[0], Actor):
        names.index_actors(here)
        recount_actors(ids)
        recount_spaces(around)
    elif isinstance(here[0], Space):
        names.index_spaces(here)
        recount_spaces(ids)
        recount_actors_in(ids)
    else:
        names.index_organisations(here)
    ask_for_new_plan()


def _word(one: Mergeable) -> str:
    return str(one._meta.model_name)
