"""The end of an agreement, whatever brought it about: nothing that hangs on it goes on."""

from __future__ import annotations

from django.db.models import F, QuerySet

from treffpunkt.agreements.models import Agreement, AgreementVersion, Commitment, GrantedRight
from treffpunkt.agreements.services import news
from treffpunkt.agreements.services.locking import move
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import now

V = AgreementVersion.State


def finish(agreement: Agreement, ending: str) -> None:
    """End an agreement and everything that hangs on it; the caller holds its lock and records it."""
    agreement.ending = ending
    move(agreement, Agreement.State.ENDED)
    for version in agreement.versions.filter(state__in=(V.DRAFT, V.OFFERED)):
        version.move_to(V.TAKEN_BACK)
        version.save()
    news.take_back(by=SYSTEM, agreement=agreement)
    end_rights(agreement.rights.all())
    agreement.commitments.filter(state=Commitment.State.OPEN).update(
        state=Commitment.State.DROPPED, version=F("version") + 1
    )


def end_rights(rights: QuerySet[GrantedRight]) -> None:
    """End those of some rights that have not ended yet; the caller holds their agreement's lock."""
    rights.exclude(state=GrantedRight.State.ENDED).update(
        state=GrantedRight.State.ENDED, state_since=now(), version=F("version") + 1
    )
