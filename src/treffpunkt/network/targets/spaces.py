"""Groups, pages and channels from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import sort_key
from treffpunkt.intake.models import Result
from treffpunkt.intake.targets import Field, Incoming, Judgement, Kept, Made, Reason, Run
from treffpunkt.network.addresses import recognise
from treffpunkt.network.models import Snapshot, Space
from treffpunkt.network.services.counts import recount_actors_in
from treffpunkt.network.services.feeds import feed_address
from treffpunkt.network.services.planning import ask_for_new_plan, ask_for_suspects
from treffpunkt.network.services.snapshots import copy_members, note_members, settle_members
from treffpunkt.network.targets import feeds
from treffpunkt.network.targets.fields import space_fields
from treffpunkt.network.targets.likeness import Known, of_one_source
from treffpunkt.network.targets.records import Facts, Records, community_ids, name_key, source_key
from treffpunkt.network.targets.words import count
from treffpunkt.network.targets.writing import take_back
from treffpunkt.search import services as search

BLOG = Space.Kind.BLOG.value
_SIMPLE = ("members", "short_name", "audience", "content", "visibility", "women_only", "rules", "space_kind")


class Spaces(Records):
    """Groups, pages, channels, blogs and forums: one a row."""

    key = "spaces"
    name = _("Groups and channels")
    explains = _("One group, page, channel, blog or forum a row: its name or address, its platform, its members.")
    icon = "messages-square"
    model = Space
    kind = "network.space"
    also = ("feed__address",)
    compared: Mapping[str, str] = {
        "name": "name", "address": "address", "platform_id": "platform", "source_key": "key", "language_id": "language",
        **{name: name for name in _SIMPLE},
    }  # fmt: skip

    def fields(self) -> Sequence[Field]:
        """List the fields, the most important first."""
        return space_fields()

    def count(self, kind: str, number: int) -> str:
        """Say a number of records of a kind in words."""
        return count(kind, number)

    def facts(self, run: Run, row: Incoming) -> Facts:
        """Read what a row says."""
        values = row.values
        said: dict[str, Any] = {"name": values.get("name", "")}
        problems: list[Reason] = []
        platform = values.get("platform", "")
        if address := values.get("address", ""):
            platform = _read_address(address, platform, said, problems)
        feed = _read_feed(values.get("feed", ""), problems)
        if feed and not platform:
            platform = said["space_kind"] = BLOG
        if not platform and not problems:
            problems.append(("missing", {"field": "platform"}))
        said["platform_id"] = platform
        said |= {name: values[name] for name in _SIMPLE if name in values}
        if "language" in values:
            said["language_id"] = values["language"]
        key = source_key(run, row)
        if key:
            said["source_key"] = key
        keys = [f"s:{key}"] if key else []
        keys += [f"a:{said['address']}"] if said.get("address") else []
        keys += [f"f:{feed}"] if feed else []
        keys.append(f"n:{platform}|{name_key(said['name'])}")
        return Facts(said, keys, community_ids(run, row), problems, feed)

    def keys_of(self, held: Mapping[str, Any]) -> list[str]:
        """Give the keys of a record as `Facts.keys` would be."""
        keys = [f"s:{held['source_key']}"] if held["source_key"] else []
        keys += [f"a:{held['address']}"] if held["address"] else []
        keys += [f"f:{held['feed__address']}"] if held["feed__address"] else []
        return [*keys, f"n:{held['platform_id']}|{name_key(held['name'])}"]

    def candidates(self, facts: Sequence[Facts]) -> Iterable[QuerySet[Any]]:
        """Select whatever one of these rows could be, a query for each kind of key."""
        if sources := [one.said["source_key"] for one in facts if "source_key" in one.said]:
            yield Space.objects.filter(source_key__among=sources)
        if addresses := [one.said["address"] for one in facts if one.said.get("address")]:
            yield Space.objects.filter(address__among=addresses)
        if feeds := [one.feed for one in facts if one.feed]:
            yield Space.objects.filter(feed__address__in=feeds)
        names = {sort_key(one.said["name"]) for one in facts}
        yield Space.objects.filter(platform__in={one.said["platform_id"] for one in facts}, sorting__among=names)

    def fits(self, facts: Facts, held: Mapping[str, Any]) -> bool | None:
        """Say whether a record of the same name is the same; None where a person has to decide."""
        if of_one_source(facts.said.get("source_key", ""), held["source_key"]):
            return False
        address = facts.said.get("address", "")
        return None if address and held["address"] and address != held["address"] else True

    def complete(self, run: Run, said: dict[str, Any]) -> dict[str, Any]:
        """Add to a new record what no file says."""
        said["state_since"] = now()
        if said.get("members") is not None:
            said["members_counted_on"] = today()
        return said

    def follow(self, names: Sequence[str]) -> list[str]:
        """Name the attributes that change along with others."""
        return ["members_counted_on"] if "members" in names else []

    def following(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Give the values that change along with others."""
        return {"members_counted_on": today()} if "members" in row else {}

    def likeness(self) -> Iterable[Known[UUID]]:
        """List what is compared by likeness: groups with a name of several words."""
        rows = (
            Space.objects.order_by()
            .filter(name__contains=" ")
            .values_list("id", "name", "platform_id", "address", "source_key")
        )
        for pk, name, platform, address, own in rows.iterator(chunk_size=5000):
            yield Known(pk, name, apart=platform, only=address, source=own)

    def shown_to_likeness(self, number: int, facts: Facts) -> Known[int] | None:
        """Give what is compared of a group; two platforms, or two addresses, are two groups."""
        said = facts.said
        if " " not in said["name"]:
            return None
        platform, address, own = (said.get(name, "") for name in ("platform_id", "address", "source_key"))
        return Known(number, said["name"], apart=platform, only=address, source=own)

    def match(self, run: Run, rows: Sequence[Incoming]) -> list[Judgement]:
        """Judge rows, in their order; writes nothing."""
        return feeds.judged(run, super().match(run, rows))

    def apply(self, run: Run, judgements: Sequence[Judgement]) -> list[Made]:
        """Write new records and changes, how many members they have on this day, and their feeds."""
        made = super().apply(run, judgements)
        self._note_counts(made)
        return [*made, *feeds.subscribed(judgements, made)]

    def _note_counts(self, made: Sequence[Made]) -> None:
        new = [one.record_id for one in made if one.before is None]
        copy_members(Space.objects.filter(pk__among=new).values("id", "members", "members_counted_on"))
        counted = {one.record_id: one for one in made if one.before and "members" in one.before["held"]}
        for one in counted.values():
            assert one.before is not None
            one.before["counted_on"] = today().isoformat()
        note_members(Space.objects.filter(pk__among=list(counted)), Snapshot.Source.IMPORTED)

    def settle(self, run: Run) -> None:
        """Renew what rests on the members of spaces."""
        changed = Result.objects.filter(file=run.import_id, before__held__has_key="members")
        recount_actors_in(changed.values_list("record_id", flat=True))
        ask_for_new_plan()
        ask_for_suspects()

    def undo(self, run: Run, made: Sequence[tuple[int, Made]]) -> list[Kept]:
        """Take back spaces; those somebody did something with since stay."""
        made = feeds.taken_back(made)
        removed, kept = take_back(run, self.kind, made)
        search.forget(removed)
        stays = {one.made_id for one in kept}
        _forget_counts([one for made_id, one in made if made_id not in stays and one.before])
        return kept


def _read_feed(text: str, problems: list[Reason]) -> str:
    """Give the address of a feed as it is kept."""
    if not text:
        return ""
    try:
        return feed_address(text)
    except DomainError as error:
        problems.append(("refused", {"field": "feed", "value": text[:80], "why": str(error.message)}))
        return ""


def _forget_counts(made: Sequence[Made]) -> None:
    """Forget how many members an import counted, where it is taken back."""
    counted = {one.record_id: date.fromisoformat(day) for one in made if (day := (one.before or {}).get("counted_on"))}
    for day in set(counted.values()):
        spaces = [pk for pk, counted_on in counted.items() if counted_on == day]
        Snapshot.objects.filter(space__among=spaces, day=day, source=Snapshot.Source.IMPORTED).delete()
    settle_members(counted)


def _read_address(text: str, platform: str, said: dict[str, Any], problems: list[Reason]) -> str:
    """Reduce the address to its one spelling; it may tell the platform and the kind as well."""
    try:
        found = recognise(text, platform=platform)
    except DomainError as error:
        problems.append(("refused", {"field": "address", "value": text[:80], "why": str(error.message)}))
        return platform
    if found is None:
        problems.append(("no_url", {"field": "address", "value": text[:80]}))
        return platform
    said["address"] = found.address
    if found.platform != "blog" or not platform:
        if found.kind:
            said["space_kind"] = found.kind
        return found.platform
    return platform
