"""What merges keep of a person, so that they can be taken back: former values, until their time is over."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from treffpunkt.core.agent import Agent
from treffpunkt.network.models import Actor, Channel, Merge, Role
from treffpunkt.network.rules import viewable_merges
from treffpunkt.network.stored import INTEREST, OURSELVES, Category, Line, Rows, day, marked, told
from treffpunkt.retention.queries import Periods

_COLUMNS = {
    "network.actor": (Actor, ("name", "reading", "handle", "note", "consent_for", "consent_how")),
    "network.channel": (Channel, ("value",)),
    "network.role": (Role, ("evidence",)),
}


def asks(actor: Actor, by: Agent) -> list[QuerySet[Any, Any]]:
    """Ask for the merges by which a person's record became what it is, those before the last one too."""
    before = Merge.objects.filter(record_id=actor.pk, undone_at=None).values("gone_id")
    merges = Merge.objects.filter(Q(record_id=actor.pk) | Q(record_id__in=before), undone_at=None)
    rows = marked(merges.exclude(before={}), viewable_merges(by)).order_by("created_at")
    return [rows.values("seen", "created_at", "before")]


def held_of(actor: Actor, present: Periods, found: list[Rows]) -> list[Category]:
    """Tell the former values and how long they stay."""
    (merges,) = found
    former = [
        {"seen": row["seen"], "line": (f"{name} ({day(row['created_at'])})", value)}
        for row in merges
        for name, value in _former(row["before"])
    ]
    until = present.after("merges", merges[-1]["created_at"]) if merges else None
    return [
        Category(
            "merges", gettext_lazy("Entered twice and made one: what stood there before"),
            gettext_lazy("so that a mistake can be taken back"), INTEREST, OURSELVES, until,
            told(former, itemgetter("line")),
        )
    ]  # fmt: skip


def _former(before: dict[str, Any]) -> Iterator[Line]:
    for step in before.get("steps", ()):
        model, names = _COLUMNS.get(step["model"], (None, ()))
        for name in names:
            value = (step.get("before") or {}).get(name)
            if model is not None and value:
                field: Any = model._meta.get_field(name)
                yield str(field.verbose_name), str(value)
