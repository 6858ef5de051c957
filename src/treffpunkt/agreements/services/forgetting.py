"""Forgetting those with whom something was agreed: at their wish, or after the time for which it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from treffpunkt.agreements.models import Agreement, Evidence, Party, Remark, Signature
from treffpunkt.agreements.services import evidence
from treffpunkt.agreements.services.ending import after_somebody_left
from treffpunkt.agreements.services.locking import locked
from treffpunkt.agreements.services.successions import forget_people, forget_settled
from treffpunkt.core.agent import SYSTEM, Agent, is_system
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import require
from treffpunkt.core.subject import as_system
from treffpunkt.journal.models import Touched
from treffpunkt.links.services import revoke
from treffpunkt.tasks.services import create_task


def forget_parties(*, by: Agent, actor_ids: Iterable[UUID]) -> None:
    """Blank what agreements hold of people who were erased: names, words, scans, questions; twice is once.

    The text stays, for it names nobody. What they had agreed to ends, or goes on with the others where one of them
    is enough; somebody of us gets the task to look whether it needs a new party.
    """
    require(is_system(by))
    ids = list(actor_ids)
    forget_people(ids)
    theirs = Party.objects.filter(actor__among=ids)
    for agreement in Agreement.objects.filter(Exists(theirs.filter(agreement=OuterRef("pk")))).order_by("pk"):
        _go_on_without(agreement, theirs)


def forget_old(before: datetime) -> int:
    """Let go of who agreed to what ended before a moment; that it was agreed, when and how, stays. Returns how many."""
    over = Agreement.objects.filter(state=Agreement.State.ENDED, state_since__lt=before)
    parties = list(Party.objects.filter(agreement__in=over.values("pk"), actor__isnull=False))
    if parties:
        _let_go(parties)
    return len(parties) + forget_settled(before)


@transaction.atomic
def _go_on_without(agreement: Agreement, theirs: QuerySet[Party]) -> None:
    agreement = locked(agreement)
    parties = list(theirs.filter(agreement=agreement))
    leavers = [party for party in parties if not party.left]
    for party in parties:
        _forget(party)
    had_agreed = agreement.is_running and agreement.current.signatures.filter(party__in=leavers).exists()  # type: ignore[union-attr]
    after_somebody_left(SYSTEM, agreement, leavers, Agreement.Ending.GONE)
    if had_agreed:
        with translation.override("de"):
            title = _("Whoever agreed was erased: does the group need a new agreement?")
        create_task(by=SYSTEM, title=title, owner=agreement.owner, due=today(), about=agreement)


@transaction.atomic
def _let_go(parties: list[Party]) -> None:
    for party in parties:
        _forget(party)
    ids = [party.agreement_id for party in parties]
    Touched.objects.filter(record_kind="network.actor", entry__subject_id__in=ids).delete()


def _forget(party: Party) -> None:
    """Blank one party's name, words, scans and questions, and close their links."""
    signatures: QuerySet[Signature] = Signature.objects.filter(party=party)
    # Nobody knows whom a file shows that was kept with no signature: it may be them.
    theirs = Q(signature__in=signatures.values("pk")) | Q(signature=None, agreement=party.agreement_id)
    with as_system():
        evidence.discard(list(Evidence.objects.filter(theirs)))
    signatures.update(name="", quote="", erased_at=now())
    Remark.objects.filter(party=party).update(text="…", language="")
    party.actor = None
    if not party.left:
        party.left, party.left_at = Party.Left.GONE, now()
    party.save()
    revoke(subject_id=party.pk)
