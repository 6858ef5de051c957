"""Figures from a file: how many members and posts which group had on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from treffpunkt.core import bulk
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import sort_key
from treffpunkt.intake.models import Row
from treffpunkt.intake.targets import Field, Incoming, Judgement, Kept, Made, Reason, Run
from treffpunkt.network.addresses import recognise
from treffpunkt.network.models import Snapshot, Space
from treffpunkt.network.over_time import monday
from treffpunkt.network.services.counts import recount_actors_in
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.network.services.snapshots import settle_members
from treffpunkt.network.targets.fields import activity_fields
from treffpunkt.network.targets.records import name_key
from treffpunkt.network.targets.words import count
from treffpunkt.network.targets.writing import journal, later

KIND, SPACE = "network.snapshot", "network.space"
IMPORTED = Snapshot.Source.IMPORTED
_NUMBERS = ("members", "posts")
V = Row.Verdict


@dataclass(frozen=True)
class Figure:
    """What a row says of a space on a day."""

    space: UUID
    day: date
    numbers: Mapping[str, int]

    @property
    def place(self) -> tuple[UUID, date]:
        """Name where it is kept."""
        return self.space, self.day


class Activity:
    """Members and posts of groups: one group and day a row."""

    key = "activity"
    name = _("Members and posts over time")
    explains = _("One group and day a row: its name or address, the day, how many members, how many posts that week.")
    icon = "chart-line"

    def fields(self) -> Sequence[Field]:
        """List the fields, the most important first."""
        return activity_fields()

    def count(self, kind: str, number: int) -> str:
        """Say a number of records of a kind in words."""
        return count(kind, number)

    def describe(self, ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, str]]:
        """Give what stands in records here: no row of figures is ever doubtful."""
        return {}

    def match(self, run: Run, rows: Sequence[Incoming]) -> list[Judgement]:
        """Judge rows, in their order; writes nothing."""
        finder = _Finder(rows)
        judged = [_judge(run, row, finder) for row in rows]
        known = _known([one.plan.space for one in judged if one.plan])
        for one in judged:
            if one.plan and one.verdict == V.NEW:
                _compare(one, known.get(one.plan.place))
        run.makes[KIND] += sum(one.verdict == V.NEW for one in judged)
        return judged

    def apply(self, run: Run, judgements: Sequence[Judgement]) -> list[Made]:
        """Write figures; the newest says how many members a space has."""
        known = _known([one.plan.space for one in judgements])
        moment, made = now(), []
        new: list[dict[str, Any]] = []
        changed: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for one in judgements:
            figure: Figure = one.plan
            present = known.get(figure.place)
            if present is None:
                pk = uuid7()
                place = {"id": pk, "created_at": moment, "space_id": figure.space, "day": figure.day}
                new.append({**place, "source": IMPORTED, **figure.numbers})
                made.append(Made(one.row.number, KIND, pk))
            else:
                changed[tuple(sorted(figure.numbers))].append({"id": present["id"], **figure.numbers})
                held = {name: present[name] for name in figure.numbers}
                made.append(Made(one.row.number, KIND, present["id"], {"held": held, "stamp": {}}))
        bulk.insert(Snapshot, new)
        for names, rows in changed.items():
            bulk.update(Snapshot, names, rows)
        spaces = {one.plan.space for one in judgements}
        journal(run, SPACE, [(pk, ()) for pk in sorted(spaces)], verb="space.counted")
        _settle(spaces)
        return made

    def settle(self, run: Run) -> None:
        """Nothing is summed up over figures but what was renewed with them."""

    def undo(self, run: Run, made: Sequence[tuple[int, Made]]) -> list[Kept]:
        """Take back figures; what a later file has changed stays."""
        stays = later(run, [one.record_id for _id, one in made])
        gone = [one for _id, one in made if one.record_id not in stays]
        spaces = set(Snapshot.objects.filter(pk__among=[one.record_id for one in gone]).values_list("space", flat=True))
        Snapshot.objects.filter(pk__among=[one.record_id for one in gone if one.before is None]).delete()
        back: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for one in gone:
            if one.before and (held := one.before["held"]):
                back[tuple(sorted(held))].append({"id": one.record_id, **held})
        for names, rows in back.items():
            bulk.update(Snapshot, names, rows)
        _settle(spaces)
        return [Kept(made_id, stays[one.record_id]) for made_id, one in made if one.record_id in stays]


def _settle(spaces: Iterable[UUID]) -> None:
    if changed := settle_members(spaces):
        recount_actors_in(changed)
        ask_for_new_plan()


def _known(spaces: Iterable[UUID]) -> dict[tuple[UUID, date], dict[str, Any]]:
    rows = Snapshot.objects.filter(space__among=list(set(spaces)), source=IMPORTED)
    return {(row["space_id"], row["day"]): row for row in rows.values("id", "space_id", "day", *_NUMBERS)}


class _Finder:
    """Finds the spaces that rows mean: by address, else by name, among those of the platform where one is named."""

    def __init__(self, rows: Sequence[Incoming]) -> None:
        self.addresses = {row.number: _address(row) for row in rows}
        wanted = [address for address, _problem in self.addresses.values() if address]
        self.by_address = dict(Space.objects.filter(address__among=wanted).values_list("address", "pk"))
        names = {sort_key(row.values["space"]) for row in rows if row.values.get("space")}
        self.by_name: dict[str, list[tuple[UUID, str]]] = defaultdict(list)
        for pk, name, platform in Space.objects.filter(sorting__among=names).values_list("pk", "name", "platform"):
            self.by_name[name_key(name)].append((pk, platform))

    def find(self, row: Incoming) -> tuple[UUID | None, list[Reason]]:
        """Give the space a row means, or why it means none."""
        name, platform = row.values.get("space", ""), row.values.get("platform", "")
        address, problems = self.addresses[row.number]
        if problems:
            return None, problems
        if address in self.by_address:
            return self.by_address[address], []
        if not name:
            return None, [("no_space", {"value": row.values.get("address", "")[:120]}) if address else _NOBODY]
        found = [pk for pk, of in self.by_name.get(name_key(name), ()) if platform in ("", of)]
        if len(found) == 1:
            return found[0], []
        code, part = ("name_twice", "name") if found else ("no_space", "value")
        return None, [(code, {part: name[:120]})]


_NOBODY: Reason = ("missing", {"field": "space"})


def _address(row: Incoming) -> tuple[str, list[Reason]]:
    text = row.values.get("address", "")
    if not text:
        return "", []
    try:
        found = recognise(text, platform=row.values.get("platform", ""))
    except DomainError as error:
        return "", [("refused", {"field": "address", "value": text[:80], "why": str(error.message)})]
    return (found.address, []) if found else ("", [("no_url", {"field": "address", "value": text[:80]})])


def _judge(run: Run, row: Incoming, finder: _Finder) -> Judgement:
    judgement = Judgement(row, V.NEW, record_kind=SPACE)
    space, problems = finder.find(row)
    numbers = {name: row.values[name] for name in _NUMBERS if name in row.values}
    day: date | None = row.values.get("day")
    if not numbers:
        problems = [*problems, ("no_figure", {})]
    if day and day > today():
        problems = [*problems, ("future", {"field": "day", "value": day.isoformat()})]
    if problems or space is None or day is None:
        judgement.verdict, judgement.reasons = V.WRONG, problems
        return judgement
    # Posts alone are those of a week; where members are counted too, the day is that of the count.
    figure = Figure(space, day if "members" in numbers else monday(day), numbers)
    judgement.record_id, judgement.plan = space, figure
    if not run.applying:
        content = hash(tuple(sorted(numbers.items())))
        first, same = run.seen.setdefault(f"{space}|{figure.day}", (row.number, content))
        if first != row.number:
            judgement.verdict = V.SAME if same == content else V.WRONG
            judgement.reasons = [("repeated" if same == content else "contradicts", {"row": first})]
    return judgement


def _compare(judgement: Judgement, present: Mapping[str, Any] | None) -> None:
    if present is None:
        return
    figure: Figure = judgement.plan
    names = [name for name, number in figure.numbers.items() if present[name] != number]
    if not names:
        judgement.verdict = V.SAME
        return
    before = {name: str(present[name]) for name in names if present[name] is not None}
    judgement.verdict, judgement.reasons = V.CHANGED, [("changes", {"fields": names, "so_far": before})]
