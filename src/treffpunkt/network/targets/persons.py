"""Who a row of people means: the person, the group and organisation, and what they are in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import fold, sort_key
from treffpunkt.intake.changes import digest
from treffpunkt.intake.memory import aliases_of, stamps_of
from treffpunkt.intake.models import Alias
from treffpunkt.intake.targets import Incoming, Reason, Run
from treffpunkt.journal.models import Touched
from treffpunkt.network.addresses import recognise
from treffpunkt.network.models import Actor, Channel, Organisation, Role, Space
from treffpunkt.network.services.erasing import erased_key
from treffpunkt.network.services.reaching import written_value
from treffpunkt.network.targets.likeness import MANY, Alike, Likeness
from treffpunkt.network.targets.likeness import Known as Compared
from treffpunkt.network.targets.records import as_text, name_key, source_key

_K = Channel.Kind
CHANNELS = {
    "mail": _K.MAIL, "phone": _K.PHONE, "whatsapp": _K.WHATSAPP, "telegram": _K.TELEGRAM, "instagram": _K.INSTAGRAM,
    "facebook": _K.MESSENGER,
}  # fmt: skip
HELD = ("name", "reading", "handle", "source_key", "languages", "actor_kind", "note", "erased_at")
ACTOR = "network.actor"


@dataclass(slots=True)
class Person:
    """What a row says about somebody."""

    said: dict[str, Any]
    keys: list[str]
    channels: list[tuple[str, str]] = field(default_factory=list)
    space: str = ""
    space_row: dict[str, Any] = field(default_factory=dict)
    organisation: str = ""
    organisation_name: str = ""
    role: str = Role.Kind.ADMINISTRATOR
    platform: str = ""
    problems: list[Reason] = field(default_factory=list)

    @property
    def whole(self) -> str:
        """Give a key for all that is said, by which a person's decision about it is remembered."""
        return f"d:{digest([sorted(self.said.items(), key=str), self.channels, self.space, self.organisation])}"


def person_of(run: Run, row: Incoming, *, id_is_handle: bool) -> Person:
    """Read what a row says about somebody."""
    values = row.values
    said: dict[str, Any] = {
        name: values[name]
        for name in ("name", "reading", "handle", "languages", "actor_kind", "note")
        if name in values
    }
    own = source_key(run, row)
    if own:
        said["source_key"] = own
    if id_is_handle:
        said["handle"] = values.get("key", "")
    if "handle" in said:
        said["handle"] = said["handle"].removeprefix("@")
    person = Person(said, [f"s:{own}"] if own else [], role=values.get("role", Role.Kind.ADMINISTRATOR))
    person.platform = values.get("platform", "")
    _read_channels(person, values)
    person.keys += [f"c:{kind}:{value}" for kind, value in person.channels]
    if said.get("handle"):
        person.keys.append(f"h:{said['handle'].casefold()}")
    if said.get("name"):
        person.keys.append(f"n:{fold(said['name'])}")
    if not person.keys:
        person.problems.append(("missing", {"field": "name"}))
    elif not said.get("name") and not said.get("handle"):
        said["name"] = person.channels[0][1] if person.channels else values["key"]
    if space := values.get("space", ""):
        _read_space(run, person, space, person.platform)
        _describe_space(person, values)
    if organisation := values.get("organisation", ""):
        person.organisation, person.organisation_name = (name_key(organisation), organisation)
    return person


def one_person(run: Run, person: Person) -> str:
    """Give the one key of a person in this file, whichever of their keys a row has; a name where nothing else is."""
    met: dict[str, str] = run.cache.setdefault("persons", {})
    strong = [key for key in person.keys if not key.startswith("n:")] or person.keys
    found = next((met[key] for key in strong if key in met), strong[0] if strong else "")
    for key in person.keys:
        met.setdefault(key, found)
    return found


def _read_channels(person: Person, values: dict[str, Any]) -> None:
    for name, kind in CHANNELS.items():
        if value := values.get(name):
            try:
                person.channels.append((kind.value, written_value(kind, value)))
            except DomainError as error:
                person.problems.append(("refused", {"field": name, "value": value[:80], "why": str(error.message)}))


def _read_space(run: Run, person: Person, text: str, platform: str) -> None:
    """Name a group by its address where the text is one, by platform and name where it is not."""
    ready: dict[tuple[str, str], tuple[str, dict[str, Any]]] = run.cache.setdefault("space_texts", {})
    if (text, platform) not in ready:
        found = None
        if "/" in text or "@" in text:
            try:
                found = recognise(text, platform=platform)
            except DomainError:
                found = None
        if found and "." in text.partition("/")[0] + found.address:
            row = {"name": text, "platform_id": found.platform, "address": found.address}
            ready[text, platform] = (f"a:{found.address}", row | ({"space_kind": found.kind} if found.kind else {}))
        else:
            ready[text, platform] = (f"n:{platform}|{name_key(text)}", {"name": text, "platform_id": platform})
    person.space, person.space_row = ready[text, platform]


def _describe_space(person: Person, values: dict[str, Any]) -> None:
    """Add what the row says of a group that is not here yet: its address, by which it is known, its members, its language."""
    more: dict[str, Any] = {}
    if (text := values.get("space_address", "")) and "address" not in person.space_row:
        try:
            found = recognise(text, platform=person.platform)
        except DomainError as error:
            person.problems.append(
                ("refused", {"field": "space_address", "value": text[:80], "why": str(error.message)})
            )
            return
        if found:
            person.space = f"a:{found.address}"
            more = {"platform_id": found.platform, "address": found.address}
            more |= {"space_kind": found.kind} if found.kind else {}
    if values.get("space_members") is not None:
        more["members"] = values["space_members"]
    languages = values.get("languages") or []
    if more and len(languages) == 1:  # the row tells of the group itself, in whose language its people write
        more["language_id"] = languages[0]
    person.space_row = person.space_row | more


class Known:
    """What is here already of the people, groups and organisations that some rows name."""

    def __init__(self, run: Run, people: Sequence[Person], decided: Iterable[UUID]) -> None:
        self.actors: dict[UUID, dict[str, Any]] = {}
        self.by_key: dict[str, list[UUID]] = defaultdict(list)
        self.erased: set[str] = set()
        # Whom persons most likely are whom no key finds, by their one key in the file.
        self.alike: dict[str, Alike[UUID]] = {}
        self._find_actors(run, people, decided)
        self.stamps = stamps_of(self.actors)
        self.spaces: dict[str, list[UUID]] = run.cache.setdefault("spaces", {})
        self._find_spaces(people)
        self.organisations: dict[str, list[UUID]] = run.cache.setdefault("organisations", {})
        self._find_organisations(people)
        self.roles: dict[tuple[UUID, UUID, str], bool] = {}
        self.in_spaces: dict[UUID, set[UUID]] = defaultdict(set)
        self.platforms: dict[UUID, set[str]] = defaultdict(set)
        self._find_roles()
        self.channels: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
        if any(person.channels for person in people):
            rows = Channel.objects.filter(actor__among=list(self.actors)).values_list(
                "actor_id", "channel_kind", "value"
            )
            for actor, kind, value in rows:
                self.channels[actor].add((kind, value))

    def _find_actors(self, run: Run, people: Sequence[Person], decided: Iterable[UUID]) -> None:
        own = {one.said["source_key"] for one in people if "source_key" in one.said}
        found = list(Actor.objects.order_by().filter(source_key__among=own).values("id", *HELD)) if own else []
        self._take(found, "s:", "source_key")
        met = {held["source_key"] for held in found}
        rest = [one for one in people if one.said.get("source_key") not in met]
        if own and run.cache.setdefault("any_erased", Actor.objects.filter(erased_at__isnull=False).exists()):
            marks = {erased_key(key): key for key in own}
            gone = Actor.objects.filter(source_key__among=list(marks)).values_list("source_key", flat=True)
            self.erased = {f"s:{marks[mark]}" for mark in gone}
        if values := {value for one in rest for _kind, value in one.channels}:
            rows = Channel.objects.filter(value__among=values).values_list("actor_id", "channel_kind", "value")
            for actor, kind, value in rows:
                self.by_key[f"c:{kind}:{value}"].append(actor)
        if handles := {one.said["handle"] for one in rest if one.said.get("handle")}:
            keys = {sort_key(handle) for handle in handles}
            rows_of = Actor.objects.order_by().filter(erased_at=None)
            self._take(rows_of.filter(sorting__among=keys).values("id", *HELD), "h:", "handle")
            if any(one.said.get("name") for one in rest) or run.cache.setdefault("named", _some_are_named()):
                self._take(rows_of.filter(handle__among=handles).values("id", *HELD), "h:", "handle")
        if names := {sort_key(one.said["name"]) for one in rest if one.said.get("name")}:
            rows_of = Actor.objects.order_by().filter(erased_at=None, sorting__among=names)
            self._take(rows_of.values("id", *HELD), "n:", "name")
        # Decided by people, or made by this very import under a name alone.
        self.decided = self._some_decided(run)
        for kind in (ACTOR, f"import:{run.import_id}") if self.decided else ():
            keys_asked = {key for one in rest for key in (one.whole, *one.keys)}
            for key, known in aliases_of(kind, keys_asked).items():
                if known:
                    self.by_key[f"{'!' if kind == ACTOR else '+'}{key}"] = [known]
                elif kind == ACTOR:
                    self.erased.add(key)
        wanted = {pk for ids in self.by_key.values() for pk in ids} | set(decided)
        if missing := wanted - self.actors.keys():
            for held in Actor.objects.filter(pk__among=missing, erased_at=None).values("id", *HELD):
                self.actors[held["id"]] = held

    @staticmethod
    def _some_decided(run: Run) -> bool:
        """Say whether there is anything to remember; while an import is applied it adds to that itself."""
        known: bool | None = run.cache.get("decided")
        if known is None:
            known = Alias.objects.filter(kind__in=(ACTOR, f"import:{run.import_id}")).exists()
            if known or not run.applying:
                run.cache["decided"] = known
        return known

    def _take(self, found: Iterable[dict[str, Any]], prefix: str, name: str) -> None:
        for held in found:
            self.actors[held["id"]] = held
            value = held[name]
            key = fold(value) if prefix == "n:" else value.casefold() if prefix == "h:" else value
            if value and held["id"] not in self.by_key[f"{prefix}{key}"]:
                self.by_key[f"{prefix}{key}"].append(held["id"])

    def _find_spaces(self, people: Sequence[Person]) -> None:
        wanted = {one.space: one.space_row for one in people if one.space and one.space not in self.spaces}
        if addresses := {row["address"]: key for key, row in wanted.items() if key.startswith("a:")}:
            for pk, address in Space.objects.filter(address__among=list(addresses)).values_list("id", "address"):
                self.spaces[addresses[address]] = [pk]
        names = defaultdict(list)
        for key, row in wanted.items():
            if key not in self.spaces:
                names[sort_key(row["name"])].append((key, row))
        if names:
            rows = Space.objects.order_by().filter(sorting__among=list(names))
            for pk, platform, name, address, sorting in rows.values_list(
                "id", "platform_id", "name", "address", "sorting"
            ):
                for key, row in names[sorting]:
                    # Known by its address, a group is one of that name only where that has none.
                    may_be = key.startswith("n:") or not address
                    if may_be and row["platform_id"] in ("", platform) and name_key(name) == name_key(row["name"]):
                        self.spaces.setdefault(key, []).append(pk)

    def _find_organisations(self, people: Sequence[Person]) -> None:
        wanted = {sort_key(one.organisation_name) for one in people if one.organisation}
        if wanted:
            for pk, name in Organisation.objects.filter(sorting__among=wanted).values_list("id", "name"):
                ids = self.organisations.setdefault(name_key(name), [])
                if pk not in ids:
                    ids.append(pk)

    def _find_roles(self) -> None:
        rows = Role.objects.order_by().filter(actor__among=list(self.actors))
        for actor, space, organisation, role, until, platform in rows.values_list(
            "actor_id", "space_id", "organisation_id", "role", "until", "space__platform_id"
        ):
            place = space or organisation
            self.roles[actor, place, role] = self.roles.get((actor, place, role), False) or until is None
            if space:
                self.in_spaces[actor].add(space)
                self.platforms[actor].add(platform)
        removed = Touched.objects.filter(entry__verb="role.removed", entry__subject_id__among=list(self.actors))
        if self.actors:
            for actor, place in removed.values_list("entry__subject_id", "record_id"):
                for kind in Role.Kind.values:
                    self.roles.setdefault((actor, place, kind), False)


def described(ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """Give what stands in people's records, by field, with what they lead and how to reach them."""
    names = ("name", "reading", "handle", "languages", "note")
    rows = Actor.objects.filter(pk__among=ids, erased_at=None).values("id", *names)
    shown = {row["id"]: {name: text for name in names if (text := as_text(row[name]))} for row in rows}
    fields = {kind.value: name for name, kind in CHANNELS.items()}
    for actor, kind, value in Channel.objects.filter(actor__among=ids).values_list("actor_id", "channel_kind", "value"):
        if actor in shown and kind in fields:
            _also(shown[actor], fields[kind], value)
    roles = Role.objects.filter(actor__among=ids, until=None).select_related("space", "organisation")
    for role in roles.order_by("id"):
        if role.actor_id in shown:
            _also(shown[role.actor_id], "space" if role.space else "organisation", str(role.space or role.organisation))
    return shown


def _also(shown: dict[str, str], key: str, value: str) -> None:
    shown[key] = ", ".join(filter(None, (shown.get(key), value)))


def alike_persons(run: Run, people: Sequence[Person], known: Known) -> dict[str, Alike[UUID]]:
    """Find whom persons nobody knows most likely are, by their names; each of those known is only one of them."""
    new: dict[str, Compared[str]] = {}
    taken: set[UUID] = run.cache.setdefault("taken", set())
    for person in people:
        found = [pk for key in person.keys for pk in known.by_key.get(key, ())]
        taken.update(found)
        name = person.said.get("name", "")
        if " " in name and not found and not person.problems:
            key = one_person(run, person)
            new.setdefault(key, Compared(key, name, source=person.said.get("source_key", "")))
    if not new:
        return {}
    likeness: Likeness[UUID] | None = run.cache.get("likeness")
    if likeness is None:
        named = Actor.objects.order_by().filter(name__contains=" ", erased_at=None)
        if named[: MANY + 1].count() > MANY:
            named = named.none()
        rows = named.values_list("id", "name", "source_key").iterator(chunk_size=5000)
        likeness = run.cache["likeness"] = Likeness(Compared(pk, name, source=own) for pk, name, own in rows)
    alike = likeness.match(list(new.values()), taken)
    taken.update(one.id for one in alike.values())
    if alike:
        ids = {one.id for one in alike.values()} - known.actors.keys()
        for held in Actor.objects.filter(pk__among=ids, erased_at=None).values("id", *HELD):
            known.actors[held["id"]] = held
    return alike


def _some_are_named() -> bool:
    return Actor.objects.exclude(name="").exclude(handle="").exists()
