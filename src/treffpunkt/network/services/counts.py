"""Figures stored beside the records, kept wherever roles, sizes or marks change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, Func, OuterRef, Subquery
from django.db.models.functions import Coalesce

from treffpunkt.network.models import Actor, Role, Space

_PIECE = 5000


def recount_spaces(space_ids: Iterable[UUID]) -> None:
    """Count the present administrators of these spaces, each once; machines and shared accounts hold no key."""
    administrators = Role.objects.present().filter(
        space=OuterRef("pk"), role=Role.Kind.ADMINISTRATOR, actor__not_a_person=False
    )
    for piece in pieces(space_ids):
        _renew(
            Space.objects.filter(pk__in=piece),
            "administrator_count",
            administrators,
            Func("actor_id", template="COUNT(DISTINCT %(expressions)s)", output_field=BigIntegerField()),
        )


def recount_actors(actor_ids: Iterable[UUID]) -> None:
    """Sum the members of the spaces in which these actors have a role at present, each space once."""
    roles = Role.objects.present().filter(actor=OuterRef(OuterRef("pk")))
    spaces = Space.objects.filter(pk__in=roles.values("space"))
    for piece in pieces(actor_ids):
        _renew(
            Actor.objects.filter(pk__in=piece),
            "potential_reach",
            spaces,
            Func("members", function="SUM"),
        )


def recount_actors_in(space_ids: Iterable[UUID]) -> None:
    """Sum anew for everybody with a role in these spaces."""
    for piece in pieces(space_ids):
        recount_actors(Role.objects.present().filter(space__in=piece).values_list("actor_id", flat=True))


def pieces(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Cut many ids into pieces of a size that a statement carries easily."""
    every = list(dict.fromkeys(ids))
    for start in range(0, len(every), _PIECE):
        yield every[start : start + _PIECE]


def _renew(rows: Any, field: str, source: Any, figure: Func) -> None:
    """Write the figure over `source` where it differs from what is stored."""
    # A plain function, not an aggregate: it sums the whole subquery without grouping it.
    found = Subquery(source.order_by().annotate(figure=figure).values("figure"))
    rows = rows.annotate(figure=Coalesce(found, 0, output_field=BigIntegerField()))
    rows.exclude(**{field: F("figure")}).update(**{field: F("figure")})
