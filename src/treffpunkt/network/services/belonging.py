"""To which communities a record may be put by whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError
from treffpunkt.network import rules
from treffpunkt.network.models import Community
from treffpunkt.network.services.shaping import keys


def own_communities(by: Agent) -> dict[UUID, str] | None:
    """Give the communities one works with and their languages; None for whoever works with all."""
    return None if rules.sees_all(by) else dict(rules.communities_of(by).values_list("pk", "language"))


def belonging(
    own: dict[UUID, str] | None,
    wanted: Iterable[Any],
    present: Iterable[Any] = (),
    *,
    language: str | None = None,
) -> set[Any]:
    """Choose the communities of a record: coordination as it likes, others among their own.

    The communities of others stay as they are. Where a counsellor names none, it is hers of that language, or her
    only one, so that nobody enters what she cannot see afterwards.
    """
    chosen = keys(wanted)
    if own is None:
        return chosen
    kept = (keys(present) - own.keys()) | (chosen & own.keys())
    if kept & own.keys():
        return kept
    fitting = {pk for pk, spoken in own.items() if spoken == language} or set(own)
    if keys(present) or len(fitting) != 1:
        raise DomainError(_("Please choose one of your communities."))
    return kept | fitting


def put_into(record: Any, communities: set[Any]) -> bool:
    """Write the communities of a record; say whether they changed."""
    present = set(record.communities.values_list("pk", flat=True))
    if present == communities:
        return False
    record.communities.set(Community.objects.filter(pk__in=communities))
    return True
