"""Preparing an agreement: about which groups, with whom, in which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from treffpunkt.agreements import composing, rules
from treffpunkt.agreements.models import Agreement, AgreementVersion, Clause, GrantedRight, Offer, Party
from treffpunkt.agreements.phrases import MOST_DAYS
from treffpunkt.agreements.services.checking import check_day, chosen, written_in
from treffpunkt.agreements.services.finishing import end_rights, finish
from treffpunkt.agreements.services.locking import locked, neighbours
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.network.models import Actor, Organisation, Space
from treffpunkt.network.rules import viewable_actors, viewable_organisations, viewable_spaces
from treffpunkt.network.services.reaching import language_of
from treffpunkt.people.models import Staff
from treffpunkt.search.services import index
from treffpunkt.vocabulary.models import Topic

V = AgreementVersion.State
# Changes of these alter what the text says.
SAID = frozenset({"spaces", "topics", "answer_days", "review_every"})
MOST_MONTHS = 120
CHANGEABLE = frozenset({"name", "owner", "needs", "review_every", "answer_days", "note"})


@transaction.atomic
def create_agreement(
    *,
    by: Agent,
    spaces: Iterable[Space],
    actors: Iterable[Actor] = (),
    organisation: Organisation | None = None,
    topics: Iterable[Topic] = (),
    name: str = "",
    language: str = "",
    owner: Staff | None = None,
    answer_days: int = 2,
    needs: str = Agreement.Needs.ALL,
    review_every: int = 12,
    ends_on: date | None = None,
    note: str = "",
    rights: Iterable[str] = (),
    id: UUID | None = None,
) -> Agreement:
    """Prepare an agreement with those who lead one or more spaces, with the sentences of every new one.

    An organisation stands behind the actors, or is the party itself where there are none. Without a language the
    first party's is taken. `rights` are granted in every one of the spaces. The same `id` twice makes one agreement.
    """
    require(rules.may_create(by))
    if id and (known := rules.viewable(by).filter(pk=id).first()):
        return known
    about, people = list(spaces), list(dict.fromkeys(actors))
    _may_name(by, about, people, organisation)
    if not people and organisation is None:
        raise DomainError(_("Say with whom the agreement is."))
    agreement = Agreement(
        id=id or uuid7(), name=tidy(name)[:200] or _named_after(about, organisation),
        language=written_in(language or (language_of(people[0]) if people else "de")), owner=owner or _owner(by),
        answer_days=answer_days, needs=needs, review_every=review_every, ends_on=ends_on, note=tidy(note, lines=True),
    )  # fmt: skip
    _check(agreement)
    agreement.save(force_insert=True)
    agreement.spaces.set(about)
    agreement.topics.set(topics)
    _add_parties(agreement, people, organisation)
    kinds = [chosen(GrantedRight.Kind, kind) for kind in dict.fromkeys(rights)]
    GrantedRight.objects.bulk_create(
        GrantedRight(agreement=agreement, space=space, right_kind=kind, state_since=now())
        for space in about
        for kind in kinds
    )
    version = AgreementVersion(agreement=agreement, language=agreement.language)
    _compose(version, _standard(), {})
    version.save(force_insert=True)
    index(agreement, names=[agreement.name])
    record(by, "agreement.created", agreement, *neighbours(agreement))
    return agreement


@transaction.atomic
def change_agreement(*, by: Agent, agreement: Agreement, version: int, **changes: Any) -> Agreement:
    """Change what an agreement is about, who looks after it and when it is looked at again.

    What its text says of groups, topics and times changes only in a text that nobody has agreed to yet.
    """
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    agreement.advance(version)
    spaces, topics = changes.pop("spaces", None), changes.pop("topics", None)
    if unknown := changes.keys() - CHANGEABLE - {"ends_on", "review_on"}:
        raise TypeError(f"an agreement has no {', '.join(sorted(unknown))}")
    if agreement.state == Agreement.State.ENDED:
        raise DomainError(_("This agreement has ended and stays as it was."))
    fields = []
    for field, value in changes.items():
        value = tidy(value, lines=field == "note") if isinstance(value, str) else value
        value = value[:200] if field == "name" else value
        if getattr(agreement, field) != value:
            setattr(agreement, field, value)
            fields.append(field)
    if spaces is not None and set(about := list(spaces)) != set(agreement.spaces.all()):
        _may_name(by, [one for one in about if one not in agreement.spaces.all()], [], None)
        agreement.spaces.set(about)
        # What was granted in a group goes with it.
        end_rights(agreement.rights.exclude(space__in=about))
        fields.append("spaces")
    if topics is not None and set(wanted := list(topics)) != set(agreement.topics.all()):
        agreement.topics.set(wanted)
        fields.append("topics")
    if not fields:
        return agreement
    _check(agreement)
    if SAID & set(fields):
        _say_anew(agreement)
    agreement.save()
    if "name" in fields:
        index(agreement, names=[agreement.name])
    record(by, "agreement.changed", agreement, *neighbours(agreement), fields=fields)
    return agreement


@transaction.atomic
def add_party(
    *, by: Agent, agreement: Agreement, actor: Actor | None = None, organisation: Organisation | None = None
) -> Party:
    """Add somebody with whom the agreement is; once it is offered they are asked on their own."""
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    _may_name(by, [], [actor] if actor else [], organisation)
    if agreement.state == Agreement.State.ENDED:
        raise DomainError(_("This agreement has ended and stays as it was."))
    known = agreement.parties.filter(actor=actor, left="") if actor else agreement.parties.none()
    if found := known.first():
        return found
    party = _add_parties(agreement, [actor] if actor else [], organisation)[0]
    _say_anew(agreement)
    record(by, "agreement.party_added", agreement, *neighbours(agreement))
    return party


@transaction.atomic
def remove_party(*, by: Agent, party: Party) -> None:
    """Take somebody off an agreement that was never put before them."""
    agreement = locked(party.agreement)
    require(rules.may_edit(by, agreement))
    if Offer.objects.filter(party=party).exists():
        raise DomainError(_("They have been asked already. They can only withdraw now."))
    if agreement.parties.filter(left="").count() < 2:
        raise DomainError(_("An agreement needs somebody with whom it is."))
    record(by, "agreement.party_removed", agreement, *neighbours(agreement))
    agreement.parties.filter(pk=party.pk).delete()
    _say_anew(agreement)


@transaction.atomic
def compose(
    *,
    by: Agent,
    agreement: Agreement,
    version: int,
    clauses: Sequence[str],
    own: Iterable[Mapping[str, str]] = (),
    left_out: Mapping[str, str] | None = None,
) -> AgreementVersion:
    """Choose the sentences of the text that is being written, by the keys of their clauses, in this order.

    `own` are sentences of this agreement alone ({"text", "de"}). Whoever leaves out what is expected says why
    (`left_out`, by key); some sentences cannot be left out. `version` is that of the text, not the agreement's.
    """
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    draft = open_draft(agreement)
    if draft is None:
        raise DomainError(_("There is no text to write on. Begin a new version first."))
    draft.advance(version)
    standard = {clause.key for clause in _standard()}
    reasons = {key: tidy(why)[:300] for key, why in (left_out or {}).items() if key in standard and tidy(why)}
    rows = _chosen(clauses)
    _ask_why(rows, reasons)
    _compose(draft, rows, {key: why for key, why in reasons.items() if key not in clauses}, own)
    draft.save()
    record(by, "agreement.composed", agreement, *neighbours(agreement))
    return draft


@transaction.atomic
def begin_version(*, by: Agent, agreement: Agreement) -> AgreementVersion:
    """Begin a new text of an agreement that holds, each sentence as it is newest.

    It begins from the one that holds now, or from the one that was on offer last and was taken back to be changed.
    Where one is being written already it is that one.
    """
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    if draft := open_draft(agreement):
        return draft
    if agreement.versions.filter(state=V.OFFERED).exists():
        raise DomainError(_("A text is on offer. Take it back first, or wait for the answers."))
    if not agreement.is_running and agreement.state != Agreement.State.DRAFT:
        raise DomainError(_("This agreement has ended and stays as it was."))
    last = agreement.versions.order_by("-number")[0]
    draft = AgreementVersion(agreement=agreement, number=last.number + 1, language=agreement.language)
    # What was never offered was given up.
    before = last if last.state == V.TAKEN_BACK and last.sealed_at else agreement.current or last
    own = [row for row in before.sentences if not row["clause"]]
    _compose(draft, _chosen([row["clause"] for row in before.sentences if row["clause"]]), dict(before.left_out), own)
    draft.save(force_insert=True)
    record(by, "agreement.version_begun", agreement, *neighbours(agreement))
    return draft


@transaction.atomic
def drop_draft(*, by: Agent, agreement: Agreement) -> Agreement:
    """Give up the text that is being written; an agreement that never was more ends with it."""
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    draft = open_draft(agreement)
    if draft is not None:
        draft.move_to(V.TAKEN_BACK)
        draft.save()
    if agreement.state == Agreement.State.DRAFT:
        finish(agreement, Agreement.Ending.DROPPED)
        record(by, "agreement.dropped", agreement, *neighbours(agreement))
    return agreement


def open_draft(agreement: Agreement) -> AgreementVersion | None:
    """Give the text that is being written, if there is one; the caller holds the agreement's lock."""
    return agreement.versions.select_for_update().filter(state=V.DRAFT).first()


def say_anew(agreement: Agreement) -> None:
    """Fill the gaps of the text being written again, after what fills them has changed."""
    _say_anew(agreement)


def _say_anew(agreement: Agreement) -> None:
    draft = open_draft(agreement)
    if draft is None:
        return
    draft.language = agreement.language
    keys = draft_keys(draft)
    _compose(draft, _chosen(keys), dict(draft.left_out), [row for row in draft.sentences if not row["clause"]])
    draft.advance()
    draft.save()


def draft_keys(draft: AgreementVersion) -> list[str]:
    """List the clauses chosen for a text, those included whose gap is still empty."""
    said = [row["clause"] for row in draft.sentences if row["clause"]]
    waiting = [clause.key for clause in _standard() if clause.key not in said and clause.key not in draft.left_out]
    order = {clause.key: clause.position for clause in Clause.objects.filter(key__in=[*said, *waiting])}
    return sorted([*said, *waiting], key=lambda key: order.get(key, 0))


def _compose(
    draft: AgreementVersion,
    clauses: Iterable[Clause],
    left_out: Mapping[str, str],
    own: Iterable[Mapping[str, str]] = (),
) -> None:
    terms = composing.Terms.of(draft.agreement)
    said = [composing.sentence(clause, clause.versions.all()[0], terms, draft.language) for clause in clauses]
    added = [composing.own_sentence(one.get("text", ""), one.get("de", "")) for one in own]
    rows = [row for row in said if row]
    # How it ends stands at the end.
    last = [row for row in rows if row["clause"] == "end"]
    rows = [row for row in rows if row["clause"] != "end"]
    draft.sentences = [*rows, *(one for one in added if one["text"] and one["de"]), *last]
    draft.left_out = dict(left_out)
    draft.text, draft.text_de = composing.word_for_word(draft.language, draft.sentences, terms)


def _standard() -> list[Clause]:
    rows = Clause.objects.filter(standard=True, retired_at=None) | Clause.objects.filter(fixed=True)
    return list(rows.prefetch_related("versions").order_by("position", "id"))


def _chosen(keys: Iterable[str]) -> list[Clause]:
    wanted = list(dict.fromkeys(keys))
    known = {row.key: row for row in Clause.objects.prefetch_related("versions")}
    return [known[key] for key in wanted if key in known]


def _ask_why(chosen: Iterable[Clause], reasons: Mapping[str, str]) -> None:
    keys = {clause.key for clause in chosen}
    for clause in _standard():
        if clause.key in keys:
            continue
        if clause.fixed:
            raise DomainError(_("“%(clause)s” stands in every agreement.") % {"clause": clause})
        if clause.expected and not reasons.get(clause.key):
            raise DomainError(_("Please say why “%(clause)s” is left out.") % {"clause": clause})


def _add_parties(agreement: Agreement, people: Iterable[Actor], organisation: Organisation | None) -> list[Party]:
    parties = [
        Party(agreement=agreement, actor=actor, organisation=organisation, language=language_of(actor))
        for actor in people
    ] or [Party(agreement=agreement, organisation=organisation, language=agreement.language)]
    Party.objects.bulk_create(parties)
    return parties


def _may_name(by: Agent, spaces: Sequence[Space], actors: Sequence[Actor], organisation: Organisation | None) -> None:
    """Refuse what whoever acts may not see, and somebody who is erased or no person."""
    require(viewable_spaces(by).filter(pk__in=[one.pk for one in spaces]).count() == len(spaces))
    require(viewable_actors(by).filter(pk__in=[one.pk for one in actors]).count() == len(actors))
    if organisation is not None:
        require(viewable_organisations(by).filter(pk=organisation.pk).exists())
    if any(actor.erased_at for actor in actors):
        raise DomainError(_("This person was erased."))
    if any(actor.not_a_person for actor in actors):
        raise DomainError(_("This is not a person."))


def _check(agreement: Agreement) -> None:
    if agreement.answer_days is None or not 1 <= agreement.answer_days <= MOST_DAYS:
        raise DomainError(_("Choose between 1 and %(most)s working days.") % {"most": MOST_DAYS})
    agreement.needs = chosen(Agreement.Needs, agreement.needs)
    if agreement.review_every is None or not 1 <= agreement.review_every <= MOST_MONTHS:
        raise DomainError(_("Choose between 1 and %(most)s months.") % {"most": MOST_MONTHS})
    for day in (agreement.ends_on, agreement.review_on):
        check_day(day)
    if not agreement.name:
        raise DomainError(_("The agreement needs a name."))


def _named_after(spaces: Sequence[Space], organisation: Organisation | None) -> str:
    """Name an agreement after its groups; never after a person, whose name stands in one place only."""
    if spaces:
        return ", ".join(space.short_name or space.name for space in spaces)[:200]
    with translation.override("de"):
        return organisation.name[:200] if organisation else _("Agreement without a group")


def _owner(by: Agent) -> Staff | None:
    return Staff.objects.filter(pk=str(by.agent_id)).first() if by.agent_kind == "staff" else None
