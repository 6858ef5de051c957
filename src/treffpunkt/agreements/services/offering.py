"""Putting a text before those with whom it is: sealed first, so that what they read is what they agree to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.agreements import composing, rules
from treffpunkt.agreements.models import Agreement, AgreementVersion, Offer, Party
from treffpunkt.agreements.services import news
from treffpunkt.agreements.services.drafting import open_draft
from treffpunkt.agreements.services.locking import locked, move, neighbours
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.personal import PersonalDataFound, find_personal_data
from treffpunkt.core.words import Words
from treffpunkt.journal.services import record
from treffpunkt.network.services.telling import being_told
from treffpunkt.post.models import Message
from treffpunkt.post.services import send_many

V, A = AgreementVersion.State, Agreement.State


@dataclass(frozen=True)
class Sent:
    """How many messages are on their way: by mail, and by hand in chats; and whom no channel reaches."""

    mails: int = 0
    chats: int = 0
    unreachable: list[UUID] = field(default_factory=list)


@transaction.atomic
def offer(*, by: Agent, agreement: Agreement, keep_findings: bool = False) -> Sent:
    """Seal the text being written and put it before every party: by mail, or as a text for the send-list.

    Where an agreement holds already it goes on with the old text until the new one is agreed to. Raises
    PersonalDataFound where a sentence of one's own may tell who somebody is, unless `keep_findings`.
    """
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    version = seal(by=by, agreement=agreement, keep_findings=keep_findings)
    version.move_to(V.OFFERED)
    version.save()
    if agreement.state == A.DRAFT:
        move(agreement, A.OFFERED)
    record(by, "agreement.offered", agreement, *neighbours(agreement))
    return _put_before(agreement, version, news.parties(agreement))


@transaction.atomic
def offer_to(*, by: Agent, party: Party) -> Sent:
    """Put the text on offer, or the one that holds, before a party who came later."""
    agreement = locked(party.agreement)
    require(rules.may_edit(by, agreement))
    version = agreement.versions.filter(state=V.OFFERED).first() or agreement.current
    if version is None or agreement.state == A.ENDED:
        raise DomainError(_("There is no text to be put before them."))
    record(by, "agreement.offered", agreement, *neighbours(agreement))
    return _put_before(agreement, version, [one for one in news.parties(agreement) if one.pk == party.pk])


@transaction.atomic
def take_back_offer(*, by: Agent, agreement: Agreement) -> Agreement:
    """Take a text back that not everybody has agreed to; the next one begins from it."""
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    version = agreement.versions.select_for_update().filter(state=V.OFFERED).first()
    if version is None:
        raise DomainError(_("No text is on offer."))
    version.move_to(V.TAKEN_BACK)
    version.save()
    if agreement.state == A.OFFERED:
        move(agreement, A.DRAFT)
        draft = AgreementVersion(
            agreement=agreement, number=version.number + 1, language=version.language, sentences=version.sentences,
            left_out=version.left_out, text=version.text, text_de=version.text_de,
        )  # fmt: skip
        draft.save(force_insert=True)
    news.take_back(by=by, agreement=agreement)
    record(by, "agreement.taken_back", agreement, *neighbours(agreement))
    return agreement


@transaction.atomic
def remind(*, by: Agent, agreement: Agreement) -> Sent:
    """Remind those who have not answered, each at most once a day."""
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    version = agreement.versions.filter(state=V.OFFERED).first()
    if version is None:
        raise DomainError(_("No text is on offer."))
    waiting = set(version.offers.filter(answer="").values_list("party_id", flat=True))
    rows = [party for party in news.parties(agreement) if party.pk in waiting]
    unread = news.unread(rows)
    drafts, unreachable = news.drafts(
        news.REMINDER, [row for row in rows if row.pk not in unread], occasion=f"agreement_reminder:{{}}:{today()}"
    )
    messages = send_many(drafts)
    reminded = [message.about_id for message in messages if message.about_id]
    version.offers.filter(party__in=reminded).update(reminded_at=now())
    if messages:
        record(by, "agreement.reminded", agreement, *neighbours(agreement))
    return _counted(messages, unreachable)


def seal(*, by: Agent, agreement: Agreement, keep_findings: bool = False) -> AgreementVersion:
    """Seal the text being written: from now on not a letter of it changes. The caller holds the agreement's lock."""
    version = open_draft(agreement)
    if version is None:
        raise DomainError(_("There is no text to be offered. Begin a new version first."))
    if not version.sentences:
        raise DomainError(_("The text has no sentence yet."))
    if not agreement.parties.filter(left="").exists():
        raise DomainError(_("Say with whom the agreement is."))
    if agreement.current and version.text == agreement.current.text and version.text_de == agreement.current.text_de:
        raise DomainError(_("Nothing in it differs from the text that holds."))
    _check_that_it_names_nobody(agreement, version, keep_findings=keep_findings)
    version.sha256 = composing.hash_of(version.text, version.text_de)
    version.sealed_at = now()
    version.advance()
    return version


def _check_that_it_names_nobody(agreement: Agreement, version: AgreementVersion, *, keep_findings: bool) -> None:
    own = "\n".join(f"{row['text']}\n{row['de']}" for row in version.sentences if not row["clause"])
    for party in agreement.parties.filter(left="").select_related("actor").prefetch_related("actor__channels"):
        if party.actor is None:
            continue
        words = Words.of(
            name=party.actor.name, handle=party.actor.handle, channels=[one.value for one in party.actor.channels.all()]
        )
        surely = any(words.stand_in(text)[0] for text in (version.text, version.text_de))
        if surely or composing.names(own, party.actor):
            raise DomainError(_("The text names somebody with whom it is. It must hold without a name."))
    if keep_findings:
        return
    for row in version.sentences:
        if not row["clause"]:
            for key in ("text", "de"):
                if found := find_personal_data(row[key]):
                    raise PersonalDataFound(found, field=key)


def _put_before(agreement: Agreement, version: AgreementVersion, rows: Iterable[Party]) -> Sent:
    parties = list(rows)
    known = set(version.offers.values_list("party_id", flat=True))
    Offer.objects.bulk_create(Offer(version=version, party=party) for party in parties if party.pk not in known)
    template = news.OFFER if agreement.current is None else news.AMENDED
    drafts, unreachable = news.drafts(template, parties, occasion=f"agreement_offer:{{}}:{version.number}")
    messages = send_many(drafts)
    being_told(message.to_id for message in messages if message.tells)
    return _counted(messages, unreachable)


def _counted(messages: list[Message], unreachable: list[UUID]) -> Sent:
    mails = sum(message.channel == Message.Channel.MAIL for message in messages)
    return Sent(mails=mails, chats=len(messages) - mails, unreachable=unreachable)
