"""Rights that an agreement grants: noted, seen to work or fail, ended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, GrantedRight
from treffpunkt.agreements.services.checking import chosen
from treffpunkt.agreements.services.drafting import say_anew
from treffpunkt.agreements.services.locking import locked, neighbours
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.network.models import Profile, Space

S = GrantedRight.State


@transaction.atomic
def grant_right(
    *,
    by: Agent,
    agreement: Agreement,
    space: Space,
    right_kind: str,
    profile: Profile | None = None,
    how: str = "",
    id: UUID | None = None,
) -> GrantedRight:
    """Note a right granted in one of the agreement's spaces, for a profile or for whoever of us works there.

    Granted twice it is one; the text that is being written says it from now on.
    """
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    if agreement.state == Agreement.State.ENDED:
        raise DomainError(_("This agreement has ended and stays as it was."))
    if not agreement.spaces.filter(pk=space.pk).exists():
        raise DomainError(_("The agreement is not about this group."))
    if profile is not None and profile.platform_id != space.platform_id:
        raise DomainError(_("This profile belongs to another platform than the group."))
    kind = chosen(GrantedRight.Kind, right_kind)
    known = agreement.rights.filter(space=space, right_kind=kind, profile=profile).exclude(state=S.ENDED).first()
    if known:
        return known
    right = GrantedRight.objects.create(
        id=id or uuid7(), agreement=agreement, space=space, right_kind=kind, profile=profile,
        how=tidy(how)[:300], state_since=now(),
    )  # fmt: skip
    say_anew(agreement)
    record(by, "right.granted", right, agreement, space)
    return right


@transaction.atomic
def change_right(*, by: Agent, right: GrantedRight, version: int, how: str, profile: Profile | None) -> GrantedRight:
    """Change the agreed way to use a right, and for which profile it is."""
    agreement, right = _locked(right)
    require(rules.may_edit(by, agreement))
    right.advance(version)
    if profile is not None and profile.platform_id != right.space.platform_id:
        raise DomainError(_("This profile belongs to another platform than the group."))
    right.how, right.profile = tidy(how)[:300], profile
    right.save()
    record(by, "right.changed", right, agreement, right.space, fields=["how", "profile"])
    return right


@transaction.atomic
def note_right(*, by: Agent, right: GrantedRight, works: bool, at: datetime | None = None) -> GrantedRight:
    """Note that a right was seen to work, or to fail; what lies before the last time seen changes nothing."""
    agreement, right = _locked(right)
    require(rules.may_note(by, agreement))
    moment = min(at or now(), now())
    if right.state == S.ENDED:
        raise DomainError(_("This right has ended."))
    if right.state_since and right.state != S.AGREED and moment < right.state_since:
        return right
    wanted = S.WORKING if works else S.FAILING
    changed = right.state != wanted
    if changed:
        right.move_to(wanted)
        right.state_since = moment
        right.advance()
    if works:
        right.seen_at = max(right.seen_at or moment, moment)
        right.seen_by_id = by.agent_id if by.agent_kind == "staff" else None
    right.save()
    if changed:
        record(by, "right.works" if works else "right.fails", right, agreement, right.space)
    return right


@transaction.atomic
def end_right(*, by: Agent, right: GrantedRight) -> GrantedRight:
    """Note that a right is no longer granted; the agreement goes on without it."""
    agreement, right = _locked(right)
    require(rules.may_edit(by, agreement))
    if right.state == S.ENDED:
        return right
    right.move_to(S.ENDED)
    right.state_since = now()
    right.advance()
    right.save()
    say_anew(agreement)
    record(by, "right.ended", right, agreement, *neighbours(agreement))
    return right


def _locked(right: GrantedRight) -> tuple[Agreement, GrantedRight]:
    agreement = locked(right.agreement)
    fresh = GrantedRight.objects.select_for_update(of=("self",)).select_related("space").get(pk=right.pk)
    return agreement, fresh
