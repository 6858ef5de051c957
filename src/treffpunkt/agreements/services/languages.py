"""A colleague takes over a language from another: communities, people, agreements and promises at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from treffpunkt.agreements import rules
from treffpunkt.agreements.language import agreements_of
from treffpunkt.agreements.models import Commitment, GrantedRight
from treffpunkt.agreements.services.handing_over import hand_over_agreements, hand_over_successions
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.network.models import Actor, Community, Role
from treffpunkt.network.services.handing_over import hand_over_communities, hand_over_people
from treffpunkt.people.models import Staff
from treffpunkt.people.rules import may_manage_staff
from treffpunkt.tasks.services import create_task

_DAYS = 14


@dataclass(frozen=True)
class Handed:
    """How much was handed over."""

    people: int
    agreements: int
    promises: int
    # Rights that were granted to the leaver's own profiles: to be asked for anew.
    rights: int


@transaction.atomic
def hand_over_language(*, by: Agent, community: Community, leaver: Staff, to: Staff) -> Handed:
    """Let a colleague do what another did for a community; asked twice, nothing is left to do the second time.

    Rights granted to the leaver's own profiles cannot be handed over: they become a task, to ask for them anew.
    """
    require(may_manage_staff(by))
    if leaver.pk == to.pk or not rules.may_look_after(to):
        raise DomainError(_("Choose another colleague, who counsels or coordinates."))
    community = Community.objects.select_for_update(of=("self",)).get(pk=community.pk)
    led = Role.objects.filter(space__communities=community).values("actor")
    people = list(Actor.objects.filter(owner=leaver, pk__in=led).values_list("pk", flat=True))
    agreements = list(agreements_of(community).filter(owner=leaver).values_list("pk", flat=True))
    promises = Commitment.objects.filter(
        owner=leaver, state=Commitment.State.OPEN, agreement__in=agreements_of(community).values("pk")
    )
    # Most of them go with their agreements.
    promised = promises.count()
    worked = hand_over_communities(by=by, leaver=leaver, to=to, ids=[community.pk])
    told = hand_over_people(by=by, leaver=leaver, to=to, ids=people) if people else 0
    looked_after = hand_over_agreements(by=by, leaver=leaver, to=to, ids=agreements) if agreements else 0
    promises.update(owner=to)
    hand_over_successions(leaver=leaver, to=to, actor_ids=people)
    rights = GrantedRight.objects.filter(space__communities=community, profile__staff=leaver)
    number = rights.exclude(state=GrantedRight.State.ENDED).count()
    if worked or people or agreements or promised:
        record(by, "community.handed_over", community)
        if number:
            _ask_anew(by, community, to, number)
    return Handed(told, looked_after, promised, number)


def _ask_anew(by: Agent, community: Community, to: Staff, number: int) -> None:
    with translation.override(to.language):
        title = _("Rights that were granted to a former profile: ask for them anew (%(number)s)") % {"number": number}
    create_task(
        by=by, title=title, owner=to, due=today() + timedelta(days=_DAYS), about=community, language=to.language
    )
