"""The contact log: what was said, what came of it, what is next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, Forbidden, require
from treffpunkt.core.personal import Finding, PersonalDataFound, find_personal_data
from treffpunkt.core.subject import as_system
from treffpunkt.core.text import read_as
from treffpunkt.journal.services import record
from treffpunkt.network import rhythms, rules
from treffpunkt.network.models import Actor, Contact, Organisation, Role, Space
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.network.services.shaping import differences, shape
from treffpunkt.network.services.spaces import contacted

FIELDS = frozenset(
    [
        "at",
        "channel_kind",
        "direction",
        "note",
        "language",
        "outcome",
        "next_step",
        "confidential",
    ]
)
_TEXTS = ("note", "next_step")
_AHEAD = timedelta(minutes=15)
_STANDINGS = {
    Contact.Outcome.AGREED: Actor.Standing.WON,
    Contact.Outcome.DECLINED: Actor.Standing.DECLINED,
    Contact.Outcome.INTERESTED: Actor.Standing.ASKED,
    Contact.Outcome.TALKED: Actor.Standing.ASKED,
    Contact.Outcome.LATER: Actor.Standing.ASKED,
    Contact.Outcome.NO_ANSWER: Actor.Standing.ASKED,
    Contact.Outcome.ASKED: Actor.Standing.ASKED,
}
# What an outcome may overwrite: who works with us does so until they say otherwise; a no stands until they turn to us.
_OVERWRITES = {
    Contact.Outcome.INTERESTED: {Actor.Standing.UNKNOWN, Actor.Standing.DECLINED},
    Contact.Outcome.TALKED: {Actor.Standing.UNKNOWN},
    Contact.Outcome.LATER: {Actor.Standing.UNKNOWN},
    Contact.Outcome.NO_ANSWER: {Actor.Standing.UNKNOWN},
    Contact.Outcome.ASKED: {Actor.Standing.UNKNOWN},
}


@transaction.atomic
def log_contact(
    *,
    by: Agent,
    actor: Actor | None = None,
    space: Space | None = None,
    organisation: Organisation | None = None,
    at: datetime | None = None,
    next_touch: date | None = None,
    keep_findings: bool = False,
    id: UUID | None = None,
    **fields: Any,
) -> Contact:
    """Log a contact; its outcome moves how the actor stands to us, and a found space counts as contacted.

    When they are to be heard from again follows from the outcome (`rhythms`), unless `next_touch` says otherwise.
    Raises PersonalDataFound where the note may tell who somebody is, unless they have seen it (`keep_findings`). An
    `id` that is known already gives that entry.
    """
    require(rules.may_create(by))
    if id and (known := Contact.objects.filter(pk=id).first()):
        require(rules.may_edit_contact(by, known))
        return known
    if actor is None and space is None and organisation is None:
        raise DomainError(_("Please say with whom."))
    actor = Actor.objects.select_for_update().get(pk=actor.pk) if actor else None
    require(actor is None or (actor.erased_at is None and rules.viewable_actors(by).filter(pk=actor.pk).exists()))
    require(space is None or rules.viewable_spaces(by).filter(pk=space.pk).exists())
    require(organisation is None or rules.viewable_organisations(by).filter(pk=organisation.pk).exists())
    shaped = shape(Contact, {"at": at or now(), **fields}, FIELDS)
    _not_ahead(shaped["at"])
    _refuse_personal_data(shaped, actor, keep_findings)
    contact = Contact(
        **({"id": id} if id else {}),
        actor=actor,
        space=space,
        organisation=organisation,
        staff_id=by.agent_id if by.agent_kind == "staff" else None,
        **shaped,
    )
    try:
        contact.save(force_insert=True)
    except IntegrityError as error:  # an id that is taken by what this writer may not read
        raise Forbidden from error
    _record(by, "contact.logged", contact)
    if actor:
        _move_actor(by, actor, contact, next_touch)
    for reached in _spaces_reached(space, actor):
        contacted(by, reached)
    return contact


@transaction.atomic
def change_contact(
    *,
    by: Agent,
    contact: Contact,
    version: int | None = None,
    keep_findings: bool = False,
    **changes: Any,
) -> Contact:
    """Correct an entry of the log; raises Stale where it has been changed since `version`.

    A moment within the same minute is the same: forms know no seconds.
    """
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    require(rules.may_edit_contact(by, contact))
    shaped = shape(Contact, changes, FIELDS)
    if _minute(shaped.get("at")) == _minute(contact.at):
        del shaped["at"]
    changed = differences(contact, shaped)
    if not changed:
        return contact
    contact.advance(version)
    actor = Actor.objects.select_for_update().get(pk=contact.actor_id) if contact.actor_id else None
    _not_ahead(shaped.get("at"))
    _refuse_personal_data({name: shaped[name] for name in changed}, actor, keep_findings)
    was = contact.outcome
    for field in changed:
        setattr(contact, field, shaped[field])
    with as_system():  # whoever makes it confidential may not read it from then on
        contact.save()
    _record(by, "contact.changed", contact, fields=changed)
    if actor and actor.erased_at is None and {"at", "outcome"} & set(changed):
        _correct_actor(by, actor, contact, was)
    return contact


def findings(note: str, actor: Actor | None = None) -> list[Finding]:
    """Find what in a note may tell who somebody is; the actor's own name is known here anyway and counts too."""
    known = [actor.name, read_as(actor.name, actor.reading)] if actor else []
    return find_personal_data(note, names=[name for name in known if name])


def _refuse_personal_data(shaped: dict[str, Any], actor: Actor | None, keep_findings: bool) -> None:
    if keep_findings:
        return
    found = [finding for name in _TEXTS for finding in findings(shaped.get(name) or "", actor)]
    if found:
        raise PersonalDataFound(found)


def _not_ahead(at: datetime | None) -> None:
    if at and at > now() + _AHEAD:
        raise DomainError(_("This moment is still to come. Please enter it as a task."))


def _record(by: Agent, verb: str, contact: Contact, fields: list[str] | None = None) -> None:
    record(
        by,
        verb,
        contact,
        *filter(None, (contact.actor, contact.space, contact.organisation)),
        fields=fields or (),
    )


def _move_actor(by: Agent, actor: Actor, contact: Contact, next_touch: date | None) -> None:
    """Let the latest contact say how the actor stands to us; one entered after the fact changes nothing."""
    latest = _is_latest(actor, contact)
    if next_touch is not None:
        actor.next_touch = next_touch
    elif latest:
        _expect_again(actor, contact)
    _save_moved(by, actor, _standing_after([contact.outcome], actor.standing) if latest else actor.standing)


def _correct_actor(by: Agent, actor: Actor, contact: Contact, was: str) -> None:
    """Let a corrected outcome of the latest contact hold in place of the one it was; what was said since stands.

    Where the actor still stands to us as the wrong outcome had it, that goes back, even where the right one alone
    would not move it.
    """
    standing = actor.standing
    if _is_latest(actor, contact) and contact.outcome != was:
        _expect_again(actor, contact)
        with as_system():
            others = actor.contacts.exclude(pk=contact.pk).order_by("at", "id")
            earlier = list(others.values_list("outcome", flat=True))
        if standing == _standing_after([*earlier, was]):
            standing = _standing_after([*earlier, contact.outcome])
        else:
            standing = _standing_after([contact.outcome], standing)
    _save_moved(by, actor, standing)


def _is_latest(actor: Actor, contact: Contact) -> bool:
    """Note when the actor was last spoken to, and say whether it was in this contact."""
    with as_system():  # when somebody talked is no secret, what they said is
        actor.last_contact_at = actor.contacts.order_by("-at").values_list("at", flat=True).first()
    return contact.at == actor.last_contact_at


def _expect_again(actor: Actor, contact: Contact) -> None:
    if contact.outcome:
        actor.next_touch = rhythms.next_touch(contact.outcome, timezone.localdate(contact.at))


def _standing_after(outcomes: Iterable[str], standing: str = Actor.Standing.UNKNOWN) -> str:
    """Tell how somebody stands to us after these outcomes, one after the other."""
    for outcome in outcomes:
        wanted = _STANDINGS.get(outcome)  # type: ignore[call-overload]
        if wanted is not None and standing in _OVERWRITES.get(outcome, set(Actor.Standing)):  # type: ignore[call-overload]
            standing = wanted
    return standing


def _save_moved(by: Agent, actor: Actor, standing: str) -> None:
    moved = standing != actor.standing
    actor.standing = standing
    actor.advance()
    actor.save()
    if moved:
        record(by, "actor.standing_changed", actor, fields=["standing"])
    ask_for_new_plan()


def _minute(at: datetime | None) -> datetime | None:
    return at.replace(second=0, microsecond=0) if at else None


def _spaces_reached(space: Space | None, actor: Actor | None) -> list[Space]:
    """Tell which space a contact was about: the one named, else the only one that the actor leads."""
    if space is not None:
        return [space]
    if actor is None:
        return []
    roles = Role.objects.present().filter(actor=actor, space__isnull=False)
    led = Space.objects.filter(pk__in=roles.values("space"))[:2]
    return list(led) if len(led) == 1 else []
