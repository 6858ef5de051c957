"""Codes in the place of names: random, the same within one export, another in the next."""

from __future__ import annotations

import secrets
from uuid import UUID

from treffpunkt.network.landscape.asking import ACTOR, COMMUNITY, ORGANISATION, SPACE
from treffpunkt.network.landscape.facts import Node
from treffpunkt.network.models import Space

# No letters or figures that are taken for one another.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 6
PREFIXES = {COMMUNITY: "C", SPACE: "G", ACTOR: "P", ORGANISATION: "O"}


class Codes:
    """The codes of one export; they tell nothing of the record, neither who it is nor when it was made."""

    def __init__(self) -> None:
        self._given: dict[UUID, str] = {}
        self._taken: set[str] = set()

    def of(self, node: Node) -> str:
        """Give the code of a record, the same each time."""
        known = self._given.get(node.pk)
        while known is None:
            code = f"{PREFIXES[node.kind]}-{''.join(secrets.choice(_SIGNS) for _ in range(_LENGTH))}"
            if code not in self._taken:
                self._taken.add(code)
                known = self._given[node.pk] = code
        return known


def names_somebody(node: Node) -> bool:
    """Say whether a record's name is a person's: that of a person, and of a profile, which is called after one."""
    return node.kind == ACTOR or (node.kind == SPACE and node.nature == Space.Kind.PROFILE)
