"""How the demo story is told: in the order in which it happened, each step as of its own day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from treffpunkt.core.agent import SYSTEM, LinkHolder
from treffpunkt.core.clock import as_of
from treffpunkt.core.clock import today as this_day
from treffpunkt.jobs.demo import access, arabic, english, french, serbian, spanish
from treffpunkt.jobs.demo.agreements import make_agreements
from treffpunkt.jobs.demo.along import let_explain, write_along
from treffpunkt.jobs.demo.dates import look_for_a_date, put_into_a_wave
from treffpunkt.jobs.demo.figures import tell_figures, tell_move
from treffpunkt.jobs.demo.found import FOUND
from treffpunkt.jobs.demo.minutes import let_minutes_be_corrected
from treffpunkt.jobs.demo.organisations import ORGANISATIONS
from treffpunkt.jobs.demo.profiles import create_profiles
from treffpunkt.jobs.demo.thanks import give_thanks
from treffpunkt.jobs.demo.twice import enter_twice, look_for_twins
from treffpunkt.jobs.demo.world import Group, Person, Said, World
from treffpunkt.meetings.models import Invitation, Meeting, Series, Statement
from treffpunkt.meetings.services import invitations as inviting
from treffpunkt.meetings.services import meetings as holding
from treffpunkt.meetings.services import minutes as closing
from treffpunkt.meetings.services import notes as noting
from treffpunkt.meetings.services.needs import answer_with_needs
from treffpunkt.meetings.services.series import create_series
from treffpunkt.network.models import Actor, Community, Space
from treffpunkt.network.services import bulk
from treffpunkt.network.services.communities import create_community
from treffpunkt.network.services.contacts import log_contact
from treffpunkt.network.services.map import hand_out_names
from treffpunkt.network.services.organisations import create_organisation
from treffpunkt.network.services.plan import renew_plan
from treffpunkt.network.services.roles import add_role, end_role
from treffpunkt.network.services.spaces import check_space, move_space
from treffpunkt.network.services.telling import note_told
from treffpunkt.people.models import Role as StaffRole
from treffpunkt.people.models import Staff
from treffpunkt.people.services import create_staff
from treffpunkt.post.delivery import deliver_due
from treffpunkt.post.models import Message
from treffpunkt.post.services import mark_sent
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.services import close_task, create_task
from treffpunkt.vocabulary.models import Place

WORLDS = (arabic.WORLD, english.WORLD, french.WORLD, serbian.WORLD, spanish.WORLD)
COORDINATION = ("koordination@example.org", "Miriam Brandt", [StaffRole.COORDINATOR], ["de", "en"])
STAFF = (
    ("beratung.arabisch@example.org", "Hala Aziz", [StaffRole.COUNSELLOR], ["ar", "de"]),
    ("beratung.englisch@example.org", "Esther Mensah", [StaffRole.COUNSELLOR], ["en", "de"]),
    ("beratung.franzoesisch@example.org", "Nathalie Kouam", [StaffRole.COUNSELLOR], ["fr", "de"]),
    ("beratung.serbisch@example.org", "Dragana Popović", [StaffRole.COUNSELLOR], ["sr", "de"]),
    ("beratung.spanisch@example.org", "Ana Beltrán", [StaffRole.COUNSELLOR], ["es", "de"]),
    ("recht@example.org", "Jutta Sommer", [StaffRole.LEGAL_REVIEWER], ["de"]),
    ("system@example.org", "Peter Lang", [StaffRole.SYSTEM_ADMINISTRATOR], ["de", "en"]),
)
ADDRESSES = {
    "facebook": "https://www.facebook.com/groups/treffpunkt.demo.{}",
    "instagram": "https://www.instagram.com/treffpunkt.demo.{}",
    "telegram": "https://t.me/treffpunkt_demo_{}",
    "youtube": "https://www.youtube.com/@treffpunkt-demo-{}",
    "whatsapp": "https://chat.whatsapp.com/TreffpunktDemo{}",
    "blog": "https://blog-{}.example.org",
}
# What the public page calls a season of meetings.
SEASONS = {
    "de": "Netzwerktreffen", "en": "Networking meetings", "ar": "لقاءات التواصل والتعاون", "fr": "Rencontres du réseau",
    "sr": "Сусрети за умрежавање", "es": "Encuentros de la red",
}  # fmt: skip
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
STEPS = {"contacted": ("contacted",), "joined": ("contacted", "joined"), "cooperating": ("contacted", "joined", "cooperating"), "dormant": ("contacted", "dormant")}  # fmt: skip
# Who moderates a group of another community: community and person, community and group.
BRIDGES = ((2, 11, 1, 5), (2, 15, 0, 6), (1, 16, 4, 8), (3, 17, 1, 2), (0, 2, 2, 3))
# What the first guests of a coming meeting need, by their place on the list.
NEEDS: dict[int, dict[str, Any]] = {
    0: {"companions": 1},
    1: {"interpreting": "fa"},
    3: {"sign_language": True, "companions": 1},
}
FIRST_SEASON = ((2021, 5, 20), (2021, 6, 10), (2021, 7, 8), (2021, 8, 19), (2021, 9, 16))


def is_empty() -> bool:
    """Say whether nobody has worked with this database yet."""
    return not Staff.objects.exists() and not Community.objects.exists()


@transaction.atomic
def tell() -> None:
    """Tell the whole story, or nothing of it."""
    with as_of(_moment(date(2021, 3, 1))):
        coordinator = _account(*COORDINATION)
        counsellors = [_account(*account) for account in STAFF]
        cast = [Cast(coordinator, staff, world) for staff, world in zip(counsellors, WORLDS, strict=False)]
        _organisations(coordinator, cast)
        create_profiles(coordinator, counsellors)
    _bridges(coordinator, cast)
    _first_season(coordinator, cast)
    access.conclude(cast)
    _between(cast)
    _this_season(coordinator, cast)
    _found(cast)
    with as_of(_moment(this_day() - timedelta(days=45))):
        enter_twice(coordinator, cast[0].community)
    access.practise(cast)
    make_agreements(cast)
    _told_of_it(coordinator)
    renew_plan()
    look_for_twins()


def _account(email: str, name: str, roles: Sequence[str], spoken: Sequence[str]) -> Staff:
    return create_staff(by=SYSTEM, email=email, name=name, roles=roles, spoken=spoken)


def _moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def _place(name: str) -> Place | None:
    return Place.objects.filter(country="DE", name=name).order_by("-population").first() if name else None


class Cast:
    """A community with its records, as the story goes on."""

    def __init__(self, coordinator: Staff, counsellor: Staff, world: World) -> None:
        self.coordinator, self.counsellor, self.world = coordinator, counsellor, world
        self.community = create_community(
            by=coordinator,
            name=world.name,
            language=world.language,
            countries=world.countries,
            platforms=world.platforms,
            counsellors=[counsellor],
        )
        self.spaces = self._spaces()
        self.actors = self._actors()
        self._lead()

    def find(self, groups: Sequence[Group], people: Sequence[Person]) -> None:
        """Enter groups that were found, and who leads them."""
        first = len(self.world.groups) + 1
        rows = [self._space_row(number, group) for number, group in enumerate(groups, start=first)]
        spaces = bulk.create_spaces(by=self.counsellor, rows=rows)
        actors = bulk.create_actors(by=self.counsellor, rows=[self._actor_row(person) for person in people])
        roles = [
            {"actor": actors[position], "space": space, "role": "administrator"}
            for space, group in zip(spaces, groups, strict=True)
            for position in group.led_by
        ]
        bulk.create_roles(by=self.coordinator, rows=roles)

    def _spaces(self) -> list[Space]:
        rows = [self._space_row(number, group) for number, group in enumerate(self.world.groups, start=1)]
        spaces = bulk.create_spaces(by=self.coordinator, rows=rows)
        for space, group in zip(spaces, self.world.groups, strict=True):
            for state in STEPS.get(group.state, ()):
                reason = "Seit Monaten kein neuer Beitrag." if state == "dormant" else ""
                move_space(by=self.counsellor, space=space, state=state, reason=reason)
        return spaces

    def _space_row(self, number: int, group: Group) -> dict[str, object]:
        slug = f"{self.world.language}{number}"
        return {
            "name": group.name,
            "short_name": group.short,
            "name_language": self.world.language,
            "platform": group.platform,
            "space_kind": group.kind,
            "address": ADDRESSES[group.platform].format(slug),
            "language": self.world.language,
            "communities": [self.community],
            "members": group.members,
            "content": group.about,
            "rules": group.rules,
            "women_only": group.women,
            "visibility": "closed" if group.women else "open",
            "place": _place(group.place),
        }

    def _actors(self) -> list[Actor]:
        return bulk.create_actors(
            by=self.coordinator,
            rows=[self._actor_row(person) for person in self.world.people],
        )

    def _actor_row(self, person: Person) -> dict[str, object]:
        address = f"{person.handle.replace('_', '.')}@example.org" if person.by == "mail" else person.handle
        if person.by == "whatsapp":
            # A number of the range that the Bundesnetzagentur keeps free for films and stories.
            number = sum(map(ord, person.handle)) % 90 + 10
            address = f"+49 30 23125 0{number}"
        return {
            "name": person.name,
            "reading": person.reading,
            "handle": person.handle,
            "languages": [self.world.language],
            "actor_kind": "administrator",
            "owner": self.counsellor if person.standing in ("won", "asked") else None,
            "standing": person.standing,
            "channels": [(person.by, address)],
            "consent_for": "Einladungen und Protokolle" if person.standing == "won" else "",
            "consent_how": "im Gespräch" if person.standing == "won" else "",
            "consent_at": date(2021, 3, 1) if person.standing == "won" else None,
        }

    def _lead(self) -> None:
        rows = [
            {"actor": self.actors[position], "space": space, "role": "administrator"}
            for space, group in zip(self.spaces, self.world.groups, strict=True)
            for position in group.led_by
        ]
        bulk.create_roles(by=self.coordinator, rows=rows)

    @property
    def guests(self) -> list[Actor]:
        """Give the people who may be invited."""
        return [
            actor for actor, person in zip(self.actors, self.world.people, strict=True) if person.standing != "declined"
        ]


def _organisations(coordinator: Staff, cast: list[Cast]) -> None:
    communities = [one.community for one in cast]
    for number, (name, kind, german, english_text, town) in enumerate(ORGANISATIONS):
        create_organisation(
            by=coordinator,
            name=name,
            organisation_kind=kind,
            purpose={"de": german, "en": english_text},
            website=f"https://organisation-{number + 1}.example.org",
            place=_place(town),
            communities=communities,
        )


def _bridges(coordinator: Staff, cast: list[Cast]) -> None:
    """A few people moderate groups of another community as well."""
    with as_of(_moment(date(2021, 3, 8))):
        for number, position, other, space in BRIDGES:
            add_role(
                by=coordinator,
                actor=cast[number].actors[position],
                space=cast[other].spaces[space],
                role="moderator",
                evidence="in der Gruppe genannt",
            )


def _first_season(coordinator: Staff, cast: list[Cast]) -> None:
    with as_of(_moment(date(2021, 3, 15))):
        series = _series(coordinator, cast, "Netzwerktreffen 2021", date(2021, 5, 1), date(2021, 9, 30))
    for one, day in zip(cast, FIRST_SEASON, strict=True):
        _whole_meeting(one, series, date(*day), guests=8, come=6)


def _between(cast: list[Cast]) -> None:
    """Everyday work of the last months: contacts, rounds, a task or two."""
    for number, one in enumerate(cast):
        for back, note in enumerate(one.world.contacts):
            day = this_day() - timedelta(days=12 + 23 * back + number)
            asked = [
                actor for actor, person in zip(one.actors, one.world.people, strict=True) if person.standing == "asked"
            ]
            with as_of(_moment(day, 15, 20)):
                log_contact(
                    by=one.counsellor,
                    actor=asked[back % len(asked)],
                    at=_moment(day, 15),
                    channel_kind="messenger",
                    note=note,
                    language=one.world.language if note[0] not in "THA" else "de",
                    outcome="interested" if back else "talked",
                    keep_findings=True,
                )
        for position, space in enumerate(one.spaces[:9]):
            with as_of(_moment(this_day() - timedelta(days=3 + 17 * position), 16)):
                check_space(by=one.counsellor, space=space, members=space.members)
    tell_figures([one.spaces for one in cast])
    tell_move(cast[2].counsellor, cast[2].spaces[5])


def _this_season(coordinator: Staff, cast: list[Cast]) -> None:
    day = this_day()
    with as_of(_moment(day - timedelta(days=60))):
        series = _series(
            coordinator, cast, f"Netzwerktreffen {day.year}", day - timedelta(days=50), day + timedelta(days=60)
        )
    arabs, english_speakers, french_speakers, serbs, spaniards = cast
    _first_of_season(spaniards, series, day - timedelta(days=48))
    _whole_meeting(spaniards, series, day - timedelta(days=20), guests=14, come=9)
    give_thanks(coordinator, spaniards.world, day - timedelta(days=16))
    corrected = _held_meeting(arabs, series, day - timedelta(days=9), guests=5, come=4)
    let_minutes_be_corrected(coordinator, corrected, arabs.world, _moment(day - timedelta(days=7), 10))
    _held_meeting(serbs, series, day - timedelta(days=5), guests=15, come=10, along=True)
    arab_meeting = _coming_meeting(arabs, series, day + timedelta(days=3), guests=17, answers=12, ago=9, seats=8)
    asked = _moment(day - timedelta(days=6))
    let_explain(coordinator, arab_meeting, asked=asked, answered=asked + timedelta(days=2))
    coming = _coming_meeting(english_speakers, series, day + timedelta(days=24), guests=15, answers=3, ago=1)
    with as_of(_moment(day - timedelta(days=1), 15)):
        put_into_a_wave(english_speakers.coordinator, coming, english_speakers.guests[15:18], day + timedelta(days=7))
    with as_of(_moment(day - timedelta(days=4))):
        planned = _plan_meeting(french_speakers, series, day + timedelta(days=38))
    look_for_a_date(french_speakers.coordinator, planned, french_speakers.guests[:9])
    _losing_a_key(arabs, day)
    with as_of(_moment(day - timedelta(days=12))):
        hand_out_names(
            by=coordinator,
            file_format="png",
            reason="Vorstellung des arabischsprachigen Netzwerks bei der Leitung",
            people=[actor.pk for actor in arabs.actors],
        )
    with as_of(_moment(day - timedelta(days=6))):
        create_task(
            by=coordinator,
            title="Profil für die Telegram-Kanäle einrichten",
            owner=arabs.counsellor,
            due=day,
            about=arabs.spaces[5],
        )
        create_task(
            by=coordinator,
            title="Raum für das Treffen im Januar anfragen",
            owner=coordinator,
            due=day - timedelta(days=1),
        )


def _found(cast: list[Cast]) -> None:
    """Some weeks ago counsellors looked for further groups; nobody has talked to those who lead them."""
    with as_of(_moment(this_day() - timedelta(days=47), 14)):
        for number, (groups, people) in FOUND.items():
            cast[number].find(groups, people)


def _told_of_it(coordinator: Staff) -> None:
    """Everybody knows that they are stored, but for three who came in last month."""
    with as_of(_moment(this_day() - timedelta(days=40))):
        note_told(by=coordinator, ids=list(Actor.objects.values_list("pk", flat=True)), how="talk")
    with as_of(_moment(this_day() - timedelta(days=24))):
        bulk.create_actors(by=coordinator, rows=[dict(row) for row in NEWCOMERS])


def _losing_a_key(one: Cast, day: date) -> None:
    """The only administrator of the first group says that she will stop."""
    with as_of(_moment(day - timedelta(days=2), 19)):
        role = one.spaces[0].roles.get()
        end_role(by=one.counsellor, role=role, until=day + timedelta(days=7))
        log_contact(
            by=one.counsellor,
            actor=one.actors[0],
            space=one.spaces[0],
            at=_moment(day - timedelta(days=2), 18, 40),
            channel_kind="mail",
            direction="in",
            note="Hört aus Zeitgründen auf und sucht jemanden, der die Gruppe übernimmt.",
            language="de",
            outcome="talked",
            next_step="Fragen, wen wir noch ansprechen dürfen",
        )


def _series(coordinator: Staff, cast: list[Cast], name: str, begins: date, ends: date) -> Series:
    return create_series(
        by=coordinator,
        name=name,
        begins=begins,
        ends=ends,
        communities=[one.community for one in cast],
        title={tag: f"{words} {name.rpartition(' ')[2]}" for tag, words in SEASONS.items()},
        contact=coordinator,
    )


def _plan_meeting(one: Cast, series: Series, day: date, seats: int = 30) -> Meeting:
    world = one.world
    return holding.create_meeting(
        by=one.coordinator,
        name=f"Treffen der {world.name[0].lower()}{world.name[1:].removesuffix('e Community')}en Community",
        day=day,
        time=time(18, 0),
        communities=[one.community],
        hosts=[one.coordinator, one.counsellor],
        languages=[world.language, "de"],
        room=f"https://meet.example.org/treffpunkt-{world.language}",
        seats=seats,
        companions_welcome=True,
        series=series,
        title={world.language: world.title},
    )


def _invite(one: Cast, meeting: Meeting, guests: int) -> list[Invitation]:
    inviting.plan_invitations(
        by=one.coordinator, meeting=meeting, actor_ids=[actor.pk for actor in one.guests[:guests]]
    )
    inviting.send_invitations(by=one.coordinator, meeting=meeting)
    return list(meeting.invitations.select_related("actor").order_by("id"))


def _send_texts(one: Cast) -> None:
    """Send by hand what waits for chats."""
    for message in Message.objects.filter(state=Message.State.BY_HAND):
        mark_sent(by=one.coordinator, message=message)


def _answer(invitation: Invitation, state: str, **needs: Any) -> None:
    guest = LinkHolder(
        purpose="invitation",
        subject_kind=invitation.kind,
        subject_id=invitation.pk,
        agent_id=invitation.actor_id,
    )
    if needs:
        answer_with_needs(by=guest, invitation=invitation, state=state, **needs)
    else:
        inviting.answer(by=guest, invitation=invitation, state=state)


def _coming_meeting(
    one: Cast, series: Series, day: date, *, guests: int, answers: int, ago: int, seats: int = 30
) -> Meeting:
    sent = this_day() - timedelta(days=ago)
    with as_of(_moment(sent - timedelta(days=2))):
        meeting = _plan_meeting(one, series, day, seats)
    with as_of(_moment(sent)):
        invitations = _invite(one, meeting, guests)
        deliver_due()
        if ago > 2:
            _send_texts(one)
    pattern = ("accepted", "accepted", "tentative", "accepted", "declined", "accepted")
    for number, invitation in enumerate(invitations[:answers]):
        hours = (ago * 24 - 2) * (number + 1) // (answers + 1)
        with as_of(_moment(sent, 10) + timedelta(hours=hours)):
            _answer(invitation, pattern[number % len(pattern)], **NEEDS.get(number, {}))
    if answers > 6:  # somebody cannot come after all: her seat is kept for the first in line
        with as_of(_moment(sent, 10) + timedelta(hours=ago * 24 - 14)):
            _answer(invitations[5], "declined")
    return meeting


def _held_meeting(
    one: Cast, series: Series, day: date, *, guests: int, come: int, noted: bool = True, along: bool = False
) -> Meeting:
    with as_of(_moment(day - timedelta(days=28))):
        meeting = _plan_meeting(one, series, day)
    with as_of(_moment(day - timedelta(days=21))):
        invitations = _invite(one, meeting, guests)
        deliver_due()
        _send_texts(one)
    for number, invitation in enumerate(invitations):
        with as_of(_moment(day - timedelta(days=20), 12) + timedelta(hours=9 * number)):
            if number < come + 2:
                _answer(invitation, "accepted" if number < come else "declined")
    begun = _moment(day, 16, 2)
    with as_of(begun):
        holding.start_meeting(by=one.coordinator, meeting=meeting)
        inviting.note_attendance(
            by=one.coordinator,
            meeting=meeting,
            attendance={invitation.pk: "attended" for invitation in invitations[:come]},
        )
    if noted:
        _write_down(one, meeting, begun, {invitation.actor_id: invitation for invitation in invitations})
    if along:
        write_along(one, meeting, begun)
    with as_of(begun + timedelta(minutes=92)):
        holding.end_meeting(by=one.coordinator, meeting=meeting)
    return meeting


def _write_down(one: Cast, meeting: Meeting, begun: datetime, came: dict[UUID | None, Invitation]) -> None:
    agenda = list(meeting.agenda.order_by("position"))
    opened = 0
    for number, said in enumerate(one.world.said):
        moment = begun + timedelta(minutes=6 + 9 * number)
        with as_of(moment):
            if said.topic != opened:
                opened = said.topic
                holding.open_item(by=one.coordinator, meeting=meeting, item=agenda[opened - 1])
            statement = noting.note_statement(
                by=one.counsellor,
                meeting=meeting,
                id=uuid7(),
                item=agenda[opened - 1],
                text=said.text,
                language="de" if not said.gist and said.kind == "task" else one.world.language,
                statement_kind=said.kind,
                women_specific=said.women,
                gist=said.gist,
                keep_findings=True,
            )
            promised = _what_came_of_it(one, said, statement, moment.date())
        if promised and promised.due and promised.due < this_day():
            with as_of(_moment(promised.due, 11)):
                close_task(by=one.counsellor, task=promised)


def _what_came_of_it(one: Cast, said: Said, statement: Statement, day: date) -> Task | None:
    if not said.task:
        return None
    due = day + timedelta(days=said.days)
    if said.kind == "promise":
        return noting.turn_into_promise(
            by=one.counsellor,
            statement=statement,
            title=said.task,
            promised_by=one.actors[0],
            owner=one.counsellor,
            due=due,
        )
    return noting.turn_into_task(by=one.counsellor, statement=statement, title=said.task, owner=one.counsellor, due=due)


def _first_of_season(one: Cast, series: Series, day: date) -> None:
    """A short first meeting: who comes again, and who stays away."""
    meeting = _held_meeting(one, series, day, guests=12, come=8, noted=False)
    with as_of(_moment(day + timedelta(days=2), 10)):
        closing.close_meeting(
            by=one.coordinator, meeting=meeting, summary="Kennenlernen; die Themen folgen im nächsten Treffen."
        )
        closing.send_minutes(by=one.coordinator, meeting=meeting)
        deliver_due()
        _send_texts(one)


def _whole_meeting(one: Cast, series: Series, day: date, *, guests: int, come: int) -> None:
    meeting = _held_meeting(one, series, day, guests=guests, come=come)
    with as_of(_moment(day + timedelta(days=2), 10)):
        closing.close_meeting(
            by=one.coordinator,
            meeting=meeting,
            summary=one.world.summary,
            summaries={one.world.language: one.world.summary_there},
        )
        closing.send_minutes(by=one.coordinator, meeting=meeting)
        deliver_due()
        _send_texts(one)
