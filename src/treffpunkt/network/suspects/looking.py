"""Reading records as they are compared: all of them in a stream of keys, and some with everything they say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.db.models import QuerySet

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import fold
from treffpunkt.network.addresses import recognise
from treffpunkt.network.models import Actor, Channel, Organisation, Role, Space
from treffpunkt.network.suspects import judging
from treffpunkt.network.suspects.judging import Looked, is_telling
from treffpunkt.network.targets.likeness import phones_of

_PHONES = frozenset({Channel.Kind.PHONE, Channel.Kind.WHATSAPP, Channel.Kind.SIGNAL})
_PIECE = 2000
_HOST = re.compile(r"^[a-z][a-z0-9+.-]*://(?:www\.|m\.|mobile\.|web\.)?")
_CODE = re.compile(r"/(?:\+|joinchat/)|chat\.whatsapp\.com/|/share/|/channel/")
_OF_ACTOR = ("id", "name", "handle", "source_key")
_OF_SPACE = ("id", "name", "platform_id", "address", "source_key")
_OF_ORGANISATION = ("id", "name", "phone", "website", "postal_address", "place_id", "source_key")


def looked(kind: str, ids: Collection[UUID] | None = None) -> Iterator[Looked]:
    """Read all records of a kind, or some; what hangs on them is read a piece at a time."""
    return _READERS[kind](ids)


def loose(address: str, platform: str = "") -> str:
    """Reduce an address further than the one that is kept: whatever could be written differently is left out."""
    try:
        found = recognise(address, platform=platform)
    except DomainError:
        found = None
    plain = unquote(found.address if found else address)
    return _HOST.sub("", plain.casefold()).split("#")[0].rstrip("/ ")


def address_kind(address: str) -> str:
    """Say whether an address names a group, numbers it, or is an invitation that may change."""
    if not address:
        return ""
    if _CODE.search(address):
        return "hidden"
    return "numbered" if address.rstrip("/").rpartition("/")[2].isdigit() else "named"


def _actors(ids: Collection[UUID] | None) -> Iterator[Looked]:
    rows = _some(Actor.objects.filter(erased_at=None), ids)
    for piece in _pieces(rows.values(*_OF_ACTOR)):
        pks = [row["id"] for row in piece]
        channels: dict[UUID, list[str]] = defaultdict(list)
        for actor, kind, value in Channel.objects.filter(actor__among=pks).values_list(
            "actor", "channel_kind", "value"
        ):
            channels[actor] += _channel_keys(kind, value)
        spaces: dict[UUID, list[str]] = defaultdict(list)
        roles = Role.objects.filter(actor__among=pks, space__isnull=False)
        for actor, space in roles.values_list("actor", "space"):
            spaces[actor].append(f"{judging.SPACE}{space}")
        for row in piece:
            pk, name, handle = row["id"], fold(row["name"]), row["handle"].casefold()
            keys = [*channels[pk], *spaces[pk], *_name_keys(name)]
            keys += [f"{judging.HANDLE}{handle}"] if handle else []
            yield Looked(pk, tuple(filter(None, [name or fold(handle)])), frozenset(keys), row["source_key"])


def _spaces(ids: Collection[UUID] | None) -> Iterator[Looked]:
    for piece in _pieces(_some(Space.objects.all(), ids).values(*_OF_SPACE)):
        leaders: dict[UUID, list[str]] = defaultdict(list)
        roles = Role.objects.filter(space__among=[row["id"] for row in piece], role=Role.Kind.ADMINISTRATOR)
        for space, actor in roles.values_list("space", "actor"):
            leaders[space].append(f"{judging.LEADER}{actor}")
        for row in piece:
            name, address, platform = fold(row["name"]), row["address"], row["platform_id"]
            keys = [*leaders[row["id"]], *_name_keys(name, platform)]
            keys += [f"{judging.ADDRESS}{loose(address, platform)}"] if address else []
            yield Looked(
                row["id"], (name,), frozenset(keys), row["source_key"], apart=platform, address=address_kind(address)
            )


def _organisations(ids: Collection[UUID] | None) -> Iterator[Looked]:
    for piece in _pieces(_some(Organisation.objects.all(), ids).values(*_OF_ORGANISATION)):
        for row in piece:
            name, postal = fold(row["name"]), fold(row["postal_address"])
            keys = [*_name_keys(name), *(f"{judging.HOUSE}{house}" for house in _houses(postal))]
            keys += [f"{judging.PHONE}{phone}" for phone in phones_of([row["phone"]])]
            keys += [f"{judging.WEBSITE}{loose(row['website'])}"] if row["website"] else []
            yield Looked(
                row["id"], (name,), frozenset(keys), row["source_key"], postal=row["postal_address"],
                place=row["place_id"],
            )  # fmt: skip


def _channel_keys(kind: str, value: str) -> list[str]:
    """Give what a channel shares: a number however it is written, a mail address, a handle."""
    if kind in _PHONES or (value.startswith("+") and value[1:].isdigit()):
        return [f"{judging.PHONE}{phone}" for phone in phones_of([value])]
    if kind in (Channel.Kind.MAIL, Channel.Kind.OTHER):
        return [f"{judging.CHANNEL}{value.casefold()}"]
    handle = value.casefold().removeprefix("@")
    return [f"{judging.CHANNEL}{kind}:{handle}", f"{judging.HANDLE}{handle}"]


def _name_keys(name: str, apart: str = "") -> list[str]:
    return [f"{judging.NAME}{apart}|{' '.join(sorted(name.split()))}"] if is_telling(name) else []


def _houses(postal: str) -> Iterator[str]:
    """Pair the number of a house with the beginnings of the words around it: a typing error spares one of them."""
    words = postal.split()
    numbers = [word for word in words if any(letter.isdigit() for letter in word)][:2]
    longest = sorted((word for word in words if word.isalpha()), key=lambda word: (-len(word), word))[:2]
    yield from (f"{number}|{word[:5]}" for number in numbers for word in longest)


def _some(rows: QuerySet[Any], ids: Collection[UUID] | None) -> QuerySet[Any]:
    return rows.order_by() if ids is None else rows.order_by().filter(pk__among=list(ids))


def _pieces(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    piece: list[Any] = []
    for row in _streamed(rows):
        piece.append(row)
        if len(piece) == _PIECE:
            yield piece
            piece = []
    if piece:
        yield piece


def _streamed(rows: QuerySet[Any]) -> Iterable[Any]:
    return rows.iterator(chunk_size=_PIECE)


_READERS = {"network.actor": _actors, "network.space": _spaces, "network.organisation": _organisations}
