"""Agreeing, asking, declining: by link, on paper or in a chat."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, AgreementVersion, Evidence, Offer, Party, Signature
from treffpunkt.agreements.reviews import months_on
from treffpunkt.agreements.services import news
from treffpunkt.agreements.services.checking import check_day
from treffpunkt.agreements.services.evidence import keep
from treffpunkt.agreements.services.finishing import finish
from treffpunkt.agreements.services.locking import locked, move, neighbours
from treffpunkt.agreements.services.offering import seal
from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.network.services.telling import heard_from, told_in_talk
from treffpunkt.post.services import send_many

V, A = AgreementVersion.State, Agreement.State
Way = Signature.Way
LONGEST_NAME = 120


@transaction.atomic
def agree(*, by: Agent, party: Party, version: AgreementVersion, name: str) -> Signature:
    """Agree to a text by link, under a chosen name or handle; agreed twice is agreed once.

    Raises DomainError where the text has been taken back or replaced in the meantime: nobody agrees to what they
    have not read.
    """
    agreement, party = _locked(party)
    require(rules.may_answer(by, party))
    version = _answerable(agreement, party, version)
    if known := version.signatures.filter(party=party).first():
        return known
    called = _called(name)
    signature = Signature.objects.create(
        version=version, party=party, name=called, way=Way.LINK, at=now(), sha256=version.sha256,
        language=party.language,
    )  # fmt: skip
    _answered(party, version, Offer.Answer.AGREED)
    _heard(party, now())
    record(by, "agreement.agreed", agreement, *neighbours(agreement))
    conclude(by, agreement, version)
    return signature


@transaction.atomic
def note_agreed(
    *,
    by: Agent,
    party: Party,
    way: str,
    name: str,
    at: datetime,
    quote: str = "",
    evidence: bytes | None = None,
    keep_findings: bool = False,
) -> Signature:
    """Note that somebody agreed on paper (with the scan) or in a chat (with their words or a picture of them).

    A text that was still being written is sealed with it, word for word as it was put before them.
    """
    agreement, party = _locked(party)
    require(rules.may_edit(by, agreement) and not party.left)
    if way not in (Way.PAPER, Way.CHAT):
        raise DomainError(_("Somebody agrees on paper or in a chat."))
    check_day(at.date())
    if at > now():
        raise DomainError(_("That day is still to come."))
    words = tidy(quote, lines=True)
    if way == Way.PAPER and not evidence:
        raise DomainError(_("Please add the scan of the signed paper."))
    if way == Way.CHAT and not (words or evidence):
        raise DomainError(_("Please add their words, or a picture of the chat."))
    version = agreement.versions.select_for_update().filter(state=V.OFFERED).first()
    if version is None and agreement.versions.filter(state=V.DRAFT).exists():
        version = seal(by=by, agreement=agreement, keep_findings=keep_findings)
        version.move_to(V.OFFERED)
        version.save()
        if agreement.state == A.DRAFT:
            move(agreement, A.OFFERED)
        rows = agreement.parties.filter(left="")
        Offer.objects.bulk_create(Offer(version=version, party=one) for one in rows)
    version = version or agreement.current
    if version is None or agreement.state == A.ENDED:
        raise DomainError(_("There is no text to agree to."))
    Offer.objects.get_or_create(version=version, party=party)
    if known := version.signatures.filter(party=party).first():
        return known
    signature = Signature.objects.create(
        version=version, party=party, name=_called(name), way=way, at=at, sha256=version.sha256, quote=words,
        language=party.language, noted_by_id=by.agent_id if by.agent_kind == "staff" else None,
    )  # fmt: skip
    if evidence:
        keep(by=by, agreement=agreement, content=evidence, signature=signature)
    _answered(party, version, Offer.Answer.AGREED)
    _heard(party, at)
    if party.actor_id:
        told_in_talk(by=by, ids=[party.actor_id], at=at)
    record(by, "agreement.agreed", agreement, *neighbours(agreement))
    conclude(by, agreement, version)
    return signature


@transaction.atomic
def add_evidence(*, by: Agent, agreement: Agreement, content: bytes, signature: Signature | None = None) -> Evidence:
    """Keep one more file that shows that something was agreed; the same file twice is kept once."""
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    found = keep(by=by, agreement=agreement, content=content, signature=signature)
    record(by, "agreement.evidence_kept", agreement)
    return found


@transaction.atomic
def decline(*, by: Agent, party: Party, version: AgreementVersion) -> Agreement:
    """Say “rather not” to a text, without a reason; what holds already goes on with those who agreed to it."""
    agreement, party = _locked(party)
    require(rules.may_answer(by, party) or rules.may_edit(by, agreement))
    version = _answerable(agreement, party, version)
    if version.signatures.filter(party=party).exists():
        raise DomainError(_("You have agreed to this text. You can end the cooperation."))
    offer = version.offers.get(party=party)
    if offer.answer == Offer.Answer.DECLINED:
        return agreement
    _answered(party, version, Offer.Answer.DECLINED)
    if isinstance(by, LinkHolder):
        _heard(party, now())
    record(by, "agreement.declined", agreement, *neighbours(agreement))
    if version.state == V.OFFERED and (agreement.needs == Agreement.Needs.ALL or not may_still_hold(version)):
        version.move_to(V.DECLINED)
        version.save()
        if agreement.state == A.OFFERED:
            finish(agreement, Agreement.Ending.DECLINED)
    return agreement


def may_still_hold(version: AgreementVersion) -> bool:
    """Say whether anybody who is still a party agrees to a text on offer, or has not answered yet."""
    return version.offers.filter(answer__in=("", Offer.Answer.AGREED), party__left="").exists()


def is_agreed(agreement: Agreement, version: AgreementVersion) -> bool:
    """Say whether enough parties have agreed to a text for it to hold."""
    signed = set(version.signatures.values_list("party_id", flat=True))
    wanted = set(agreement.parties.filter(left="").values_list("pk", flat=True))
    if agreement.needs == Agreement.Needs.ONE:
        return bool(signed & wanted)
    return bool(wanted) and wanted <= signed


def conclude(by: Agent, agreement: Agreement, version: AgreementVersion) -> None:
    """Let a text hold from now on where enough have agreed, and tell everybody who did; the caller holds the lock."""
    if version.state == V.OFFERED and is_agreed(agreement, version):
        version.move_to(V.ACCEPTED)
        version.accepted_at = now()
        version.save()
        agreement.current = version
        agreement.in_force_since = agreement.in_force_since or now()
        agreement.review_on = months_on(now().date(), agreement.review_every)
        agreement.reminded_of = None
        # What is paused stays so until somebody goes on with it.
        if not agreement.is_running:
            agreement.move_to(A.IN_FORCE)
            agreement.state_since = now()
        agreement.advance()
        agreement.save()
        record(by, "agreement.in_force", agreement, *neighbours(agreement))
    if version.state == V.ACCEPTED:
        signed = set(version.signatures.values_list("party_id", flat=True))
        rows = [party for party in news.parties(agreement) if party.pk in signed]
        send_many(news.drafts(news.CONCLUDED, rows, occasion=f"agreement_concluded:{{}}:{version.number}")[0])


def _answerable(agreement: Agreement, party: Party, version: AgreementVersion) -> AgreementVersion:
    """Find the text somebody answers to; it is the one that is on offer, or that holds and was put before them."""
    found = agreement.versions.select_for_update().filter(pk=version.pk, offers__party=party).first()
    stands = found is not None and (found.state == V.OFFERED or found.pk == agreement.current_id)
    if found is None or not stands or agreement.state == A.ENDED:
        raise DomainError(_("This text has changed in the meantime. Please read the new one."))
    return found


def _answered(party: Party, version: AgreementVersion, answer: str) -> None:
    version.offers.filter(party=party).update(answer=answer, answered_at=now())


def _heard(party: Party, at: datetime) -> None:
    if party.actor_id:
        heard_from([party.actor_id], at=at)


def _called(name: str) -> str:
    called = tidy(name)[:LONGEST_NAME]
    if not called:
        raise DomainError(_("Please choose a name or a handle."))
    return called


def _locked(party: Party) -> tuple[Agreement, Party]:
    """Lock the agreement, then read the party anew: always in this order."""
    agreement = locked(party.agreement)
    fresh = Party.objects.select_related("actor").get(pk=party.pk)
    fresh.agreement = agreement
    return agreement, fresh
