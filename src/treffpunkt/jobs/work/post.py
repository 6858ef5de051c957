"""Handing mail over."""

from __future__ import annotations

from procrastinate.contrib.django import app

from treffpunkt.post.delivery import deliver_due


@app.task(name="post.deliver", queue="post", pass_context=False)
def deliver() -> None:
    """Hand over every mail that is due."""
    deliver_due()
