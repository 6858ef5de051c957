"""Who sees and does what with agreements.

Whoever works with a community sees the agreements about its spaces; an agreement without a space is the
coordinators' and of whoever looks after it. A link shows exactly the agreement of its party.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from treffpunkt.agreements.models import (
    Agreement,
    AgreementVersion,
    Clause,
    Commitment,
    Evidence,
    GrantedRight,
    Measure,
    Party,
    Remark,
    Succession,
)
from treffpunkt.core.agent import Agent, LinkHolder, has_role, is_system
from treffpunkt.network.models import Space
from treffpunkt.network.rules import communities_of, may_edit_actor, viewable_actors
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import covered_ids

COORDINATION = "coordinator"
COUNSELLING = "counsellor"
PURPOSE = "agreement"
# The link by which somebody who leaves says whom we may speak to, and the one that shows what we did for a group.
SUCCESSION = "succession"
DID = "did"


def viewable(by: Agent) -> QuerySet[Agreement]:
    """Staff see what is agreed about their communities' spaces and what they look after; a link shows its own."""
    if is_system(by) or has_role(by, COORDINATION):
        return Agreement.objects.all()
    if isinstance(by, LinkHolder):
        return Agreement.objects.filter(Exists(_held(by).filter(agreement=OuterRef("pk"))))
    if by.agent_kind != "staff":
        return Agreement.objects.none()
    theirs = Space.communities.through.objects.filter(
        community__in=communities_of(by).values("pk"), space=OuterRef("space")
    )
    about = Agreement.spaces.through.objects.filter(Exists(theirs), agreement=OuterRef("pk"))
    return Agreement.objects.filter(Exists(about) | Q(owner=by.agent_id) | Q(owner__in=covered_ids(by)))


def viewable_parties(by: Agent) -> QuerySet[Party]:
    """Staff see the parties of the agreements they see; the holder of a link is one of them and sees no other."""
    if isinstance(by, LinkHolder):
        return _held(by)
    return Party.objects.filter(_of(by))


def viewable_versions(by: Agent) -> QuerySet[AgreementVersion]:
    """Staff see every text of an agreement; the holder of a link what was put before them."""
    versions = AgreementVersion.objects.filter(_of(by))
    if isinstance(by, LinkHolder):
        return versions.filter(Exists(_held(by).filter(offers__version=OuterRef("pk"))))
    return versions


def viewable_rights(by: Agent) -> QuerySet[GrantedRight]:
    """List the granted rights of the agreements one sees."""
    return GrantedRight.objects.filter(_of(by)) if _is_inside(by) else GrantedRight.objects.none()


def viewable_commitments(by: Agent) -> QuerySet[Commitment]:
    """List the promises of the agreements one sees."""
    return Commitment.objects.filter(_of(by)) if _is_inside(by) else Commitment.objects.none()


def viewable_remarks(by: Agent) -> QuerySet[Remark]:
    """Staff see every question and proposal; the holder of a link their own and our answers to them."""
    if isinstance(by, LinkHolder):
        return Remark.objects.filter(party__in=_held(by).values("pk"))
    return Remark.objects.filter(_of(by))


def viewable_evidence(by: Agent) -> QuerySet[Evidence]:
    """Only those who work on an agreement see its evidence: coordination, who looks after it, who kept it."""
    if is_system(by) or has_role(by, COORDINATION):
        return Evidence.objects.all()
    if by.agent_kind != "staff":
        return Evidence.objects.none()
    theirs = Agreement.objects.filter(_looked_after(by)).values("pk")
    return Evidence.objects.filter(Q(agreement__in=theirs) | Q(kept_by=by.agent_id))


def viewable_clauses(by: Agent) -> QuerySet[Clause]:
    """Staff see the sentences from which agreements are made."""
    return Clause.objects.all() if _is_inside(by) else Clause.objects.none()


def may_create(by: Agent) -> bool:
    """Coordination and counselling prepare agreements."""
    return is_system(by) or has_role(by, COORDINATION, COUNSELLING)


def may_edit(by: Agent, agreement: Agreement) -> bool:
    """Coordination, who looks after it, and who stands in for them compose, offer and end an agreement."""
    if is_system(by) or has_role(by, COORDINATION):
        return True
    if not has_role(by, COUNSELLING):
        return False
    return Agreement.objects.filter(_looked_after(by), pk=agreement.pk).exists()


def may_edit_clauses(by: Agent) -> bool:
    """Coordination keeps the sentences from which agreements are made."""
    return is_system(by) or has_role(by, COORDINATION)


def may_note(by: Agent, agreement: Agreement) -> bool:
    """Whoever counsels where an agreement holds notes whether rights work and promises are kept."""
    return may_create(by) and (is_system(by) or viewable(by).filter(pk=agreement.pk).exists())


def may_answer(by: Agent, party: Party) -> bool:
    """The holder of a link answers for themselves, and nobody in their place."""
    return isinstance(by, LinkHolder) and by.purpose == PURPOSE and by.subject_id == party.pk and not party.left


def may_withdraw(by: Agent, party: Party) -> bool:
    """A party ends it through their link; who looks after it notes it where they said so."""
    return may_answer(by, party) or may_edit(by, party.agreement)


def may_look_after(staff: Staff) -> bool:
    """Say whether somebody may be asked to look after agreements."""
    return staff.is_active and bool({COORDINATION, COUNSELLING} & set(staff.roles))


def viewable_successions(by: Agent) -> QuerySet[Succession]:
    """Whoever sees the person sees what they said about others; the holder of a link only that they are asked."""
    if isinstance(by, LinkHolder):
        mine = Succession.objects.filter(pk=by.subject_id, actor__erased_at=None)
        return mine if by.purpose == SUCCESSION else Succession.objects.none()
    if not may_watch(by):
        return Succession.objects.none()
    return Succession.objects.filter(actor__in=viewable_actors(by).filter(erased_at=None).values("pk"))


def party_told(by: Agent) -> QuerySet[Party]:
    """The holder of a link sees what we did for the groups of exactly that party, while the agreement runs."""
    if not isinstance(by, LinkHolder) or by.purpose != DID:
        return Party.objects.none()
    running = (Agreement.State.IN_FORCE, Agreement.State.SUSPENDED)
    return Party.objects.filter(pk=by.subject_id, left="", agreement__state__in=running)


def viewable_measures(by: Agent) -> QuerySet[Measure]:
    """List what was done about topics of the agreements one sees."""
    return Measure.objects.filter(_of(by)) if _is_inside(by) else Measure.objects.none()


def may_watch(by: Agent) -> bool:
    """Coordination and counselling watch over access: rights, promises, who leaves."""
    return may_create(by)


def may_set_thresholds(by: Agent) -> bool:
    """Coordination says from when on the radar speaks of something."""
    return may_edit_clauses(by)


def may_settle(by: Agent, succession: Succession) -> bool:
    """Whoever keeps the person's record settles who follows them."""
    return may_watch(by) and may_edit_actor(by, succession.actor)


def may_answer_succession(by: Agent, succession: Succession) -> bool:
    """They answer through their link, or one of us notes what they said."""
    if isinstance(by, LinkHolder):
        return by.purpose == SUCCESSION and by.subject_id == succession.pk and succession.actor.erased_at is None
    return may_settle(by, succession)


def _held(by: LinkHolder) -> QuerySet[Party]:
    if by.purpose != PURPOSE:
        return Party.objects.none()
    return Party.objects.filter(pk=by.subject_id)


def _of(by: Agent) -> Q:
    return Q(agreement__in=viewable(by).values("pk"))


def _looked_after(by: Agent) -> Q:
    return Q(owner=by.agent_id) | Q(owner__in=covered_ids(by))


def _is_inside(by: Any) -> bool:
    return by.agent_kind in ("staff", "system")
