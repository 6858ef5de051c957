"""What can go wrong in a use case, in words a person can act on."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule of the field forbids this; the message is shown to the person who tried."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class Forbidden(PermissionDenied):
    """Whoever acts may not do this (403)."""


class Stale(DomainError):
    """Somebody else changed the record since the form was opened; `current` is what stands now."""

    def __init__(self, current: object) -> None:
        super().__init__(_("Somebody else has changed this in the meantime. Please compare both texts."))
        self.current = current


def require(allowed: bool) -> None:
    """Refuse with 403 unless the rule allows it."""
    if not allowed:
        raise Forbidden
