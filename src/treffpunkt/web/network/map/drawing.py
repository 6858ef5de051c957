"""The map as data: for the browser that draws it, and for files that leave the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.network.landscape import KINDS, Ask, Excerpt, Node, nodes, spots
from treffpunkt.network.landscape.codes import Codes, names_somebody
from treffpunkt.network.landscape.files import Column, Dot, Drawing, Line
from treffpunkt.web.network.map.saying import KIND_LABELS, Words, is_single

# What the browser wants to know of a record besides.
SINGLE, PERSONAL, MIDDLE = 1, 2, 4


def for_browser(by: Agent, ask: Ask, excerpt: Excerpt) -> dict[str, Any]:
    """Give nodes as lists and edges as pairs of their places: a third of the size of named fields."""
    found, places = nodes(by, excerpt.ids), spots(excerpt.kinds)
    said = Words()
    states: dict[tuple[str, str], int] = {}
    middle = {pk for _kind, pk in ask.around or ()}
    number = {node.pk: place for place, node in enumerate(found)}
    written = []
    for node in found:
        flags = SINGLE * is_single(node) + PERSONAL * names_somebody(node) + MIDDLE * (node.pk in middle)
        state = states.setdefault(said.state(node), len(states))
        x, y = places.get(node.pk, (None, None))
        line = said.nature(node)
        written.append(
            [KINDS.index(node.kind), node.pk, said.name(node), node.short, line, state, node.reach, flags, x, y]
        )
    return {
        "nodes": written,
        "edges": [[number[one], number[other]] for one, other in excerpt.edges if one in number and other in number],
        "states": [list(pair) for pair in states],
    }


def for_file(by: Agent, excerpt: Excerpt, *, named: bool) -> tuple[Drawing, list[UUID]]:
    """Give what a file holds, people as codes unless they are to be named; and the ids of those it names."""
    found, places = nodes(by, excerpt.ids), spots(excerpt.kinds)
    codes, said = Codes(), Words()
    kept = {node.pk: node for node in found}
    dots = [_dot(node, codes, said, places.get(node.pk), named=named) for node in found]
    lines = [
        Line(codes.of(kept[one]), codes.of(kept[other]), said.roles.get(what, ""))
        for (one, other), what in excerpt.edges.items()
        if one in kept and other in kept
    ]
    drawing = Drawing(columns=_columns(), dots=dots, lines=lines, made_on=today())
    return drawing, [node.pk for node in found if node.kind == "network.actor"] if named else []


def _columns() -> Sequence[Column]:
    return [
        Column("kind", _("Kind"), str),
        Column("short", _("German short name"), str),
        Column("what", _("What it is"), str),
        Column("language", _("Language"), str),
        Column("state", _("State"), str),
        Column("reach", _("Potential reach"), int),
        Column("admins", _("Admins"), int),
        Column("women", _("For women only"), bool),
        Column("machine", _("Not a person"), bool),
    ]


def _dot(node: Node, codes: Codes, said: Words, place: tuple[float, float] | None, *, named: bool) -> Dot:
    code = codes.of(node)
    hidden = names_somebody(node) and not named
    x, y = place or (None, None)
    values = [
        str(KIND_LABELS[node.kind]),
        "" if hidden else node.short,
        said.nature(node),
        said.languages.get(node.language, node.language),
        said.state(node)[0],
        node.reach,
        node.administrators,
        node.women_only,
        node.machine,
    ]
    return Dot(code, code if hidden else said.name(node), values, x, y)
