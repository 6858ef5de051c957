"""The base of every record, and states that move only as declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, Stale


class Record(models.Model):
    """A row with an id that tells when it was made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True

    @property
    def kind(self) -> str:
        """Name the record's kind as `app_label.model`, as journal, links and search know it."""
        return self._meta.label_lower


class Edited(Record):
    """A record that people edit in forms; `version` finds the stale ones."""

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True

    def advance(self, expected: int | None = None) -> None:
        """Count one more version, or raise Stale where `expected` is not the stored one."""
        if expected is not None and expected != self.version:
            raise Stale(self)
        self.version += 1


class Stateful(models.Model):
    """A record whose `state` follows the moves its class declares."""

    MOVES: ClassVar[Mapping[str, frozenset[str]]] = {}
    state: Any

    class Meta:
        abstract = True

    def may_move_to(self, state: str) -> bool:
        """Say whether the declared moves lead from the present state to this one."""
        return str(state) in self.MOVES.get(str(self.state), frozenset())

    def move_to(self, state: str) -> None:
        """Take the new state, or raise DomainError where no declared move leads there."""
        if not self.may_move_to(state):
            names = dict(self._meta.get_field("state").flatchoices)  # type: ignore[union-attr]
            raise DomainError(
                _("From “%(present)s” there is no way to “%(wanted)s”.")
                % {"present": names.get(str(self.state), self.state), "wanted": names.get(str(state), state)}
            )
        self.state = state
