"""Handing mail over."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app

from treffpunkt.post.delivery import deliver_due


@app.task(name="post.deliver", queue="post", pass_context=True)
def deliver(context: JobContext) -> None:
    """Hand over every mail that is due; a worker that is told to stop leaves the rest to the next one."""
    deliver_due(context.should_abort)
