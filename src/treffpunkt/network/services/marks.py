"""By what a file would bring somebody back who was erased."""

from __future__ import annotations

from treffpunkt.network.models import Actor


def marks_of(actor: Actor) -> list[str]:
    """Give the keys by which an import would know the person again; a name is not one, others have it too."""
    marks = [f"s:{actor.source_key}"] if actor.source_key else []
    marks += [f"h:{actor.handle.casefold()}"] if actor.handle else []
    return marks + [f"c:{one.channel_kind}:{one.value}" for one in actor.channels.all()]
