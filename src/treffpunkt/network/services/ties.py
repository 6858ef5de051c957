"""Ties between organisations, actors and communities."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Community, Organisation, Tie
from treffpunkt.network.services.shaping import shape

Tied = Actor | Community | Organisation
_VIEWABLE = {
    Actor: rules.viewable_actors,
    Community: rules.communities_of,
    Organisation: rules.viewable_organisations,
}


@transaction.atomic
def tie(*, by: Agent, one: Tied, other: Tied, what: str = "") -> Tie:
    """Note that two of them are tied, and how; in either order it is one tie."""
    require(rules.may_create(by) and _sees(by, one) and _sees(by, other))
    if one.pk == other.pk:
        raise DomainError(_("A tie needs two."))
    one, other = sorted((one, other), key=lambda record: record.pk)
    shaped = shape(Tie, {"what": what}, {"what"})
    found, added = Tie.objects.update_or_create(
        one_id=one.pk,
        other_id=other.pk,
        defaults={"one_kind": one.kind, "other_kind": other.kind, **shaped},
    )
    if added:
        record(by, "tie.added", one, other)
    return found


@transaction.atomic
def untie(*, by: Agent, tie: Tie) -> None:
    """Take a tie away."""
    require(rules.may_create(by))
    Tie.objects.filter(pk=tie.pk).delete()


def _sees(by: Agent, tied: Tied) -> bool:
    return _VIEWABLE[type(tied)](by).filter(pk=tied.pk).exists()
