"""Who and what the demo story is about: a community with its groups and people, entered as the story begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from treffpunkt.jobs.demo.world import Group, Person, World
from treffpunkt.network.models import Actor, Space
from treffpunkt.network.services import bulk
from treffpunkt.network.services.communities import create_community
from treffpunkt.network.services.spaces import move_space
from treffpunkt.people.models import Staff
from treffpunkt.vocabulary.models import Place

ADDRESSES = {
    "facebook": "https://www.facebook.com/groups/treffpunkt.demo.{}",
    "instagram": "https://www.instagram.com/treffpunkt.demo.{}",
    "telegram": "https://t.me/treffpunkt_demo_{}",
    "youtube": "https://www.youtube.com/@treffpunkt-demo-{}",
    "whatsapp": "https://chat.whatsapp.com/TreffpunktDemo{}",
    "blog": "https://blog-{}.example.org",
}
STEPS = {"contacted": ("contacted",), "joined": ("contacted", "joined"), "cooperating": ("contacted", "joined", "cooperating"), "dormant": ("contacted", "dormant")}  # fmt: skip


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
            "place": place(group.place),
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


def place(name: str) -> Place | None:
    """Find a town in Germany by its name."""
    return Place.objects.filter(country="DE", name=name).order_by("-population").first() if name else None
