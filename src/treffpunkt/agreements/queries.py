"""Reading agreements, each page with the same number of queries whatever its length."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, AgreementVersion, Offer, Party, Remark, Signature
from treffpunkt.core.agent import Agent, LinkHolder


def agreements(by: Agent) -> QuerySet[Agreement]:
    """List the agreements one sees, by name."""
    return rules.viewable(by).select_related("owner").order_by("sorting", "id")


def guest_party(by: LinkHolder) -> Party | None:
    """Find the party whose link it is, with the agreement; nothing where they were erased."""
    rows = rules.viewable_parties(by).select_related("agreement__current", "agreement__owner", "actor", "organisation")
    return rows.exclude(left=Party.Left.GONE).first()


def shown_version(party: Party) -> AgreementVersion | None:
    """Give the text to show a party: the one on offer, else the one that holds, else the last put before them."""
    versions = AgreementVersion.objects.filter(agreement=party.agreement_id, offers__party=party)
    on_offer = versions.filter(state=AgreementVersion.State.OFFERED).first()
    return on_offer or party.agreement.current or versions.order_by("-number").first()


@dataclass(frozen=True)
class Answers:
    """What a party answered to a text, and what was asked and answered about it."""

    signature: Signature | None
    declined: bool
    remarks: list[Remark]


def answers_of(party: Party, version: AgreementVersion) -> Answers:
    """Read what a party answered; two queries."""
    offer = Offer.objects.filter(party=party, version=version).first()
    return Answers(
        signature=Signature.objects.filter(party=party, version=version).first(),
        declined=offer is not None and offer.answer == Offer.Answer.DECLINED,
        remarks=list(Remark.objects.filter(party=party).select_related("staff").order_by("id")),
    )


def version_read(by: LinkHolder, sha256: str) -> AgreementVersion | None:
    """Find the text that was read, by its hash; nothing where it was never put before whoever holds the link."""
    return rules.viewable_versions(by).filter(sha256=sha256).order_by("-number").first() if sha256 else None
