"""The professional profiles of counsellors: entering, changing, saying what became of them, checking a link."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record, record_many
from treffpunkt.network import rules
from treffpunkt.network.models import Profile
from treffpunkt.network.profile_links import canonical
from treffpunkt.network.services.shaping import differences, required, shape
from treffpunkt.people.models import Staff
from treffpunkt.people.rules import may_manage_staff

FIELDS = frozenset({"name", "platform", "address", "also", "staff", "note"})
_MOST = 10


@transaction.atomic
def create_profile(*, by: Agent, name: str, address: str, id: UUID | None = None, **fields: Any) -> Profile:
    """Enter a professional profile; counsellors enter their own, coordination everybody's.

    An `id` that is known already gives that profile, so that a form sent twice enters it once.
    """
    require(rules.may_create(by))
    if id and (known := Profile.objects.filter(pk=id).first()):
        require(rules.may_edit_profile(by, known))
        return known
    shaped = _shaped({"name": name, "address": address, **fields})
    required(shaped["name"], _("name shown"))
    required(shaped.get("platform_id") or "", _("platform"))
    if not rules.sees_all(by):
        shaped["staff_id"] = by.agent_id
    _refuse_known(shaped)
    profile = Profile(**({"id": id} if id else {}), **shaped, state_since=now())
    _saved(profile, force_insert=True)
    record(by, "profile.created", profile)
    return profile


@transaction.atomic
def change_profile(*, by: Agent, profile: Profile, version: int | None = None, **changes: Any) -> Profile:
    """Change what is known about a profile; raises Stale where somebody else has changed it since `version`.

    Only coordination says whose it is.
    """
    profile = Profile.objects.select_for_update().get(pk=profile.pk)
    require(rules.may_edit_profile(by, profile))
    shaped = _shaped({"platform": profile.platform_id, "address": profile.address, **changes})
    changed = differences(profile, shaped)
    require("staff_id" not in changed or rules.sees_all(by))
    if "name" in changed:
        required(shaped["name"], _("name shown"))
    if not changed:
        return profile
    profile.advance(version)
    for field in changed:
        setattr(profile, field, shaped[field])
    _refuse_known({"address": profile.address, "also": profile.also}, but=profile)
    _saved(profile)
    record(by, "profile.changed", profile, fields=[field.removesuffix("_id") for field in changed])
    return profile


@transaction.atomic
def move_profile(*, by: Agent, profile: Profile, state: str) -> Profile:
    """Say that a platform limits or suspends a profile, that it is back, or that nobody uses it any more."""
    profile = Profile.objects.select_for_update().get(pk=profile.pk)
    require(rules.may_edit_profile(by, profile))
    if str(state) == profile.state:
        return profile
    _move(profile, state)
    record(by, "profile.moved", profile, fields=["state"])
    return profile


@transaction.atomic
def hand_over_profiles(*, by: Agent, leaver: Staff, to: Staff | None, ids: Collection[UUID] | None = None) -> int:
    """Give the profiles of a colleague who leaves, or some of them, to another; retire them where `to` is nobody.

    A retired profile stays known, so that whoever asks is told that it is no longer ours. Gives their number.
    """
    require(may_manage_staff(by))
    wanted = Profile.objects.filter(staff=leaver).exclude(state=Profile.State.RETIRED)
    if ids is not None:
        wanted = wanted.filter(pk__in=list(ids))
    rows = list(wanted.select_for_update().order_by("pk"))
    for profile in rows:
        if to is None:
            _move(profile, Profile.State.RETIRED)
        else:
            profile.staff = to
            profile.advance()
            profile.save()
    verb, field = ("profile.moved", "state") if to is None else ("profile.changed", "staff")
    record_many(by, verb, [(one, ()) for one in rows], fields=[field])
    return len(rows)


def _move(profile: Profile, state: str) -> None:
    profile.move_to(str(state))
    profile.state_since = now()
    profile.advance()
    profile.save()


def _shaped(given: dict[str, Any]) -> dict[str, Any]:
    """Shape the values, each address reduced to the one spelling under which it is kept."""
    shaped = shape(Profile, given, FIELDS)
    platform = shaped.get("platform_id") or ""
    if "address" in shaped:
        shaped["address"] = _address(shaped["address"], platform)
    if "also" in shaped:
        written = [_address(one, platform) for one in shaped["also"][:_MOST]]
        shaped["also"] = [one for one in dict.fromkeys(written) if one != shaped.get("address")]
    return shaped


def _address(text: str, platform: str) -> str:
    found = canonical(text, platform)
    if not found:
        raise DomainError(
            _("From “%(text)s” nobody can tell which profile it is. Please copy the address of the profile itself.")
            % {"text": text[:80]}
        )
    return found


def _refuse_known(shaped: dict[str, Any], but: Profile | None = None) -> None:
    addresses = [shaped["address"], *shaped.get("also", ())]
    others = Profile.objects.filter(Q(address__in=addresses) | Q(also__overlap=addresses))
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise DomainError(_("This profile is entered already."))


def _saved(profile: Profile, **how: Any) -> None:
    try:
        with transaction.atomic():
            profile.save(**how)
    except IntegrityError as error:  # entered by somebody else a moment ago
        raise DomainError(_("This profile is entered already.")) from error
