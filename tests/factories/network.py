"""Communities, spaces and people for tests, made as people make them: through services."""

from __future__ import annotations

from itertools import count
from typing import Any

from treffpunkt.core.agent import SYSTEM
from treffpunkt.network.models import Actor, Community, Contact, Organisation, Profile, Role, Space
from treffpunkt.network.services.actors import create_actor
from treffpunkt.network.services.communities import create_community
from treffpunkt.network.services.contacts import log_contact
from treffpunkt.network.services.organisations import create_organisation
from treffpunkt.network.services.profiles import create_profile
from treffpunkt.network.services.roles import add_role
from treffpunkt.network.services.spaces import create_space
from treffpunkt.people.models import Staff
from treffpunkt.people.services import create_staff
from treffpunkt.vocabulary.models import Language, Platform

_number = count(1)


def a_language(tag: str = "ar") -> Language:
    """Give a language, made where the vocabulary is empty."""
    return Language.objects.get_or_create(tag=tag, defaults={"own_name": tag})[0]


def a_platform(key: str = "facebook") -> Platform:
    """Give a platform, made where the vocabulary is empty."""
    return Platform.objects.get_or_create(key=key, defaults={"name": key.capitalize()})[0]


def a_member_of_staff(*roles: str, **values: Any) -> Staff:
    """Make an account with these roles."""
    number = next(_number)
    given = {"email": f"team{number}@example.org", "name": f"Team {number}", "roles": list(roles)}
    return create_staff(by=SYSTEM, **(given | values))


def a_coordinator() -> Staff:
    """Make an account in coordination."""
    return a_member_of_staff("coordinator")


def a_counsellor(*communities: Community) -> Staff:
    """Make an account in counselling that works with these communities."""
    counsellor = a_member_of_staff("counsellor")
    for community in communities:
        community.counsellors.add(counsellor)
    return counsellor


def a_community(language: str = "ar", **values: Any) -> Community:
    """Make a language community."""
    given = {"name": f"Community {next(_number)}", "language": a_language(language)}
    return create_community(by=SYSTEM, **(given | values))


def a_space(*communities: Community, **values: Any) -> Space:
    """Enter a Facebook group."""
    number = next(_number)
    a_platform()
    given = {
        "name": f"Gruppe {number}",
        "address": f"https://www.facebook.com/groups/{1000 + number}",
        "communities": communities,
    }
    return create_space(by=values.pop("by", SYSTEM), **(given | values))


def an_actor(*spaces: Space, role: str = "administrator", **values: Any) -> Actor:
    """Enter a person who leads these spaces."""
    number = next(_number)
    actor = create_actor(by=values.pop("by", SYSTEM), **({"name": f"Amina {number}"} | values))
    for space in spaces:
        add_role(by=SYSTEM, actor=actor, space=space, role=role)
    return Actor.objects.get(pk=actor.pk)


def an_organisation(*communities: Community, **values: Any) -> Organisation:
    """Enter an organisation."""
    given = {"name": f"Verein {next(_number)}", "communities": communities}
    return create_organisation(by=values.pop("by", SYSTEM), **(given | values))


def a_profile(**values: Any) -> Profile:
    """Enter a professional profile, the team's unless somebody is named."""
    given = {"name": "Beratung", "platform": a_platform("instagram"), "address": f"@beratung{next(_number)}"}
    return create_profile(by=SYSTEM, **(given | values))


def a_contact(by: Staff, **values: Any) -> Contact:
    """Log a contact."""
    return log_contact(by=by, **({"note": "Wir haben über das Treffen gesprochen."} | values))


def role_of(actor: Actor, space: Space) -> Role:
    """Give the role of an actor in a space."""
    return Role.objects.get(actor=actor, space=space)
