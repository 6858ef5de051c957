"""Records named by an id instead of a foreign key: every column that does so, whichever module it stands in.

A model says it of itself in `NAMES`, so that whoever merges or takes out a record finds all that points to it
without knowing the modules above. A test fails where a column of ids is not declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q


@dataclass(frozen=True)
class Named:
    """A column that names a record, with the column of its kind where there is one.

    `follows`: whether it is to name the record that stays when two are merged. `within` narrows the rows to look
    at, where the column itself has no index.
    """

    id: str
    kind: str = ""
    follows: bool = True
    within: Callable[[Sequence[UUID]], Q] | None = None

    def rows(self, kind: str, pks: Sequence[UUID]) -> Q:
        """Select the rows that name any of these records of a kind."""
        found = Q(**{f"{self.id}__in": pks})
        if self.kind:
            found &= Q(**{self.kind: kind})
        return found & self.within(pks) if self.within else found


def named(name: str, **how: Any) -> Named:
    """Declare the usual pair: `about` stands for `about_kind` and `about_id`."""
    return Named(f"{name}_id", f"{name}_kind", **how)


def named_columns() -> Iterator[tuple[type[Model], Named]]:
    """Give every declared column with its model."""
    for model in apps.get_models(include_auto_created=True):
        for one in getattr(model, "NAMES", ()):
            yield model, one
