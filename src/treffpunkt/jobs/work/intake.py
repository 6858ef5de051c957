"""Files in: the dry run, writing what it showed, taking it back."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from treffpunkt.intake import running


@app.task(name="intake.check", pass_context=False)
def check(import_id: str) -> None:
    """Make the dry run of a file."""
    running.check(UUID(import_id))


@app.task(name="intake.apply", pass_context=False)
def apply(import_id: str) -> None:
    """Write what a dry run showed."""
    running.apply(UUID(import_id))


@app.task(name="intake.undo", pass_context=False)
def undo(import_id: str) -> None:
    """Take an import back."""
    running.undo(UUID(import_id))
