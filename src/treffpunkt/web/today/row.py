"""A line of Today."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class Row:
    """A thing to do: what it is, why it is due, and the one step that settles it."""

    icon: str
    kind: str
    title: str
    line: str | Promise
    step: str
    url: str
    name: str = ""
    language: str = ""
    # For whom one stands in, where it is not one's own.
    whose: str = ""
    # The step changes something, so it is sent as a form.
    posts: bool = False
    strong: bool = False
    # Whom to get in touch with: the step opens what can come of it.
    contact: UUID | None = None
