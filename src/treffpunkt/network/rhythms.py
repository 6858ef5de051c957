"""The rhythm of getting in touch again: what is proposed, what coordination has set, what it means for a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from treffpunkt.core.clock import today
from treffpunkt.network.models import Contact, Rhythm

_O = Contact.Outcome
# In days; an outcome that is not here asks for nothing more.
PROPOSED: Mapping[str, int] = {
    _O.ASKED: 14, _O.NO_ANSWER: 14, _O.TALKED: 30, _O.INTERESTED: 14, _O.AGREED: 90, _O.LATER: 90,
}  # fmt: skip
LEAST, MOST = 1, 730


def rhythm() -> dict[str, int | None]:
    """Give the days for each outcome, None where nothing is due; one query."""
    kept = dict(Rhythm.objects.values_list("outcome", "days"))
    return {outcome: kept.get(outcome, PROPOSED.get(outcome)) for outcome in _O.values}


def next_touch(outcome: str, talked_on: date) -> date | None:
    """Suggest when to get in touch again after a contact; not in the past, and None where nothing is due."""
    days = rhythm().get(outcome)
    return None if days is None else max(talked_on + timedelta(days=days), today())
