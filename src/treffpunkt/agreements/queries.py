"""Reading agreements, each page with the same number of queries whatever its length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils.translation import get_language

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, AgreementVersion, GrantedRight, Offer, Party, Remark, Signature
from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.text import localized
from treffpunkt.journal.models import Origin
from treffpunkt.meetings.models import Statement
from treffpunkt.people.queries import covered_ids

_IN_SHORT = (
    "name", "sorting", "language", "state", "state_since", "ending", "in_force_since", "review_on", "ends_on", "created_at",
    "owner__name",
)  # fmt: skip


def agreements(by: Agent) -> QuerySet[Agreement]:
    """List the agreements one sees, by name."""
    return rules.viewable(by).select_related("owner").order_by("sorting", "id")


def with_whom_it_runs() -> QuerySet[Party, Any]:
    """Give the ids of people who agreed to something that holds at present: their names are needed for it."""
    running = (Agreement.State.IN_FORCE, Agreement.State.SUSPENDED)
    signed = Signature.objects.filter(party=OuterRef("pk"), version=OuterRef("agreement__current"))
    rows = Party.objects.filter(Exists(signed), agreement__state__in=running, left="", actor__isnull=False)
    return rows.order_by().values_list("actor", flat=True)


def guest_party(by: LinkHolder) -> Party | None:
    """Find the party whose link it is, with the agreement; nothing where they were erased."""
    rows = rules.viewable_parties(by).select_related("agreement__current", "agreement__owner", "actor", "organisation")
    return rows.exclude(left=Party.Left.GONE).first()


def shown_version(party: Party) -> AgreementVersion | None:
    """Give the text to show a party: the one on offer, else the one that holds, else the last put before them."""
    versions = AgreementVersion.objects.filter(agreement=party.agreement_id, offers__party=party)
    on_offer = versions.filter(state=AgreementVersion.State.OFFERED).first()
    return on_offer or party.agreement.current or versions.order_by("-number").first()


_HASH = re.compile(r"[0-9a-f]{64}")


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


def has_agreed(party: Party) -> bool:
    """Say whether a party agreed to the text that holds."""
    return Signature.objects.filter(party=party, version=party.agreement.current_id).exists()


def version_read(by: LinkHolder, sha256: str) -> AgreementVersion | None:
    """Find the text that was read, by its hash; nothing where it was never put before whoever holds the link."""
    return (
        rules.viewable_versions(by).filter(sha256=sha256).order_by("-number").first()
        if _HASH.fullmatch(sha256)
        else None
    )


def register(by: Agent) -> QuerySet[Agreement]:
    """List the agreements one sees, each with `space_names` and `party_names`."""
    return with_names(rules.viewable(by))


def with_names(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Add to each agreement the names of its spaces and parties; no query more."""
    spaces = Agreement.spaces.through.objects.filter(agreement=OuterRef("pk")).order_by("space__sorting", "space")
    parties = Party.objects.filter(agreement=OuterRef("pk")).exclude(left=Party.Left.GONE).order_by("id")
    called = Coalesce(
        NullIf(F("actor__name"), Value("")), NullIf(F("actor__handle"), Value("")), F("organisation__name"), Value("")
    )
    return (
        rows.select_related("owner")
        .annotate(
            space_names=ArraySubquery(spaces.values("space__name")),
            party_names=ArraySubquery(parties.values(called=called)),
        )
        .only(*_IN_SHORT)
    )


def about_space(by: Agent, space: UUID) -> list[Agreement]:
    """List what is agreed about a space, what runs first; one query."""
    return prepared.rows(_about_space, by, space)


def _about_space(by: Agent, space: UUID) -> QuerySet[Agreement]:
    about = Agreement.spaces.through.objects.filter(agreement=OuterRef("pk"), space=space)
    return _in_short(rules.viewable(by).filter(Exists(about)))


def with_actor(by: Agent, actor: UUID) -> list[Agreement]:
    """List what is agreed with somebody; one query."""
    return prepared.rows(_with_actor, by, actor)


def _with_actor(by: Agent, actor: UUID) -> QuerySet[Agreement]:
    return _in_short(rules.viewable(by).filter(Exists(Party.objects.filter(agreement=OuterRef("pk"), actor=actor))))


def with_organisation(by: Agent, organisation: UUID) -> list[Agreement]:
    """List what is agreed with an organisation, or with it behind; one query."""
    return prepared.rows(_with_organisation, by, organisation)


def _with_organisation(by: Agent, organisation: UUID) -> QuerySet[Agreement]:
    parties = Party.objects.filter(agreement=OuterRef("pk"), organisation=organisation)
    return _in_short(rules.viewable(by).filter(Exists(parties)))


def _in_short(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    ended = Case(When(state=Agreement.State.ENDED, then=Value(1)), default=Value(0))
    return with_names(rows).order_by(ended, "-state_since", "-id")[:10]


def state_numbers(rows: QuerySet[Agreement]) -> dict[str, int]:
    """Count agreements by their state."""
    return dict(rows.order_by().values_list("state").annotate(number=Count("*")))


def open_remarks(by: Agent, *, mine: bool) -> QuerySet[Remark]:
    """List the questions and proposals nobody has dealt with, the oldest first."""
    rows = Remark.objects.filter(settled_at=None, staff=None, agreement__in=rules.viewable(by).values("pk"))
    if mine:
        rows = rows.filter(Q(agreement__owner=by.agent_id) | Q(agreement__owner__in=covered_ids(by)))
    return rows.select_related("agreement").order_by("id")


def with_contents(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Add to each agreement the kinds of its rights and the names of its topics that concern women; no query more."""
    rights = GrantedRight.objects.filter(agreement=OuterRef("pk")).exclude(state=GrantedRight.State.ENDED).order_by()
    topics = Agreement.topics.through.objects.filter(agreement=OuterRef("pk"), topic__women_specific=True).order_by()
    return rows.annotate(
        right_kinds=ArraySubquery(rights.values("right_kind")),
        topic_texts=ArraySubquery(topics.values("topic__names")),
    )


def topic_names(texts: Iterable[Mapping[str, str]]) -> list[str]:
    """Name topics in the language spoken, in their order."""
    return sorted(localized(names, get_language() or "de")[0] for names in texts)


@dataclass(frozen=True)
class Side:
    """A party of an agreement as its page shows it: what they signed and what they answered, by version number."""

    party: Party
    signatures: list[dict[str, Any]]
    offers: list[dict[str, Any]]

    def signature(self, version: AgreementVersion | None) -> dict[str, Any] | None:
        """Give their signature under a text."""
        return next((one for one in self.signatures if version and one["version"] == str(version.pk)), None)

    def answer(self, version: AgreementVersion | None) -> str | None:
        """Give their answer to a text ("" for none yet); None where it was never put before them."""
        return next((one["answer"] for one in self.offers if version and one["version"] == str(version.pk)), None)


def sides(agreement: UUID) -> list[Side]:
    """List the parties of an agreement with all they signed and answered; one query."""
    found = prepared.rows(_sides, agreement)
    return [Side(one, [_when(signed) for signed in one.signed], one.asked) for one in found]


def _when(signed: dict[str, Any]) -> dict[str, Any]:
    return signed | {"at": datetime.fromisoformat(signed["at"])}


def _sides(agreement: UUID) -> QuerySet[Party]:
    signed = Signature.objects.filter(party=OuterRef("pk")).order_by("at")
    asked = Offer.objects.filter(party=OuterRef("pk")).order_by("id")
    signature = JSONObject(id="pk", version="version_id", name="name", way="way", at="at", quote="quote")
    offer = JSONObject(version="version_id", answer="answer", reminded="reminded_at")
    rows = Party.objects.filter(agreement=agreement).select_related("actor", "organisation")
    return rows.annotate(
        signed=ArraySubquery(signed.values(said=signature)), asked=ArraySubquery(asked.values(said=offer))
    ).order_by("id")


def versions(agreement: UUID) -> list[AgreementVersion]:
    """List the texts of an agreement, newest first; one query."""
    return prepared.rows(_versions, agreement)


def _versions(agreement: UUID) -> QuerySet[AgreementVersion]:
    return AgreementVersion.objects.filter(agreement=agreement).defer("text", "text_de").order_by("-number")


def rights_of(agreement: UUID) -> list[GrantedRight]:
    """List the rights an agreement grants, by space; one query."""
    return prepared.rows(_rights, agreement)


def _rights(agreement: UUID) -> QuerySet[GrantedRight]:
    rows = GrantedRight.objects.filter(agreement=agreement).select_related("space", "profile")
    return rows.order_by("space__sorting", "space", "right_kind", "id")


def remarks_of(agreement: UUID) -> list[Remark]:
    """List what was asked, proposed and answered about an agreement; one query."""
    return prepared.rows(_remarks, agreement)


def _remarks(agreement: UUID) -> QuerySet[Remark]:
    rows = Remark.objects.filter(agreement=agreement)
    return rows.select_related("party__actor", "party__organisation", "staff").order_by("id")


def grown_from_meeting(by: Agent, meeting: UUID) -> list[Agreement]:
    """List the agreements that grew from what was said in a meeting; one query."""
    return prepared.rows(_grown_from_meeting, by, meeting)


def _grown_from_meeting(by: Agent, meeting: UUID) -> QuerySet[Agreement]:
    said = Statement.objects.filter(meeting=meeting, removed_at=None).values("pk")
    grown = Origin.objects.filter(result_id=OuterRef("pk"), source_id__in=said)
    return rules.viewable(by).filter(Exists(grown)).only("name", "state", "ending").order_by("id")


def guest_told(by: LinkHolder) -> Party | None:
    """Find the party to whom is told what we did, while the agreement runs."""
    return rules.party_told(by).select_related("agreement").first()
