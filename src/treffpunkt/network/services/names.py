"""Keeping the search by name up to date."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from treffpunkt.network.models import Actor, Channel, Community, Organisation, Space, Spot
from treffpunkt.search import services as search

_PHONES = frozenset({Channel.Kind.PHONE, Channel.Kind.WHATSAPP, Channel.Kind.SIGNAL})


def index_spaces(spaces: Iterable[Space]) -> None:
    """Make spaces findable by name, German short name and address."""
    search.index_many(
        [
            search.Entry(
                kind=space.kind,
                record_id=space.pk,
                names=_filled(space.name, space.short_name),
                urls=_filled(space.address),
            )
            for space in spaces
        ]
    )


def index_actors(actors: Iterable[Actor]) -> None:
    """Make actors findable by name, handle and channels."""
    every = list(actors)
    channels: dict[UUID, list[Channel]] = {}
    for channel in Channel.objects.filter(actor__in=[actor.pk for actor in every]):
        channels.setdefault(channel.actor_id, []).append(channel)
    search.index_many(
        [
            search.Entry(
                kind=actor.kind,
                record_id=actor.pk,
                names=_filled(actor.name, actor.reading, actor.handle),
                phones=[one.value for one in channels.get(actor.pk, ()) if one.channel_kind in _PHONES],
                handles=_filled(
                    actor.handle,
                    *(one.value for one in channels.get(actor.pk, ()) if one.channel_kind not in _PHONES),
                ),
            )
            for actor in every
        ]
    )


def index_organisations(organisations: Iterable[Organisation]) -> None:
    """Make organisations findable by name, website, phone and postal address."""
    search.index_many(
        [
            search.Entry(
                kind=one.kind,
                record_id=one.pk,
                names=_filled(one.name, one.reading),
                phones=_filled(one.phone),
                urls=_filled(one.website),
                addresses=_filled(one.postal_address),
            )
            for one in organisations
        ]
    )


def index_communities(communities: Iterable[Community]) -> None:
    """Make communities findable by name."""
    search.index_many([search.Entry(kind=one.kind, record_id=one.pk, names=_filled(one.name)) for one in communities])


def forget(record_ids: Iterable[UUID]) -> None:
    """Take records out of the search and off the map: what is erased, let go, taken back, or became another."""
    ids = list(record_ids)
    search.forget(ids)
    Spot.objects.filter(record_id__among=ids).delete()


def _filled(*texts: str) -> list[str]:
    return [text for text in texts if text]
