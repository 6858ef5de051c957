"""Keeping what was erased erased, and what was closed closed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from treffpunkt.jobs.ending import end_again
from treffpunkt.upkeep import services


@app.task(name="upkeep.keep_erasures")
def keep_erasures() -> None:
    """Bring the list outside the database and the database to the same state."""
    services.keep_list()
    end_again()
