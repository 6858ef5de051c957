"""Which of two records' values stay, field by field: what may be chosen, and what settles itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField, TextField

from treffpunkt.network.models import Actor, Organisation, Space
from treffpunkt.network.services.marks import marks_of

Mergeable = Actor | Space | Organisation
Choice = Literal["kept", "gone", "both"]
KEPT, GONE, BOTH = "kept", "gone", "both"


@dataclass(frozen=True)
class Choosable:
    """A field of which one of two values stays; `fields` go along with one another, `both` may be joined."""

    fields: tuple[str, ...]
    both: bool = False

    @property
    def key(self) -> str:
        """Name it as its first field."""
        return self.fields[0]


def _one(*fields: str) -> Choosable:
    return Choosable(fields)


def _joined(*fields: str) -> Choosable:
    return Choosable(fields, both=True)


CHOOSABLE: Mapping[type[Mergeable], tuple[Choosable, ...]] = {
    Actor: (
        _one("name"), _one("reading"), _one("handle"), _one("actor_kind"), _joined("languages"), _one("standing"), _one("owner"),
        _one("next_touch"), _joined("note"), _one("consent_for", "consent_how", "consent_at"), _one("not_a_person"),
    ),
    Space: (
        _one("name", "name_language"), _one("short_name"), _one("address", "platform", "space_kind"), _one("language"),
        _one("members", "members_counted_on"), _one("state", "state_since", "state_reason"), _one("audience"),
        _joined("content"), _one("visibility"), _one("place"), _one("women_only"), _joined("rules"),
        _one("link_policy"), _one("post_approval"), _one("check_due"),
    ),
    Organisation: (
        _one("name"), _one("reading"), _one("organisation_kind"), _joined("purpose"), _one("website"), _one("place"),
        _one("postal_address"), _one("phone"), _one("latitude", "longitude"), _one("radius"), _joined("note"),
    ),
}  # fmt: skip
# Of two moments the later or the earlier one, whoever had it.
_LATEST = ("last_contact_at", "checked_at", "telling_at")
_EARLIEST = ("created_at",)
# How far somebody has come with us: what is known says more than what is not.
_STANDINGS = ("unknown", "asked", "won", "declined")


def is_empty(record: Mergeable, one: Choosable) -> bool:
    """Say whether a record says nothing here: nothing at all, or only what every new record begins with."""
    field: Any = record._meta.get_field(one.key)
    value = getattr(record, field.attname)
    return value in (None, "", [], {}, False) or (bool(field.choices) and value == field.get_default())


def is_same(kept: Mergeable, gone: Mergeable, one: Choosable) -> bool:
    """Say whether both records say the same here."""
    name = kept._meta.get_field(one.key).attname  # type: ignore[union-attr]
    return bool(getattr(kept, name) == getattr(gone, name))


def proposed(kept: Mergeable, gone: Mergeable, one: Choosable) -> Choice:
    """Propose what stays: what is filled, of two texts both, of two counts the newer, of two standings the farther."""
    if is_empty(gone, one) or is_same(kept, gone, one):
        return "kept"
    if is_empty(kept, one):
        return "gone"
    if one.both:
        return "both"
    if one.key == "members":
        days = [getattr(record, "members_counted_on") for record in (kept, gone)]  # noqa: B009 of spaces only
        return "gone" if days[1] and (not days[0] or days[1] > days[0]) else "kept"
    if one.key == "standing":
        ranks = [_STANDINGS.index(getattr(record, "standing")) for record in (kept, gone)]  # noqa: B009
        return "gone" if ranks[1] > ranks[0] else "kept"
    return "kept"


def choose(kept: Mergeable, gone: Mergeable, choices: Mapping[str, str]) -> list[str]:
    """Write the chosen values into the record that stays; returns the names of what it takes over."""
    taken = []
    for one in CHOOSABLE[type(kept)]:
        if is_same(kept, gone, one):
            continue
        choice = choices.get(one.key) or proposed(kept, gone, one)
        if choice == BOTH and one.both:
            setattr(kept, one.key, join(kept, gone, one))
        elif choice == GONE:
            for name in one.fields:
                attname = kept._meta.get_field(name).attname  # type: ignore[union-attr]
                setattr(kept, attname, getattr(gone, attname))
        else:
            continue
        taken.append(one.key)
    _settle(kept, gone)
    return taken


def join(kept: Mergeable, gone: Mergeable, one: Choosable) -> Any:
    """Join two values: lists and sentences by language as one, texts below each other."""
    field, values = kept._meta.get_field(one.key), [getattr(record, one.key) for record in (kept, gone)]
    if isinstance(field, ArrayField):
        return list(dict.fromkeys([*values[0], *values[1]]))
    if isinstance(field, JSONField):
        return {**values[1], **values[0]}
    texts = [text for text in values if text]
    return ("\n\n" if isinstance(field, TextField) else " / ").join(dict.fromkeys(texts))


def _settle(kept: Mergeable, gone: Mergeable) -> None:
    """Take over what nobody needs to choose: the source's own id, when somebody was told, the last of everything."""
    kept.source_key = kept.source_key or gone.source_key
    for names, pick in ((_LATEST, max), (_EARLIEST, min)):
        for name in names:
            moments = [moment for record in (kept, gone) if (moment := getattr(record, name, None))]
            if moments:
                setattr(kept, name, pick(moments))
    if isinstance(kept, Actor):
        told = sorted(
            ((one.told_at, one.told_how) for one in (kept, cast(Actor, gone)) if one.told_at), key=lambda pair: pair[0]
        )
        if told:
            kept.told_at, kept.told_how = told[0]
            kept.telling_at = None


def keys_of(record: Mergeable) -> list[str]:
    """Give the keys by which an import would know a record again; not by its name alone, which others have too."""
    if isinstance(record, Actor):
        return marks_of(record)
    keys = [f"s:{record.source_key}"] if record.source_key else []
    return [*keys, f"a:{record.address}"] if isinstance(record, Space) and record.address else keys
