"""People and what they are in which group, from a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from treffpunkt.core import bulk
from treffpunkt.core.clock import now, today
from treffpunkt.core.text import fold
from treffpunkt.intake.changes import Difference, compare, so_far
from treffpunkt.intake.memory import keep_aliases, keep_stamps, stamps_of
from treffpunkt.intake.models import Alias, Result, Row
from treffpunkt.intake.targets import Field, Incoming, Judgement, Kept, Made, Reason, Run
from treffpunkt.network.models import Actor, Channel, Role, Space
from treffpunkt.network.services.counts import recount_actors, recount_spaces
from treffpunkt.network.services.planning import ask_for_new_plan, ask_for_suspects
from treffpunkt.network.services.snapshots import copy_members
from treffpunkt.network.targets.fields import people_fields, role_fields
from treffpunkt.network.targets.likeness import nearly, of_one_source
from treffpunkt.network.targets.persons import ACTOR, Known, Person, alike_persons, described, one_person, person_of
from treffpunkt.network.targets.undoing import undo_people
from treffpunkt.network.targets.words import count
from treffpunkt.network.targets.writing import index, join_communities, journal

V = Row.Verdict
_COMPARED = {"source_key": "key"}


@dataclass(slots=True)
class Plan:
    """What a row will write."""

    person: Person
    actor: UUID | None = None
    key: str = ""
    difference: Difference | None = None
    held: dict[str, Any] | None = None
    channels: list[tuple[str, str]] = field(default_factory=list)
    # The places of new roles: ids, or nothing for a group that is made as well.
    space: UUID | None = None
    makes_space: bool = False
    leads: bool = False
    organisation: UUID | None = None


class People:
    """A person a row, perhaps with a group and what they are in it."""

    key = "people"
    name = _("People and their roles")
    explains = _("One person a row, perhaps with the group they lead, its address and members, and how to reach them.")
    icon = "users-round"
    id_is_handle = False

    def fields(self) -> Sequence[Field]:
        """List the fields, the most important first."""
        return people_fields()

    def count(self, kind: str, number: int) -> str:
        """Say a number of records of a kind in words."""
        return count(kind, number)

    def describe(self, ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, str]]:
        """Give what stands in people's records here, with what they lead and how to reach them."""
        return described(ids)

    def match(self, run: Run, rows: Sequence[Incoming]) -> list[Judgement]:
        """Judge rows, in their order; writes nothing."""
        people = [person_of(run, row, id_is_handle=self.id_is_handle) for row in rows]
        known = Known(run, people, [row.record_id for row in rows if row.record_id])
        if not run.applying and not self.id_is_handle:
            known.alike = alike_persons(run, people, known)
        return [self._judge(run, row, person, known) for row, person in zip(rows, people, strict=True)]

    def _judge(self, run: Run, row: Incoming, person: Person, known: Known) -> Judgement:
        plan = Plan(person, key=one_person(run, person))
        judgement = Judgement(row, V.NEW, record_kind=ACTOR, plan=plan)
        if person.problems:
            return _as(judgement, V.WRONG, person.problems)
        if not run.applying:
            key = f"{plan.key}|{person.space}|{person.organisation}|{person.role}"
            first = run.seen.setdefault(key, (row.number, 0))[0]
            if first != row.number:
                return _as(judgement, V.SAME, [("repeated", {"row": first})])
            if contradicted := self._contradicted(run, row, plan):
                return _as(judgement, V.DOUBTFUL, [("contradicts", {"row": contradicted})])
        places = self._place(person, known, plan)
        if places:
            return _as(judgement, places[0], [places[1]])
        doubt = self._who(row, person, known, plan)
        if doubt:
            judgement.record_id = plan.actor
            verdict = V.SAME if doubt[0] == "erased" else V.DOUBTFUL
            return _as(judgement, verdict, [doubt])
        judgement.record_id = plan.actor
        return self._verdict(run, judgement, known)

    def _contradicted(self, run: Run, row: Incoming, plan: Plan) -> int:
        """Give the earlier row that names the same person with other values."""
        if self.id_is_handle:
            return 0
        number, said = run.cache.setdefault("said", {}).setdefault(plan.key, (row.number, plan.person.said))
        differs = any(said.get(name, value) != value for name, value in plan.person.said.items())
        return number if differs and not row.decision else 0

    def _place(self, person: Person, known: Known, plan: Plan) -> tuple[str, Reason] | None:
        """Find the group and the organisation of a row; says what is wrong or doubtful with them."""
        if person.space:
            found = known.spaces.get(person.space, [])
            name = person.space_row["name"][:120]
            if len(found) > 1:
                return V.WRONG, ("name_twice", {"name": name})
            plan.space = found[0] if found else None
            plan.makes_space = not found
            if not found and not person.space_row["platform_id"]:
                return V.WRONG, ("unknown_space", {"field": "space", "value": name})
        if person.organisation:
            found = known.organisations.get(person.organisation, [])
            name = person.organisation_name[:120]
            if len(found) != 1:
                return V.WRONG, ("name_twice", {"name": name}) if found else (
                    "unknown",
                    {"field": "organisation", "value": name},
                )
            plan.organisation = found[0]
        return None

    def _who(self, row: Incoming, person: Person, known: Known, plan: Plan) -> Reason | None:
        """Find the person of a row; says why it is doubtful who is meant."""
        if row.decision == Row.Decision.SAME and row.record_id in known.actors:
            plan.actor = row.record_id
            return None
        if any(key in known.erased for key in person.keys):
            return ("erased", {})
        for key in (person.whole, *person.keys) if known.decided else ():
            own = f"+{key}" if key == plan.key or not key.startswith("n:") or len(person.keys) == 1 else ""
            for mark in (f"!{key}", own):
                if found := known.by_key.get(mark):
                    plan.actor = found[0]
                    return None
        for key in person.keys:
            found = [
                pk for pk in known.by_key.get(key, ()) if pk in known.actors and self._may_be(person, known.actors[pk])
            ]
            if key.startswith("s:") and found:
                plan.actor = found[0]
                return None
            if row.decision == Row.Decision.NEW:
                continue
            certain = [pk for pk in found if self._is_certain(key, pk, person, known, plan)]
            if len(certain) == 1:
                plan.actor = certain[0]
                return None
            if found:
                plan.actor = found[0]
                shown = known.actors[found[0]]
                return (
                    "name_alike" if len(found) == 1 else "name_twice",
                    {"name": (shown["name"] or shown["handle"])[:120]},
                )
        if (alike := known.alike.get(plan.key)) and not row.decision:
            plan.actor = alike.id
            return ("name_alike", {"name": alike.name[:120]})
        return None

    @staticmethod
    def _may_be(person: Person, held: dict[str, Any]) -> bool:
        """Two ids of one source are two people, whatever else agrees."""
        return not of_one_source(person.said.get("source_key", ""), held["source_key"])

    @staticmethod
    def _is_certain(key: str, pk: UUID, person: Person, known: Known, plan: Plan) -> bool:
        """Say whether a key is enough to know somebody again."""
        held = known.actors[pk]
        name = person.said.get("name", "")
        one_name = not name or not held["name"] or f"n:{fold(held['name'])}" in person.keys
        if plan.space and plan.space in known.in_spaces[pk]:
            return one_name
        if key.startswith("c:"):
            return one_name or nearly(name, held["name"])
        if key.startswith("h:"):
            platforms = known.platforms[pk]
            return one_name and (not platforms or not person.platform or person.platform in platforms)
        # A name alone: only who came by a file that said just the same.
        stamp = known.stamps.get(pk)
        difference = compare(held, person.said, stamp or {})
        new_channels = set(person.channels) - known.channels[pk]
        return bool(stamp) and not difference.changes and not difference.kept and not new_channels and not plan.space

    def _verdict(self, run: Run, judgement: Judgement, known: Known) -> Judgement:
        plan: Plan = judgement.plan
        person = plan.person
        reasons: list[Reason] = []
        makes: list[str] = []
        if plan.actor is None:
            if self._is_first(run, "actors", plan.key):
                makes.append(ACTOR)
            plan.channels = person.channels
        else:
            plan.held = known.actors[plan.actor]
            plan.difference = compare(plan.held, person.said, known.stamps.get(plan.actor, {}))
            plan.channels = [one for one in person.channels if one not in known.channels[plan.actor]]
            if not run.applying and not self._is_first(run, "people", plan.key):
                plan.difference, plan.channels = Difference(), []
        if plan.makes_space and self._is_first(run, "spaces_made", person.space):
            makes.append("network.space")
        ended = False
        if plan.space and plan.actor:
            standing = known.roles.get((plan.actor, plan.space, person.role))
            plan.leads, ended = standing is None, standing is False
        else:
            plan.leads = bool(person.space)
        if plan.organisation and plan.actor and (plan.actor, plan.organisation, Role.Kind.CONTACT) in known.roles:
            plan.organisation = None
        makes += ["network.role"] * (plan.leads + bool(plan.organisation))
        names = [_COMPARED.get(name, name) for name in plan.difference.changes] if plan.difference else []
        names += [
            name for name, kind in _FIELDS_OF_CHANNELS if plan.actor and kind in {one[0] for one in plan.channels}
        ]
        if names:
            changing = {one: _COMPARED.get(one, one) for one in plan.difference.changes} if plan.difference else {}
            reasons.append(("changes", {"fields": names, "so_far": so_far(plan.held or {}, changing)}))
        if plan.difference and plan.difference.kept:
            reasons.append(("kept", {"fields": [_COMPARED.get(name, name) for name in plan.difference.kept]}))
        if ended:
            reasons.append(("ended", {}))
        also = [kind for kind in makes if kind != (ACTOR if not person.space else "network.role")]
        if also:
            reasons.insert(0, ("makes", {"what": also}))
        if not run.applying:
            run.makes.update(makes)
        return _as(judgement, V.NEW if makes else V.CHANGED if names else V.SAME, reasons)

    @staticmethod
    def _is_first(run: Run, what: str, key: str) -> bool:
        """Say whether a row of this file is the first to name this person or group."""
        met: set[str] = run.cache.setdefault(f"met_{what}", set())
        if key in met:
            return False
        met.add(key)
        return True

    def apply(self, run: Run, judgements: Sequence[Judgement]) -> list[Made]:
        """Write new people, groups, roles and ways to reach people, with journal, search and stamps."""
        work = _Work(run, stamps=not self.id_is_handle)
        for one in judgements:
            work.take(one)
        return work.write()

    def settle(self, run: Run) -> None:
        """Count administrators and sum up reach, for everybody the import touched."""
        Alias.objects.filter(kind=f"import:{run.import_id}").delete()
        made = Result.objects.filter(file=run.import_id, record_kind="network.role", stays="")
        roles = Role.objects.order_by().filter(pk__in=made.values("record_id"))
        recount_actors(roles.values_list("actor_id", flat=True).distinct())
        recount_spaces(roles.filter(space__isnull=False).values_list("space_id", flat=True).distinct())
        ask_for_new_plan()
        ask_for_suspects()

    def undo(self, run: Run, made: Sequence[tuple[int, Made]]) -> list[Kept]:
        """Take back roles, then people and groups; those somebody did something with since stay."""
        return undo_people(run, made)


class Roles(People):
    """Bare links between persons and groups, known by an id or handle and a name."""

    key = "roles"
    name = _("Who leads which group (two columns)")
    explains = _("One link a row: a person's id or handle, and the group they lead.")
    icon = "key-round"
    id_is_handle = True

    def fields(self) -> Sequence[Field]:
        """List the fields, the most important first."""
        return role_fields()


_FIELDS_OF_CHANNELS = (
    ("mail", "mail"),
    ("phone", "phone"),
    ("whatsapp", "whatsapp"),
    ("telegram", "telegram"),
    ("instagram", "instagram"),
    ("facebook", "messenger"),
)


class _Work:
    """The rows to write for one piece of a file."""

    def __init__(self, run: Run, *, stamps: bool) -> None:
        self.run = run
        # Of somebody known by an id alone there is nothing that a file could change again.
        self.keeps_stamps = stamps
        self.actors: dict[str, dict[str, Any]] = {}
        self.spaces: dict[str, dict[str, Any]] = {}
        self.roles: dict[tuple[UUID, UUID, str], dict[str, Any]] = {}
        self.channels: dict[tuple[UUID, str, str], dict[str, Any]] = {}
        self.changes: dict[UUID, tuple[int, Plan]] = {}
        self.communities: list[tuple[UUID, UUID]] = []
        self.aliases: dict[str, UUID | None] = {}
        self.own_aliases: dict[str, UUID | None] = {}
        self.stamps: dict[UUID, dict[str, Any]] = {}

    def take(self, one: Judgement) -> None:
        """Note what a row will write."""
        plan: Plan = one.plan
        person, number = plan.person, one.row.number
        actor = plan.actor or self._actor(plan, one.row)
        if plan.actor and one.row.decision == Row.Decision.SAME:
            self.aliases[person.whole] = plan.actor
        if plan.actor and plan.difference and plan.difference.changes:
            self.changes.setdefault(plan.actor, (number, plan))
        space = plan.space or (self._space(plan, one.row) if plan.makes_space else None)
        if space and plan.leads:
            self._role(number, actor, space, person.role, "space_id")
        if plan.organisation:
            self._role(number, actor, plan.organisation, Role.Kind.CONTACT, "organisation_id")
        for position, (kind, value) in enumerate(plan.channels):
            row = {"id": uuid7(), "number": number, "actor_id": actor, "channel_kind": kind, "value": value}
            first = position == 0 and plan.actor is None
            self.channels.setdefault((actor, kind, value), row | {"preferred": first})

    def write(self) -> list[Made]:
        """Write everything that was noted; what undo takes back last comes first."""
        made = [Made(row["number"], "network.space", row["id"]) for row in self.spaces.values()]
        made += [Made(row["number"], ACTOR, row["id"]) for row in self.actors.values()]
        made += self._change()
        made += [Made(row["number"], "network.channel", row["id"]) for row in self.channels.values()]
        made += [Made(row["number"], "network.role", row["id"]) for row in self.roles.values()]
        self._reach()
        bulk.insert(Space, self.spaces.values())
        copy_members(self._counted())
        bulk.insert(Actor, self.actors.values())
        bulk.insert(Channel, self.channels.values())
        bulk.insert(Role, self.roles.values())
        join_communities(Space, self.communities)
        if self.keeps_stamps:
            keep_stamps(self.stamps)
        keep_aliases(ACTOR, self.aliases)
        keep_aliases(f"import:{self.run.import_id}", self.own_aliases)
        self._journal()
        index("network.space", self.spaces.values(), {})
        changed = Actor.objects.filter(pk__among=[*self.changes, *(row["actor_id"] for row in self.channels.values())])
        every = {row["id"]: row for row in (*changed.values(), *self.actors.values())}
        channels: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
        reachable = [row["actor_id"] for row in self.channels.values()]
        for actor, kind, value in Channel.objects.filter(actor__among=reachable).values_list(
            "actor_id", "channel_kind", "value"
        ):
            channels[actor].append((kind, value))
        index(ACTOR, every.values(), channels)
        return made

    def _actor(self, plan: Plan, incoming: Incoming) -> UUID:
        key, said = plan.key, plan.person.said
        row = self.actors.get(key)
        if row is None:
            pk = uuid7()
            row = self.actors[key] = {"id": pk, "number": incoming.number, "actor_kind": _kind(plan), **said}
            self.stamps[pk] = dict(said)
            # Nothing but this import tells who is meant by a name alone.
            if said.get("name") or incoming.decision == Row.Decision.NEW:
                self.own_aliases |= {one: pk for one in (key, *plan.person.keys) if not one.startswith("s:")}
        else:
            for name in said.keys() - self.stamps[row["id"]].keys():
                row[name] = self.stamps[row["id"]][name] = said[name]
        found: UUID = row["id"]
        return found

    def _space(self, plan: Plan, incoming: Incoming) -> UUID:
        person = plan.person
        if person.space not in self.spaces:
            pk = uuid7()
            counted = {"members_counted_on": today()} if "members" in person.space_row else {}
            self.spaces[person.space] = {
                "id": pk, "number": incoming.number, "state_since": now(), **person.space_row, **counted,
            }  # fmt: skip
            self.run.cache["spaces"][person.space] = [pk]
            self.stamps[pk] = person.space_row
            if community := incoming.values.get("community"):
                self.communities.append((pk, UUID(community)))
        found: UUID = self.spaces[person.space]["id"]
        return found

    def _role(self, number: int, actor: UUID, place: UUID, role: str, name: str) -> None:
        row = {"id": uuid7(), "number": number, "actor_id": actor, name: place, "role": role}
        self.roles.setdefault((actor, place, role), row)

    def _counted(self) -> list[dict[str, Any]]:
        """List the new groups of which the file says how many members they have, as snapshots name them."""
        return [row for row in self.spaces.values() if "members" in row]

    def _reach(self) -> None:
        """Sum up the reach of new people as far as these rows tell; `settle` adds what later rows bring."""
        wanted = {row["space_id"] for row in self.roles.values() if "space_id" in row}
        members = dict(Space.objects.filter(pk__among=wanted, members__isnull=False).values_list("id", "members"))
        met: set[tuple[UUID, UUID]] = set()
        new = {row["id"]: row for row in self.actors.values()}
        for actor, place, _role in self.roles:
            if actor in new and place in members and (actor, place) not in met:
                met.add((actor, place))
                new[actor]["potential_reach"] = new[actor].get("potential_reach", 0) + members[place]

    def _change(self) -> list[Made]:
        made = []
        changed: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        past_stamps = stamps_of(self.changes)
        for pk, (number, plan) in self.changes.items():
            assert plan.difference is not None
            assert plan.held is not None
            changes = plan.difference.changes
            held = {name: plan.held[name] for name in changes}
            stamp = {name: past_stamps.get(pk, {}).get(name) for name in changes}
            made.append(Made(number, ACTOR, pk, {"held": held, "stamp": stamp}))
            # The sort key rests on both.
            names = (
                {"name": plan.held["name"], "handle": plan.held["handle"]} if {"name", "handle"} & set(changes) else {}
            )
            changed[tuple(sorted(names | changes))].append({"id": pk, **names, **changes})
            self.stamps[pk] = changes
        for columns, rows in changed.items():
            bulk.update(Actor, columns, rows)
        return made

    def _journal(self) -> None:
        places: dict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
        for (actor, place, _role), row in self.roles.items():
            places[actor].append(("network.space" if "space_id" in row else "network.organisation", place))
        journal(self.run, "network.space", [(row["id"], ()) for row in self.spaces.values()])
        journal(self.run, ACTOR, [(pk, ()) for pk in self.changes])
        # A new person and what they lead is one entry; so is each new role of somebody known.
        journal(self.run, ACTOR, [(row["id"], places.pop(row["id"], [])) for row in self.actors.values()])
        journal(
            self.run,
            ACTOR,
            [(actor, [place]) for actor, found in places.items() for place in found],
            verb="role.imported",
        )


_KINDS = {Role.Kind.ADMINISTRATOR: Actor.Kind.ADMINISTRATOR, Role.Kind.MODERATOR: Actor.Kind.MODERATOR}


def _kind(plan: Plan) -> str:
    """Say what somebody is by what they lead, where the file does not say it."""
    if plan.person.space:
        return _KINDS.get(Role.Kind(plan.person.role), Actor.Kind.KEY_ACTOR)
    return Actor.Kind.CONTACT if plan.organisation else Actor.Kind.KEY_ACTOR


def _as(judgement: Judgement, verdict: str, reasons: list[Reason]) -> Judgement:
    judgement.verdict, judgement.reasons = verdict, reasons
    return judgement
