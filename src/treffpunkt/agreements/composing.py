"""Making a text from clauses: gaps filled, German beside it, one sentence a line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from treffpunkt.agreements import wording
from treffpunkt.agreements.models import Agreement, AgreementVersion, Clause, ClauseVersion
from treffpunkt.core.text import fold, latin, tidy
from treffpunkt.network.models import Actor, Organisation, Space
from treffpunkt.post.rendering import sender_name
from treffpunkt.vocabulary.models import Topic

# What may stand in braces in a clause.
GAPS = ("network", "groups", "rights", "topics", "answer", "review", "organisation")
GERMAN = "de"
VIOLENCE = "violence"
LONGEST = 400
# Arabic writes “and”, “with”, “to” and their like before a name without a space.
_JOINED = frozenset("وبلفك")
_SHORTEST = 3
_GAP = re.compile(r"{([^{}]*)}")


@dataclass(frozen=True)
class Terms:
    """What fills the gaps of an agreement's sentences."""

    spaces: Sequence[Space] = ()
    rights: Sequence[str] = ()
    topics: Sequence[Topic] = ()
    organisations: Sequence[Organisation] = ()
    answer_days: int = 2
    review_every: int = 12
    # Spaces whose name tells who leads them, or with whom the agreement is.
    nameless: frozenset[UUID] = frozenset()

    @classmethod
    def of(cls, agreement: Agreement) -> Terms:
        """Read what an agreement says about itself."""
        parties = list(agreement.parties.filter(left="").select_related("actor", "organisation"))
        behind = {party.organisation_id: party.organisation for party in parties if party.organisation}
        spaces = list(agreement.spaces.select_related("platform").order_by("sorting", "id"))
        leading = Actor.objects.filter(roles__space__in=spaces).distinct() if spaces else []
        people = {one.pk: one for one in (*(party.actor for party in parties if party.actor), *leading)}.values()
        return cls(
            spaces=spaces,
            nameless=frozenset(one.pk for one in spaces if any(names(one.name, who) for who in people)),
            rights=sorted(set(agreement.rights.exclude(state="ended").values_list("right_kind", flat=True))),
            topics=list(sayable(agreement.topics.all())),
            organisations=list(behind.values()),
            answer_days=agreement.answer_days,
            review_every=agreement.review_every,
        )

    def filling(self, language: str) -> dict[str, str]:
        """Say each gap in a language; what there is nothing to say about stays empty."""
        return {
            "network": sender_name(),
            "groups": wording.groups(self.spaces, language, nameless=self.nameless),
            "rights": wording.rights(self.rights, language),
            "topics": wording.topics(self.topics, language),
            "answer": wording.answer_time(self.answer_days, language),
            "review": wording.review_time(self.review_every, language),
            "organisation": wording.joined([one.name for one in self.organisations], language),
        }


def sayable(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """Leave out the topics of violence: somebody else may read along on her phone, and a sentence of its own cares."""
    about_violence = Q(key=VIOLENCE) | Q(parent__key=VIOLENCE)
    return topics.exclude(about_violence).order_by("position", "key")


def unknown_gaps(text: str) -> list[str]:
    """List what stands in braces and is no gap of ours; a brace that is left open counts as well."""
    try:
        names = [name for _text, name, *_rest in Formatter().parse(text) if name is not None]
    except ValueError:
        return ["{"]
    plain = [f"{{{name}}}" for name in names if name not in GAPS]
    # Formatting or attributes (“{network!r}”, “{a.b}”) are none of ours either.
    return plain or ([] if all(found in GAPS for found in _GAP.findall(text)) else ["{"])


def filled(text: str, filling: Mapping[str, str]) -> str:
    """Fill the gaps of a sentence; empty where one of them has nothing to say."""
    wanted = _GAP.findall(text)
    if any(not filling.get(name) for name in wanted):
        return ""
    said = _GAP.sub(lambda found: filling[found[1]], text)
    return said[:1].upper() + said[1:]


def with_dots(text: str, filling: Mapping[str, str]) -> str:
    """Fill the gaps of a sentence as far as there is something to say, with dots in the others: only to be shown."""
    return _GAP.sub(lambda found: filling.get(found[1]) or "…", text)


def sentence(clause: Clause, version: ClauseVersion, terms: Terms, language: str) -> dict[str, Any] | None:
    """Say a clause in a language with its German beside it, or nothing where a gap of it stays empty."""
    tongue = wording.base(language)
    text = filled(version.texts.get(tongue) or version.texts.get("en", ""), terms.filling(language))
    german = filled(version.texts.get(GERMAN, ""), terms.filling(GERMAN))
    if not text or not german:
        return None
    if language.lower().startswith("sr-latn"):
        text = latin(text)
    said = {"clause": clause.key, "number": version.number, "section": clause.section, "text": text, "de": german}
    return (
        said | {"topics": [topic.key for topic in terms.topics]}
        if "{topics}" in version.texts.get(GERMAN, "")
        else said
    )


def own_sentence(text: str, german: str, section: str = "frame") -> dict[str, Any]:
    """Take a sentence that stands in this agreement alone."""
    return {"clause": "", "number": 0, "section": section, "text": tidy(text)[:LONGEST], "de": tidy(german)[:LONGEST]}


def word_for_word(language: str, sentences: Iterable[Mapping[str, Any]], terms: Terms) -> tuple[str, str]:
    """Write out a text in its language and in German, one sentence a line; one in German has the same text twice."""
    rows = list(sentences)

    def written(tongue: str, key: str) -> str:
        named = wording.groups(terms.spaces, tongue, led=True, nameless=terms.nameless)
        head = (wording.title(tongue), wording.between(sender_name(), named, tongue))
        return "\n".join((*head, *(str(row[key]) for row in rows)))

    return written(language, "text"), written(GERMAN, "de")


def names(text: str, actor: Actor) -> bool:
    """Say whether a text holds the name or the handle of somebody, or a part of the name as a word of its own."""
    said = set(fold(text).split())
    said |= {word[1:] for word in said if word[:1] in _JOINED}
    parts = [part for one in (actor.name, actor.handle) for part in fold(one).split() if len(part) >= _SHORTEST]
    return any(part in said for part in parts)


def hash_of(text: str, text_de: str) -> str:
    """Give the SHA-256 by which a text is known again: of both languages, an empty line between."""
    return hashlib.sha256(f"{text}\n\n{text_de}".encode()).hexdigest()


def is_whole(version: AgreementVersion) -> bool:
    """Say whether a text is still the one that was hashed."""
    return hash_of(version.text, version.text_de) == version.sha256


def new_since(version: AgreementVersion, before: AgreementVersion | None) -> list[bool]:
    """Tell for each sentence whether it is new against an earlier text; in a first text nothing is."""
    if before is None:
        return [False] * len(version.sentences)
    known = {str(row["text"]) for row in before.sentences}
    return [str(row["text"]) not in known for row in version.sentences]
