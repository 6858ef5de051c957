"""A fresh link for whoever holds one: sent the way we know, shown to nobody."""

from __future__ import annotations

from django.db import transaction

from treffpunkt.agreements import queries
from treffpunkt.agreements.services import news
from treffpunkt.agreements.services.locking import neighbours
from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.journal.services import record
from treffpunkt.post.services import send


@transaction.atomic
def send_fresh_link(*, by: LinkHolder) -> bool:
    """Send the holder of a link a fresh one to the same agreement, by their own channel; asked twice at once it is one.

    Returns whether a channel leads to them, which whoever asks is not told.
    """
    party = queries.guest_party(by)
    to = news.receiver(party) if party else None
    if party is None or to is None:
        return False
    owner = party.agreement.owner
    sent = send(
        news.FRESH_LINK,
        to=to,
        language=party.language,
        occasion=f"fresh_link:{party.pk}:{to.id}:{now():%Y%m%d%H%M}",
        context={"host": owner.name if owner else ""},
        link=news.link_of(party, fresh=True),
        about=party,
    )
    if sent:
        record(by, "agreement.fresh_link", party.agreement, *neighbours(party.agreement))
    return True
