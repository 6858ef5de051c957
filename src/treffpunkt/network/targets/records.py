"""Records on their way in: found again by id, address or name, compared, written in bulk, taken back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from uuid_utils.compat import uuid7

from treffpunkt.core import bulk
from treffpunkt.core.text import fold
from treffpunkt.intake.changes import Difference, compare, digest, so_far
from treffpunkt.intake.memory import aliases_of, keep_aliases, keep_stamps, stamps_of
from treffpunkt.intake.models import Row
from treffpunkt.intake.targets import Incoming, Judgement, Made, Reason, Run
from treffpunkt.network.targets.likeness import MANY, Known, Likeness
from treffpunkt.network.targets.writing import index, join_communities, journal

V = Row.Verdict


def name_key(name: str) -> str:
    """Give the key under which a name counts as the same.

    A name without spaces is an identifier, in which every sign counts ("cats_of" is not "catsof").
    """
    return fold(name) if " " in name else name.casefold()


@dataclass(slots=True)
class Facts:
    """What a row says: keys by which it is found, the strongest first, values as they are stored, problems."""

    said: dict[str, Any]
    keys: list[str]
    communities: list[UUID] = field(default_factory=list)
    problems: list[Reason] = field(default_factory=list)
    # The feed of a space, which stands in a row of its own.
    feed: str = ""


@dataclass(slots=True)
class Plan:
    """What a row will write."""

    facts: Facts
    difference: Difference | None = None
    held: Mapping[str, Any] | None = None
    new_communities: list[UUID] = field(default_factory=list)


class Records(ABC):
    """The common way of spaces and organisations."""

    model: type[Model]
    kind: str
    # Attributes compared with what a row says, and the field of the form for each.
    compared: Mapping[str, str]
    # What else is read of a record, for its keys.
    also: Sequence[str] = ()

    @abstractmethod
    def facts(self, run: Run, row: Incoming) -> Facts:
        """Read what a row says."""

    @abstractmethod
    def keys_of(self, held: Mapping[str, Any]) -> list[str]:
        """Give the keys of a record as `Facts.keys` would be."""

    @abstractmethod
    def candidates(self, facts: Sequence[Facts]) -> Iterable[QuerySet[Any]]:
        """Select whatever one of these rows could be, a query for each kind of key."""

    @abstractmethod
    def complete(self, run: Run, said: dict[str, Any]) -> dict[str, Any]:
        """Add to a new record what no file says."""

    @abstractmethod
    def fits(self, facts: Facts, held: Mapping[str, Any]) -> bool | None:
        """Say whether a record of the same name is the same; None where a person has to decide."""

    @abstractmethod
    def likeness(self) -> Iterable[Known[UUID]]:
        """List what is compared by likeness: the records here."""

    @abstractmethod
    def shown_to_likeness(self, number: int, facts: Facts) -> Known[int] | None:
        """Give what is compared of a row, or nothing where its name is an identifier that is right or wrong."""

    def describe(self, ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, str]]:
        """Give what stands in records here, by field, for whoever decides whether a row means them."""
        rows = self.model._default_manager.filter(pk__among=ids).values("id", *self.compared)
        return {
            row["id"]: {key: text for name, key in self.compared.items() if (text := as_text(row[name]))}
            for row in rows
        }

    @property
    def _columns(self) -> tuple[str, ...]:
        return ("id", *self.compared, *self.also)

    def match(self, run: Run, rows: Sequence[Incoming]) -> list[Judgement]:
        """Judge rows, in their order; writes nothing."""
        facts = [self.facts(run, row) for row in rows]
        held: dict[UUID, dict[str, Any]] = {}
        for rows_of_kind in self.candidates(facts):
            held |= {one["id"]: one for one in rows_of_kind.order_by().values(*self._columns)}
        wanted = {row.record_id for row in rows if row.record_id} - held.keys()
        remembered = aliases_of(self.kind, {key for one in facts for key in one.keys})
        wanted |= {pk for pk in remembered.values() if pk} - held.keys()
        if wanted:
            found = self.model._default_manager.filter(pk__among=wanted).values(*self._columns)
            held |= {one["id"]: one for one in found}
        by_key: dict[str, list[UUID]] = defaultdict(list)
        for pk, one in held.items():
            for key in self.keys_of(one):
                by_key[key].append(pk)
        for key, known in remembered.items():
            if known in held:
                by_key[key] = [known]
        joined = self._communities(held, facts)
        stamps = stamps_of(held)
        judged = [
            self._judge(run, row, one, held, by_key, stamps, joined) for row, one in zip(rows, facts, strict=True)
        ]
        if not run.applying:
            self._find_alike(run, judged, held, stamps, joined)
        run.makes[self.kind] += sum(one.verdict == V.NEW for one in judged)
        return judged

    def apply(self, run: Run, judgements: Sequence[Judgement]) -> list[Made]:
        """Write new records and changes, with journal, search and stamps."""
        made: list[Made] = []
        new: list[dict[str, Any]] = []
        stamps: dict[UUID, dict[str, Any]] = {}
        communities: list[tuple[UUID, UUID]] = []
        changed: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        aliases: dict[str, UUID | None] = {}
        before = stamps_of(one.record_id for one in judgements if one.record_id)
        for one in judgements:
            plan: Plan = one.plan
            said = plan.facts.said
            if one.record_id is None:
                row = self.complete(run, {"id": uuid7(), **said})
                new.append(row)
                made.append(Made(one.row.number, self.kind, row["id"]))
                stamps[row["id"]] = said | _communities_said(plan.facts)
                communities += [(row["id"], community) for community in plan.facts.communities]
            else:
                if one.row.decision == Row.Decision.SAME and plan.facts.keys:
                    aliases[plan.facts.keys[0]] = one.record_id
                changes = plan.difference.changes if plan.difference else {}
                if not changes and not plan.new_communities:
                    continue
                assert plan.held is not None
                past: dict[str, Any] = {"held": {name: plan.held[name] for name in changes}}
                past["stamp"] = {name: before.get(one.record_id, {}).get(name) for name in changes}
                past["communities"] = [str(pk) for pk in plan.new_communities]
                made.append(Made(one.row.number, self.kind, one.record_id, past))
                if changes:
                    changed[tuple(sorted(changes))].append({"id": one.record_id, **changes})
                stamps[one.record_id] = changes | _communities_said(plan.facts)
                communities += [(one.record_id, community) for community in plan.new_communities]
        bulk.insert(self.model, new)
        for names, rows in changed.items():
            bulk.update(self.model, [*names, *self.follow(names)], [row | self.following(row) for row in rows])
        join_communities(self.model, communities)
        keep_stamps(stamps)
        keep_aliases(self.kind, aliases)
        index(self.kind, new, {})
        renamed = [row["id"] for names, rows in changed.items() if self.named_by(names) for row in rows]
        if renamed:
            index(self.kind, self.model._default_manager.filter(pk__among=renamed).values(), {})
        journal(run, self.kind, [(one.record_id, ()) for one in made])
        return made

    def follow(self, names: Sequence[str]) -> list[str]:
        """Name the attributes that change along with others."""
        return []

    def following(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Give the values that change along with others."""
        return {}

    def named_by(self, names: Sequence[str]) -> bool:
        """Say whether a change of these attributes changes how the record is found."""
        return bool({"name", "short_name", "reading", "address", "website"} & set(names))

    def _judge(
        self,
        run: Run,
        row: Incoming,
        facts: Facts,
        held: Mapping[UUID, Mapping[str, Any]],
        by_key: Mapping[str, list[UUID]],
        stamps: Mapping[UUID, Mapping[str, str]],
        joined: Mapping[UUID, set[UUID]],
    ) -> Judgement:
        judgement = Judgement(row, V.NEW, record_kind=self.kind, plan=Plan(facts))
        if facts.problems:
            return _as(judgement, V.WRONG, facts.problems)
        first, content = self._seen(run, row, facts)
        if first and not row.decision:
            if content:
                return _as(judgement, V.SAME, [("repeated", {"row": first})])
            return _as(judgement, V.DOUBTFUL, [("contradicts", {"row": first})])
        if row.decision == Row.Decision.SAME and row.record_id and row.record_id in held:
            return self._compared(judgement, row.record_id, held, stamps, joined)
        if row.decision == Row.Decision.NEW:
            # Only what cannot be two things at once keeps a person's word from being followed.
            taken = next((pk for key in facts.keys if not key.startswith("n:") for pk in by_key.get(key, ())), None)
            return self._compared(judgement, taken, held, stamps, joined) if taken else judgement
        for key in facts.keys:
            found = by_key.get(key, [])
            if key.startswith("n:"):
                fitting = {pk: self.fits(facts, held[pk]) for pk in found}
                doubtful = [pk for pk, fits in fitting.items() if fits is None]
                found = [pk for pk, fits in fitting.items() if fits]
                if doubtful and not found:
                    judgement.record_id = doubtful[0]
                    return _as(judgement, V.DOUBTFUL, [("name_alike", {"name": str(held[doubtful[0]]["name"])[:120]})])
            if len(found) > 1:
                judgement.record_id = found[0]
                return _as(judgement, V.DOUBTFUL, [("name_twice", {"name": str(held[found[0]]["name"])[:120]})])
            if found:
                return self._compared(judgement, found[0], held, stamps, joined)
        if run.applying and row.record_id and row.record_id in held:
            # The dry run found it by likeness, certain enough.
            return self._compared(judgement, row.record_id, held, stamps, joined)
        return judgement

    def _find_alike(
        self,
        run: Run,
        judged: Sequence[Judgement],
        held: dict[UUID, dict[str, Any]],
        stamps: dict[UUID, dict[str, str]],
        joined: dict[UUID, set[UUID]],
    ) -> None:
        """Compare what no key found with all records here; each of them can be only one row of a file."""
        taken: set[UUID] = run.cache.setdefault("taken", set())
        new = {one.row.number: one for one in judged if not one.row.decision and _is_open(one)}
        taken.update(one.record_id for one in judged if one.record_id and one.row.number not in new)
        shown = (self.shown_to_likeness(number, one.plan.facts) for number, one in new.items())
        rows = [one for one in shown if one is not None]
        if not rows:
            return
        if "likeness" not in run.cache:
            run.cache["likeness"] = Likeness(self._compared_with())
        likeness: Likeness[UUID] = run.cache["likeness"]
        found = likeness.match(rows, taken)
        taken.update(one.id for one in found.values())
        certain = {one.id for one in found.values() if one.certain}
        if missing := certain - held.keys():
            records = self.model._default_manager.filter(pk__among=missing).values(*self._columns)
            held |= {one["id"]: one for one in records}
            stamps |= stamps_of(missing)
            joined |= self._communities(
                {pk: held[pk] for pk in missing if pk in held}, [one.plan.facts for one in judged]
            )
        for number, alike in found.items():
            if alike.certain and alike.id in held:
                self._compared(new[number], alike.id, held, stamps, joined)
                new[number].reasons.insert(0, ("found_alike", {"name": alike.name[:120]}))
            else:
                new[number].record_id = alike.id
                _as(new[number], V.DOUBTFUL, [("name_alike", {"name": alike.name[:120]})])

    def _compared_with(self) -> Iterable[Known[UUID]]:
        many = self.model._default_manager.order_by()[: MANY + 1].count() > MANY
        return [] if many else self.likeness()

    def _seen(self, run: Run, row: Incoming, facts: Facts) -> tuple[int, bool]:
        """Give the row of this file that said it first, and whether it said the same; rows are met once each."""
        if run.applying or not facts.keys:
            return 0, False
        content = hash(tuple(sorted((name, str(value)) for name, value in facts.said.items())))
        # An address or id decides alone; a name, with its place where that is known, only where there is neither.
        decisive = [key for key in facts.keys if not key.startswith("n:")] or facts.keys[:1]
        for key in decisive:
            first = run.seen.setdefault(key, (row.number, content))
            if first[0] != row.number:
                return first[0], first[1] == content
        return 0, False

    def _compared(
        self,
        judgement: Judgement,
        pk: UUID,
        held: Mapping[UUID, Mapping[str, Any]],
        stamps: Mapping[UUID, Mapping[str, str]],
        joined: Mapping[UUID, set[UUID]],
    ) -> Judgement:
        plan: Plan = judgement.plan
        judgement.record_id = pk
        plan.held = held[pk]
        plan.difference = compare(held[pk], plan.facts.said, stamps.get(pk, {}))
        # What people took a record out of, a file does not put it into again.
        if stamps.get(pk, {}).get("communities") != digest(said_communities(plan.facts)):
            plan.new_communities = [one for one in plan.facts.communities if one not in joined.get(pk, set())]
        names = [self.compared[name] for name in plan.difference.changes]
        names += ["community"] if plan.new_communities else []
        before = so_far(held[pk], {name: self.compared[name] for name in plan.difference.changes})
        reasons: list[Reason] = [("changes", {"fields": names, "so_far": before})] if names else []
        if plan.difference.kept:
            reasons.append(("kept", {"fields": [self.compared[name] for name in plan.difference.kept]}))
        return _as(judgement, V.CHANGED if names else V.SAME, reasons)

    def _communities(self, held: Mapping[UUID, Any], facts: Sequence[Facts]) -> dict[UUID, set[UUID]]:
        if not any(one.communities for one in facts):
            return {}
        through: Any = self.model._meta.get_field("communities").remote_field.through  # type: ignore[union-attr]
        name = f"{self.model._meta.model_name}_id"
        joined: dict[UUID, set[UUID]] = defaultdict(set)
        for record, community in through.objects.filter(**{f"{name}__in": list(held)}).values_list(
            name, "community_id"
        ):
            joined[record].add(community)
        return joined


def _is_open(one: Judgement) -> bool:
    """Say whether a row may still be another record than the one its name suggests."""
    return one.verdict == V.NEW or (one.verdict == V.DOUBTFUL and one.reasons[0][0] in ("name_alike", "name_twice"))


def as_text(value: Any) -> str:
    """Write a stored value in short, as a row of a file would."""
    if isinstance(value, dict):
        return " / ".join(str(one) for one in value.values())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value) if value not in (None, False) else ""


def said_communities(facts: Facts) -> list[str]:
    """Give the communities a row names, as a stamp holds them."""
    return sorted(str(pk) for pk in facts.communities)


def _communities_said(facts: Facts) -> dict[str, Any]:
    return {"communities": said_communities(facts)} if facts.communities else {}


def community_ids(run: Run, row: Incoming) -> list[UUID]:
    """Give the community a row names; the value was cleaned to its id."""
    value = row.values.get("community")
    return [UUID(value)] if value else []


def source_key(run: Run, row: Incoming, fallback: str = "") -> str:
    """Give the key of the source's own id ("reddit:12345"), empty where the row has none."""
    own = row.values.get("key", "")
    if not own:
        return ""
    source = run.cache.get("source")
    if source is None:
        source = run.cache["source"] = fold(str(run.fixed.get("source") or "")).replace(" ", "-")
    return f"{source or row.values.get('platform') or fallback or 'file'}:{own}"[:120]


def _as(judgement: Judgement, verdict: str, reasons: list[Reason]) -> Judgement:
    judgement.verdict, judgement.reasons = verdict, reasons
    return judgement
