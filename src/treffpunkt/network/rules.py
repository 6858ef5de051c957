"""Who sees and changes communities, spaces, actors, organisations and the contact log.

Spaces and organisations have communities; actors follow from their roles in them. A record without a community is
the coordinators', an actor without a role is the coordinators' and of whoever of us knows them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from treffpunkt.core.agent import Agent, has_role, is_system
from treffpunkt.network.models import (
    Actor,
    Community,
    Contact,
    Merge,
    Organisation,
    Profile,
    Role,
    Space,
    Suspect,
)
from treffpunkt.people.queries import covered_ids

COORDINATION = "coordinator"
COUNSELLING = "counsellor"


def sees_all(by: Agent) -> bool:
    """Coordination and the system work with every community."""
    return is_system(by) or has_role(by, COORDINATION)


def communities_of(by: Agent) -> QuerySet[Community]:
    """List the communities one works with: all for coordination, else where one is counsellor or stands in for one."""
    if sees_all(by):
        return Community.objects.all()
    if by.agent_kind != "staff":
        return Community.objects.none()
    counselling = Community.counsellors.through.objects.filter(works(by), community=OuterRef("pk"))
    return Community.objects.filter(Exists(counselling))


def viewable_spaces(by: Agent) -> QuerySet[Space]:
    """Whoever works with a community sees its spaces."""
    if sees_all(by):
        return Space.objects.all()
    if by.agent_kind != "staff":
        return Space.objects.none()
    return Space.objects.filter(Exists(_of_communities(Space, "space", by, OuterRef("pk"))))


def viewable_organisations(by: Agent) -> QuerySet[Organisation]:
    """Whoever works with a community sees the organisations that work with it."""
    if sees_all(by):
        return Organisation.objects.all()
    if by.agent_kind != "staff":
        return Organisation.objects.none()
    return Organisation.objects.filter(Exists(_of_communities(Organisation, "organisation", by, OuterRef("pk"))))


def viewable_actors(by: Agent) -> QuerySet[Actor]:
    """Whoever sees one of an actor's spaces or organisations, present or past, sees the actor; so does its owner."""
    if sees_all(by):
        return Actor.objects.all()
    if by.agent_kind != "staff":
        return Actor.objects.none()
    roles = Role.objects.filter(actor=OuterRef("pk"))
    in_space = roles.filter(Exists(_of_communities(Space, "space", by, OuterRef("space"))))
    in_organisation = roles.filter(Exists(_of_communities(Organisation, "organisation", by, OuterRef("organisation"))))
    return Actor.objects.filter(Exists(in_space) | Exists(in_organisation) | Q(owner=by.agent_id))


def viewable_contacts(by: Agent) -> QuerySet[Contact]:
    """Whoever sees the actor, space or organisation sees the log; confidential entries stay with their note-taker."""
    if is_system(by):
        return Contact.objects.all()
    if by.agent_kind != "staff":
        return Contact.objects.none()
    open_to_others = Contact.objects.filter(Q(confidential=False) | Q(staff=by.agent_id))
    if sees_all(by):
        return open_to_others
    return open_to_others.filter(
        Q(staff=by.agent_id)
        | Exists(viewable_spaces(by).filter(pk=OuterRef("space")))
        | Exists(viewable_actors(by).filter(pk=OuterRef("actor")))
        | Exists(viewable_organisations(by).filter(pk=OuterRef("organisation")))
    )


def viewable_profiles(by: Agent) -> QuerySet[Profile]:
    """Coordination sees every professional profile, others their own, those they stand in for and the team's."""
    if sees_all(by):
        return Profile.objects.all()
    if not has_role(by, COUNSELLING):
        return Profile.objects.none()
    return Profile.objects.filter(Q(staff=None) | works(by))


def may_edit_profile(by: Agent, profile: Profile) -> bool:
    """Coordination keeps every profile up to date, others those they see."""
    return sees_all(by) or viewable_profiles(by).filter(pk=profile.pk).exists()


def may_create(by: Agent) -> bool:
    """Coordination and counselling enter spaces, actors, organisations and contacts."""
    return is_system(by) or has_role(by, COORDINATION, COUNSELLING)


def may_edit_communities(by: Agent) -> bool:
    """Coordination makes communities and says who works with them."""
    return sees_all(by)


def may_edit_space(by: Agent, space: Space) -> bool:
    """Whoever counsels in one of its communities keeps a space up to date."""
    return sees_all(by) or (may_create(by) and viewable_spaces(by).filter(pk=space.pk).exists())


def may_edit_actor(by: Agent, actor: Actor) -> bool:
    """Whoever counsels in one of an actor's communities, or knows them, keeps the record, until it is erased."""
    if actor.erased_at is not None:
        return False
    return sees_all(by) or (may_create(by) and viewable_actors(by).filter(pk=actor.pk).exists())


def may_edit_organisation(by: Agent, organisation: Organisation) -> bool:
    """Whoever counsels in one of its communities keeps an organisation up to date."""
    return sees_all(by) or (may_create(by) and viewable_organisations(by).filter(pk=organisation.pk).exists())


def may_edit(by: Agent, record: Any) -> bool:
    """Say whether one keeps a space, an actor or an organisation up to date."""
    if isinstance(record, Space):
        return may_edit_space(by, record)
    if isinstance(record, Actor):
        return may_edit_actor(by, record)
    return isinstance(record, Organisation) and may_edit_organisation(by, record)


def may_merge(by: Agent, one: Any, other: Any) -> bool:
    """Whoever keeps both records up to date makes one of them; an erased person is nobody's duplicate."""
    erased = any(getattr(record, "erased_at", None) for record in (one, other))
    return not erased and may_edit(by, one) and may_edit(by, other)


def may_undo_merge(by: Agent, merge: Merge, kept: Any) -> bool:
    """Coordination takes a merge back, and whoever made it, as long as they keep the record up to date."""
    made_it = by.agent_kind == "staff" and merge.staff_id == by.agent_id
    return may_edit(by, kept) and (sees_all(by) or made_it)


def viewable_merges(by: Agent) -> QuerySet[Merge]:
    """Coordination sees what was merged, and everybody what they merged themselves, where they see the record."""
    if sees_all(by):
        return Merge.objects.all()
    if by.agent_kind != "staff":
        return Merge.objects.none()
    return Merge.objects.filter(_seen_in(by, "record"), staff=by.agent_id)


def viewable_suspects(by: Agent) -> QuerySet[Suspect]:
    """Whoever sees both records sees that they may be the same."""
    if sees_all(by):
        return Suspect.objects.all()
    if not may_create(by):
        return Suspect.objects.none()
    return Suspect.objects.filter(_seen_in(by, "one"), _seen_in(by, "other"))


def _seen_in(by: Agent, name: str) -> Q:
    """Hold where one sees the record that a row names."""
    which = OuterRef(f"{name}_id")
    return (
        Q(Exists(viewable_actors(by).filter(pk=which)), record_kind="network.actor")
        | Q(Exists(viewable_spaces(by).filter(pk=which)), record_kind="network.space")
        | Q(Exists(viewable_organisations(by).filter(pk=which)), record_kind="network.organisation")
    )


def may_edit_contact(by: Agent, contact: Contact) -> bool:
    """Whoever wrote an entry of the log changes it; coordination may, where it is not confidential."""
    if is_system(by) or (by.agent_kind == "staff" and contact.staff_id == by.agent_id):
        return True
    return has_role(by, COORDINATION) and not contact.confidential


def may_erase_actor(by: Agent, actor: Actor) -> bool:
    """Coordination erases what is stored about a person, and so do they themselves by their link; once is enough."""
    return actor.erased_at is None and (sees_all(by) or is_themselves(by, actor))


def may_export_actor(by: Agent, actor: Actor) -> bool:
    """Coordination and whoever of us knows them hand out what is stored about a person, or they take it themselves."""
    return sees_all(by) or is_themselves(by, actor) or (may_create(by) and actor.owner_id == by.agent_id)


def may_tell(by: Agent) -> bool:
    """Whoever enters people tells them so."""
    return may_create(by)


def may_lay_out(by: Agent) -> bool:
    """Whoever enters records keeps where new ones lie on the map."""
    return may_create(by)


def may_lay_out_anew(by: Agent) -> bool:
    """Coordination lays the whole map out anew, for everybody."""
    return sees_all(by)


def may_take_names(by: Agent) -> bool:
    """Whoever enters people may take the names they see out of the house, for a reason that is kept."""
    return by.agent_kind == "staff" and may_create(by)


def may_see_handouts(by: Agent) -> bool:
    """Coordination sees who took names, and why."""
    return sees_all(by)


def is_themselves(by: Agent, actor: Actor) -> bool:
    """Say whether it is the person who acts, by a link that was given to nobody else."""
    return by.agent_kind == "link" and by.agent_id is not None and by.agent_id == actor.pk


def works(by: Agent) -> Q:
    """Say who counsels as oneself: oneself, and whoever one stands in for today."""
    return Q(staff=by.agent_id) | Q(staff__in=covered_ids(by))


def _of_communities(model: Any, name: str, by: Agent, which: OuterRef) -> QuerySet[Any]:
    """Give the links from a record to the communities one works with."""
    counselling = Community.counsellors.through.objects.filter(works(by), community=OuterRef("community"))
    links: QuerySet[Any] = model.communities.through.objects.filter(Exists(counselling), **{name: which})
    return links
