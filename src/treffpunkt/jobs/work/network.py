"""The plan of whom to talk to next."""

from __future__ import annotations

from procrastinate.contrib.django import app

from treffpunkt.network.services.plan import renew_plan


@app.task(name="network.renew_plan")
def renew() -> None:
    """Store anew whom to talk to next."""
    renew_plan()
