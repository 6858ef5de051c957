"""What goes on between the meetings of the demo story: who is entered, found, talked to, told, and who leaves."""

from __future__ import annotations

from datetime import date, timedelta

from treffpunkt.core.clock import as_of
from treffpunkt.core.clock import today as this_day
from treffpunkt.jobs.demo.cast import Cast, place
from treffpunkt.jobs.demo.figures import tell_figures, tell_move
from treffpunkt.jobs.demo.found import FOUND
from treffpunkt.jobs.demo.moments import moment
from treffpunkt.jobs.demo.organisations import ORGANISATIONS
from treffpunkt.network.models import Actor
from treffpunkt.network.services import bulk
from treffpunkt.network.services.contacts import log_contact
from treffpunkt.network.services.organisations import create_organisation
from treffpunkt.network.services.roles import add_role, end_role
from treffpunkt.network.services.spaces import check_space
from treffpunkt.network.services.telling import note_told
from treffpunkt.people.models import Staff

# Three people of whom somebody told us lately, who do not know yet that they are stored.
NEWCOMERS = (
    {"name": "Amara Eze", "handle": "amara.demo", "languages": ["en"], "channels": [("mail", "amara.eze@example.org")]},
    {"name": "Inés Robles", "handle": "ines.demo", "languages": ["es"], "channels": [("telegram", "ines_demo")]},
    {
        "name": "Милица Јовић",
        "handle": "milica.demo",
        "languages": ["sr"],
        "channels": [("mail", "milica@example.org")],
    },
)
# Who moderates a group of another community: community and person, community and group.
BRIDGES = ((2, 11, 1, 5), (2, 15, 0, 6), (1, 16, 4, 8), (3, 17, 1, 2), (0, 2, 2, 3))


def enter_organisations(coordinator: Staff, cast: list[Cast]) -> None:
    """Those who help all communities."""
    communities = [one.community for one in cast]
    for number, (name, kind, german, english_text, town) in enumerate(ORGANISATIONS):
        create_organisation(
            by=coordinator,
            name=name,
            organisation_kind=kind,
            purpose={"de": german, "en": english_text},
            website=f"https://organisation-{number + 1}.example.org",
            place=place(town),
            communities=communities,
        )


def let_people_bridge(coordinator: Staff, cast: list[Cast]) -> None:
    """A few people moderate groups of another community as well."""
    with as_of(moment(date(2021, 3, 8))):
        for number, position, other, space in BRIDGES:
            add_role(
                by=coordinator,
                actor=cast[number].actors[position],
                space=cast[other].spaces[space],
                role="moderator",
                evidence="in der Gruppe genannt",
            )


def live_on(cast: list[Cast]) -> None:
    """Everyday work of the last months: contacts, rounds, a task or two."""
    for number, one in enumerate(cast):
        for back, note in enumerate(one.world.contacts):
            day = this_day() - timedelta(days=12 + 23 * back + number)
            asked = [
                actor for actor, person in zip(one.actors, one.world.people, strict=True) if person.standing == "asked"
            ]
            with as_of(moment(day, 15, 20)):
                log_contact(
                    by=one.counsellor,
                    actor=asked[back % len(asked)],
                    at=moment(day, 15),
                    channel_kind="messenger",
                    note=note,
                    language=one.world.language if note[0] not in "THA" else "de",
                    outcome="interested" if back else "talked",
                    keep_findings=True,
                )
        for position, space in enumerate(one.spaces[:9]):
            with as_of(moment(this_day() - timedelta(days=3 + 17 * position), 16)):
                check_space(by=one.counsellor, space=space, members=space.members)
    tell_figures([one.spaces for one in cast])
    tell_move(cast[2].counsellor, cast[2].spaces[5])


def find_groups(cast: list[Cast]) -> None:
    """Some weeks ago counsellors looked for further groups; nobody has talked to those who lead them."""
    with as_of(moment(this_day() - timedelta(days=47), 14)):
        for number, (groups, people) in FOUND.items():
            cast[number].find(groups, people)


def tell_of_it(coordinator: Staff) -> None:
    """Everybody knows that they are stored, but for three who came in last month."""
    with as_of(moment(this_day() - timedelta(days=40))):
        note_told(by=coordinator, ids=list(Actor.objects.values_list("pk", flat=True)), how="talk")
    with as_of(moment(this_day() - timedelta(days=24))):
        bulk.create_actors(by=coordinator, rows=[dict(row) for row in NEWCOMERS])


def lose_a_key(one: Cast, day: date) -> None:
    """The only administrator of the first group says that she will stop."""
    with as_of(moment(day - timedelta(days=2), 19)):
        role = one.spaces[0].roles.get()
        end_role(by=one.counsellor, role=role, until=day + timedelta(days=7))
        log_contact(
            by=one.counsellor,
            actor=one.actors[0],
            space=one.spaces[0],
            at=moment(day - timedelta(days=2), 18, 40),
            channel_kind="mail",
            direction="in",
            note="Hört aus Zeitgründen auf und sucht jemanden, der die Gruppe übernimmt.",
            language="de",
            outcome="talked",
            next_step="Fragen, wen wir noch ansprechen dürfen",
        )
