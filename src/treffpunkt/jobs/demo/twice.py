"""What was entered twice: one person, one group, one organisation still to be looked at, and one that is settled."""

from __future__ import annotations

from treffpunkt.network.models import Community, Organisation
from treffpunkt.network.services.actors import create_actor
from treffpunkt.network.services.merging import merge_records
from treffpunkt.network.services.organisations import create_organisation
from treffpunkt.network.services.spaces import create_space
from treffpunkt.network.services.suspecting import renew_suspects
from treffpunkt.people.models import Staff


def enter_twice(coordinator: Staff, community: Community) -> None:
    """Somebody wrote down in Latin letters whom others had entered in Arabic."""
    create_actor(
        by=coordinator, name="Rana Haddad", handle="rana.demo", languages=["ar", "de"], note="Abends am besten."
    )
    create_space(
        by=coordinator,
        name="نساء برلين - أسئلة وأجوبة",
        short_name="Frauen in Berlin",
        name_language="ar",
        address="https://www.facebook.com/groups/100200300400500",
        language="ar",
        communities=[community],
        women_only=True,
    )
    create_organisation(
        by=coordinator,
        name="Lindenhof Beratungshaus",
        website="http://www.organisation-1.example.org/",
        phone="030 23125 001",
        place=Organisation.objects.get(name="Beratungshaus Lindenhof").place,
        communities=[community],
    )
    harbour = Organisation.objects.get(name="Familienhafen")
    twin = create_organisation(
        by=coordinator, name="Familienhafen e. V.", phone="0711 23125 002", communities=[community]
    )
    merge_records(by=coordinator, kept=harbour, gone=twin, choices={"name": "kept"})


def look_for_twins() -> None:
    """Let the list be worked out, as it is every night."""
    renew_suspects()
