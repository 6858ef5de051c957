"""Telling those who lead a group what we did for it: a link to a small page, in their language."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.agreements import rules
from treffpunkt.agreements.did import span
from treffpunkt.agreements.models import Agreement, Party
from treffpunkt.agreements.services import news
from treffpunkt.agreements.services.locking import locked, neighbours
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.post.models import Message
from treffpunkt.post.services import Draft, send_many

DID = "agreements/messages/did"
LINK_DAYS = 90


@transaction.atomic
def tell_what_we_did(*, by: Agent, agreement: Agreement) -> dict[str, int]:
    """Write to every party what we did for their group, once for each month told of.

    Returns how many texts go by "mail", wait for a "chat", and how many people have "no_way".
    """
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    if not agreement.is_running:
        raise DomainError(_("Only about what is in force is told what we did."))
    _since, until = span(agreement, today(settings.TIME_ZONE))
    parties = news.parties(agreement)
    drafts = [draft for party in parties if (draft := _draft(party, until))]
    messages = send_many(drafts)
    if messages:
        record(by, "agreement.told", agreement, *neighbours(agreement))
    by_mail = sum(one.channel == Message.Channel.MAIL for one in messages)
    return {"mail": by_mail, "chat": len(messages) - by_mail, "no_way": len(parties) - len(drafts)}


def _draft(party: Party, until: date) -> Draft | None:
    to = news.receiver(party)
    if to is None:
        return None
    owner = party.agreement.owner
    return Draft(
        template=DID, to=to, language=party.language, occasion=f"agreement_did:{party.pk}:{until:%Y-%m}",
        context={"host": owner.name if owner else ""}, about=party,
        link=news.link_of(party, days=LINK_DAYS) | {"purpose": rules.DID},
    )  # fmt: skip
