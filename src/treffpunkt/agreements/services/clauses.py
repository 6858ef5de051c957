"""Keeping the sentences from which agreements are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from treffpunkt.agreements import rules
from treffpunkt.agreements.composing import unknown_gaps
from treffpunkt.agreements.library import SEEDS
from treffpunkt.agreements.models import Clause, ClauseVersion, Section
from treffpunkt.agreements.services.checking import chosen
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import LANGUAGES, tidy
from treffpunkt.journal.services import record
from treffpunkt.vocabulary.models import Topic

LONGEST = 400


@transaction.atomic
def load_clauses() -> int:
    """Write the sentences the house comes with; what people changed stays. Returns how many are new."""
    known = set(Clause.objects.values_list("key", flat=True))
    fresh = [
        Clause(
            key=seed.key, names={"de": seed.name_de, "en": seed.name_en}, section=seed.section, position=position * 10,
            standard=seed.standard, expected=seed.expected, fixed=seed.fixed,
        )
        for position, seed in enumerate(SEEDS, start=1)
        if seed.key not in known
    ]  # fmt: skip
    Clause.objects.bulk_create(fresh)
    texts = {seed.key: dict(seed.texts) for seed in SEEDS}
    ClauseVersion.objects.bulk_create(ClauseVersion(clause=clause, texts=texts[clause.key]) for clause in fresh)
    return len(fresh)


@transaction.atomic
def create_clause(
    *,
    by: Agent,
    name: str,
    section: str,
    texts: Mapping[str, str],
    standard: bool = False,
    expected: bool = False,
    topics: Iterable[Topic] = (),
    id: UUID | None = None,
) -> Clause:
    """Add a sentence; the same `id` twice makes one. One that keeps women's needs in view is always expected."""
    require(rules.may_edit_clauses(by))
    if id and (known := Clause.objects.filter(pk=id).first()):
        return known
    kind, pk = chosen(Section, section), id or uuid7()
    last = Clause.objects.filter(section=kind).order_by("-position").values_list("position", flat=True).first()
    clause = Clause.objects.create(
        id=pk,
        key=f"own-{pk.hex[-12:]}",
        names=_name(name),
        section=kind,
        position=(last or 0) + 1,
        standard=standard,
        expected=expected or kind == Section.WOMEN,
    )
    clause.topics.set(topics)
    ClauseVersion.objects.create(clause=clause, texts=_checked(texts), written_by_id=_staff_id(by))
    record(by, "clause.created", clause)
    return clause


@transaction.atomic
def change_clause(
    *,
    by: Agent,
    clause: Clause,
    version: int,
    texts: Mapping[str, str],
    name: str | None = None,
    note: str = "",
    standard: bool | None = None,
    expected: bool | None = None,
    topics: Iterable[Topic] | None = None,
) -> Clause:
    """Change a sentence: a new text is a version of its own, and what was agreed before stays as it was."""
    require(rules.may_edit_clauses(by))
    clause = Clause.objects.select_for_update().get(pk=clause.pk)
    clause.advance(version)
    fields = []
    for field, value in (("names", _name(name) if name else None), ("standard", standard), ("expected", expected)):
        if value is not None and getattr(clause, field) != value:
            setattr(clause, field, value)
            fields.append(field)
    clause.standard = clause.standard or clause.fixed
    clause.expected = clause.expected or clause.is_of_women
    if topics is not None and (chosen := list(topics)) != list(clause.topics.all()):
        clause.topics.set(chosen)
        fields.append("topics")
    latest = clause.versions.order_by("-number")[0]
    fresh = _checked(texts)
    if fresh != latest.texts:
        ClauseVersion.objects.create(
            clause=clause, number=latest.number + 1, texts=fresh, note=tidy(note)[:200], written_by_id=_staff_id(by)
        )
        fields.append("texts")
    if not fields:
        return clause
    clause.save()
    record(by, "clause.changed", clause, fields=fields)
    return clause


@transaction.atomic
def retire_clause(*, by: Agent, clause: Clause, retired: bool = True) -> Clause:
    """Offer a sentence no longer for new texts, or again; where it stands already it stays."""
    require(rules.may_edit_clauses(by))
    clause = Clause.objects.select_for_update().get(pk=clause.pk)
    if clause.fixed and retired:
        raise DomainError(_("This sentence stands in every agreement."))
    if bool(clause.retired_at) == retired:
        return clause
    clause.retired_at = now() if retired else None
    clause.advance()
    clause.save()
    record(by, "clause.retired" if retired else "clause.brought_back", clause)
    return clause


def _checked(texts: Mapping[str, str]) -> dict[str, str]:
    """Tidy the texts by language; German and all our languages are there, and every gap can be filled."""
    found = {tag: text for tag in LANGUAGES if (text := tidy(texts.get(tag, "")))}
    missing = [tag for tag in LANGUAGES if tag not in found]
    if missing:
        raise DomainError(_("The sentence is missing in: %(languages)s.") % {"languages": ", ".join(missing)})
    gaps = None
    for tag, text in found.items():
        if unknown := unknown_gaps(text):
            raise DomainError(_("There is no gap “%(gap)s” (%(language)s).") % {"gap": unknown[0], "language": tag})
        if len(text) > LONGEST:
            raise DomainError(_("That is too long to be understood at once (%(language)s).") % {"language": tag})
        own = set(_gaps(text))
        if gaps is not None and own != gaps:
            raise DomainError(_("The gaps differ between the languages (%(language)s).") % {"language": tag})
        gaps = own
    return found


def _gaps(text: str) -> list[str]:
    return [name for _text, name, *_rest in Formatter().parse(text) if name]


def _name(name: str) -> dict[str, str]:
    written = tidy(name)[:80]
    if not written:
        raise DomainError(_("The sentence needs a name."))
    return {"de": written}


def _staff_id(by: Agent) -> UUID | None:
    return by.agent_id if by.agent_kind == "staff" else None
