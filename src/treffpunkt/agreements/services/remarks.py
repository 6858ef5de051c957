"""Questions and proposals of the parties, and our answers."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, AgreementVersion, Party, Remark
from treffpunkt.agreements.services import news
from treffpunkt.agreements.services.checking import spoken
from treffpunkt.agreements.services.locking import locked, neighbours
from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.network.services.telling import heard_from
from treffpunkt.post.services import send_many

K = Remark.Kind
LONGEST = 2000


@transaction.atomic
def ask(
    *, by: Agent, party: Party, text: str, proposal: bool = False, language: str = "", id: UUID | None = None
) -> Remark:
    """Ask a question about a text, or propose to change it; staff note what somebody said. The same `id` is one."""
    agreement = locked(party.agreement)
    party = Party.objects.get(pk=party.pk)
    party.agreement = agreement
    require(rules.may_answer(by, party) or rules.may_edit(by, agreement))
    if id and (known := agreement.remarks.filter(pk=id).first()):
        return known
    remark = Remark.objects.create(
        id=id or uuid7(), agreement=agreement, version=_present(agreement), party=party,
        remark_kind=K.PROPOSAL if proposal else K.QUESTION, text=_written(text), language=spoken(language, party.language),
    )  # fmt: skip
    if isinstance(by, LinkHolder) and party.actor_id:
        heard_from([party.actor_id], at=now())
    record(by, "agreement.asked", agreement, *neighbours(agreement))
    return remark


@transaction.atomic
def answer(*, by: Agent, remark: Remark, text: str, id: UUID | None = None) -> Remark:
    """Answer a question or a proposal; whoever asked reads it behind their link and is told that there is an answer."""
    agreement = locked(remark.agreement)
    require(rules.may_edit(by, agreement))
    if id and (known := agreement.remarks.filter(pk=id).first()):
        return known
    said = Remark.objects.create(
        id=id or uuid7(), agreement=agreement, version=_present(agreement), party=remark.party,
        staff_id=by.agent_id if by.agent_kind == "staff" else None, remark_kind=K.ANSWER, text=_written(text),
        language=remark.language, settled_at=now(),
    )  # fmt: skip
    _settle(agreement, remark)
    if remark.party_id:
        asker = [party for party in news.parties(agreement) if party.pk == remark.party_id]
        send_many(news.drafts(news.ANSWERED, asker, occasion=f"agreement_answered:{{}}:{said.pk}")[0])
    record(by, "agreement.answered", agreement, *neighbours(agreement))
    return said


@transaction.atomic
def settle(*, by: Agent, remark: Remark) -> Remark:
    """Note that a question or a proposal has been dealt with, in a talk or by a new text."""
    agreement = locked(remark.agreement)
    require(rules.may_edit(by, agreement))
    _settle(agreement, remark)
    return remark


def _settle(agreement: Agreement, remark: Remark) -> None:
    agreement.remarks.filter(pk=remark.pk, settled_at=None).update(settled_at=now())


def _present(agreement: Agreement) -> AgreementVersion | None:
    return agreement.versions.filter(state=AgreementVersion.State.OFFERED).first() or agreement.current


def _written(text: str) -> str:
    written = tidy(text, lines=True)[:LONGEST]
    if not written:
        raise DomainError(_("Nothing has been written yet."))
    return written
