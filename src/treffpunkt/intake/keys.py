"""Keys that are remembered so that nobody can guess them back: not by trying every number, handle or address."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, transaction

# How a sealed key begins: an older one, a plain digest, has only figures and letters.
SEAL = "~"
PIECE = 5000


def sealed(key: str) -> str:
    """Give the form in which a key is remembered; only this installation can make it."""
    return seal(plain(key))


def plain(key: str) -> str:
    """Give the form in which an earlier version remembered a key."""
    return sha256(key.encode()).hexdigest()[:32]


def seal(digest: str) -> str:
    """Seal a plain digest with the secret of the installation."""
    return SEAL + hmac.digest(_secret(settings.SECRET_KEY), digest.encode(), "sha256").hex()[:31]


def seal_old(aliases: Any) -> int:
    """Seal the keys that an earlier version remembered as plain digests, some thousand at a time; returns how many.

    Twice is once: what is sealed stays, and where a key was remembered anew meanwhile, that is what counts.
    """
    done, after = 0, 0
    while rows := list(aliases.filter(pk__gt=after).order_by("pk").values_list("pk", "key")[:PIECE]):
        after = rows[-1][0]
        old = [(pk, key) for pk, key in rows if not key.startswith(SEAL)]
        if old:
            _put(aliases.model._meta.db_table, old)
        done += len(old)
    return done


@transaction.atomic
def _put(table: str, old: Sequence[tuple[int, str]]) -> None:
    given: list[Any] = [[pk for pk, _key in old], [seal(key) for _pk, key in old]]
    marked = "unnest(%s::bigint[], %s::text[]) AS marked(id, key)"
    with connection.cursor() as cursor:
        # Whoever remembers a key at this moment waits for the piece; whoever asks for one does not.
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            f"DELETE FROM {table} old USING {marked} WHERE old.id = marked.id AND EXISTS "
            f"(SELECT FROM {table} new WHERE new.kind = old.kind AND new.key = marked.key)",
            given,
        )
        cursor.execute(f"UPDATE {table} old SET key = marked.key FROM {marked} WHERE old.id = marked.id", given)


@cache
def _secret(of_installation: str) -> bytes:
    return sha256(b"treffpunkt.intake" + of_installation.encode()).digest()
