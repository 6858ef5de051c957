"""Doing several things at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from treffpunkt.core.errors import DomainError


def at_once(*works):
    """Do several things at the same moment, each on a connection of its own; give results or errors."""
    start = Barrier(len(works))

    def do(work):
        try:
            start.wait()
            return work()
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(do, works))
