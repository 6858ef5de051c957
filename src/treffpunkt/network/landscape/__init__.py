"""The landscape: communities, spaces, people and organisations as a graph, or the part of it that can be shown.

A hundred thousand records are no picture. `choose` takes the part that says most, `nodes` reads what is said of it,
`rows` reads one page of it as a table, `files` writes it down.
"""

from __future__ import annotations

from treffpunkt.network.landscape.asking import ACTOR, COMMUNITY, KINDS, MOST, ORGANISATION, SPACE, Ask, Excerpt, Key
from treffpunkt.network.landscape.choosing import choose, how_many
from treffpunkt.network.landscape.facts import Node, nodes, spots
from treffpunkt.network.landscape.rows import ORDERS, Page, rows

__all__ = [
    "ACTOR",
    "COMMUNITY",
    "KINDS",
    "MOST",
    "ORDERS",
    "ORGANISATION",
    "SPACE",
    "Ask",
    "Excerpt",
    "Key",
    "Node",
    "Page",
    "choose",
    "how_many",
    "nodes",
    "rows",
    "spots",
]
