"""How often something may be tried: counted in the database, beside the request's transaction.

A refused request rolls back; what it tried must be counted all the same. Keys are hashes, and every limit for
what strangers may try counts a client, never an account alone: nobody can lock another out.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from treffpunkt.core.clock import now
from treffpunkt.people.models import Tally

_COUNT = """
    insert into people_tally as kept (key, count, ends_at) values (%(key)s, 1, %(ends)s)
    on conflict (key) do update set
        count = case when kept.ends_at <= %(now)s then 1 else kept.count + 1 end,
        ends_at = case when kept.ends_at <= %(now)s then excluded.ends_at else kept.ends_at end
    returning count, ends_at
"""
_beside = threading.local()


@dataclass(frozen=True)
class Limit:
    """At most so many tries in so many seconds."""

    name: str
    most: int
    seconds: int

    def count(self, *whose: object) -> int:
        """Count one more try; give the seconds to wait, or 0 while it is not too often."""
        moment = now()
        values = {"key": self._key(*whose), "ends": moment + timedelta(seconds=self.seconds), "now": moment}
        with _connection().cursor() as cursor:
            cursor.execute(_COUNT, values)
            count, ends = cursor.fetchone()
        return self._wait(count, ends)

    def left(self, *whose: object) -> int:
        """Give the seconds to wait without counting, or 0 while it is not too often."""
        with _connection().cursor() as cursor:
            cursor.execute(
                "select count + 1, ends_at from people_tally where key = %s and ends_at > %s",
                [self._key(*whose), now()],
            )
            row = cursor.fetchone()
        return self._wait(*row) if row else 0

    def forget(self, *whose: object) -> None:
        """Begin anew: whoever got in may mistype again next time."""
        with _connection().cursor() as cursor:
            cursor.execute("delete from people_tally where key = %s", [self._key(*whose)])

    def _wait(self, count: int, ends: Any) -> int:
        return 0 if count <= self.most else max(1, int((ends - now()).total_seconds()))

    def _key(self, *whose: object) -> str:
        said = "\x1f".join([settings.LIMITS_FOR, self.name, *map(str, whose)])
        return salted_hmac("treffpunkt.limits", said, algorithm="sha256").hexdigest()


def client(address: str) -> str:
    """Name whoever asks: an IPv4 address, or the network that one holder of an IPv6 address has."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return "unknown"
    if found.version == 6:
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(ip_network(f"{found}/64", strict=False))
    return str(found)


def let_go() -> int:
    """Forget the counts whose time is over."""
    return Tally.objects.filter(ends_at__lte=now()).delete()[0]


def _connection() -> Any:
    """Give this thread's second connection, which commits by itself."""
    held = getattr(_beside, "held", None)
    kept = held.connection if held else None
    if kept is None or kept.settings_dict != connection.settings_dict | {"ATOMIC_REQUESTS": False}:
        if kept is not None:
            kept.close()
        kept = connection.copy()
        kept.settings_dict["ATOMIC_REQUESTS"] = False
        _beside.held = _Held(kept)
    kept.close_if_unusable_or_obsolete()
    return kept


class _Held:
    """A thread's second connection, closed when the thread ends."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def __del__(self) -> None:
        if self.connection.connection is not None:
            self.connection.connection.close()
