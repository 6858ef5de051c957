"""Keeping the search quick."""

from __future__ import annotations

from procrastinate.contrib.django import app

from treffpunkt.search import services


@app.task(name="search.renew_frequencies")
def renew_frequencies() -> None:
    """Count anew which keys are rare."""
    services.renew_frequencies()
