"""The plan of whom to talk to next, roles that end, and people who were erased."""

from __future__ import annotations

from procrastinate.contrib.django import app

from treffpunkt.network.services.plan import renew_plan
from treffpunkt.network.services.roles import recount_ended


@app.task(name="network.renew_plan")
def renew() -> None:
    """Store anew whom to talk to next."""
    renew_plan()


@app.task(name="network.recount_ended")
def recount() -> None:
    """Count anew where a role ended these days."""
    recount_ended()
