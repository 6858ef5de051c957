"""Finding what was said, in any language and script: by the stems of words, and by the letters within them.

Everything is folded first, so that “Ђаци” finds “đaci” and “المدرسة” finds “مدرسه”. Stems come from PostgreSQL; letters
are compared by threes, which finds a word within a longer one: “Betreuung” in “Kinderbetreuung”, “عمل” in “والعمل”.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import IntegerField, Q, QuerySet, Value
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from rapidfuzz import fuzz

from treffpunkt.core.text import fold, tidy
from treffpunkt.meetings.models import Statement, StatementWords
from treffpunkt.search.keys import key, name_keys, trigrams

# How PostgreSQL calls the stems of a language; others are taken as they are written.
STEMS = {"de": "german", "en": "english", "ar": "arabic", "fr": "french", "sr": "serbian", "es": "spanish"}
PLAIN = "simple"
# More words than that are not a search but a quotation.
MOST_WORDS = 12
# Beyond these, what is spelled alike is not looked for; from which likeness on it is shown, and how much of it.
MOST_CANDIDATES, ALIKE, MOST_ALIKE = 300, 76, 20
# Shorter words are looked for from their beginning, or not by a part at all.
ANCHORED, HALVED = 4, 5
_ARABIC = re.compile("[\u0600-\u06ff]")
_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True)
class Word:
    """A word that is looked for: folded, and by which numbers it is found."""

    folded: str
    stems: list[int] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)

    @property
    def found(self) -> Q:
        """Say where it stands: one of its stems, or all of its letters."""
        by_letters = Q(terms__contains=_array(self.letters)) if self.letters else Q()
        return (Q(terms__overlap=_array(self.stems)) | by_letters) if self.stems else by_letters

    @property
    def nearly(self) -> Q:
        """Say where one half of it stands, so that a slip in the other does not matter."""
        if len(self.folded) < HALVED:
            return self.found
        first, last = self.folded[: (len(self.folded) + 1) // 2], self.folded[len(self.folded) // 2 :]
        halves = name_keys(first, ended=False), [key(piece) for piece in _within(f"{last} ")]
        return self.found | Q(terms__contains=_array(halves[0])) | Q(terms__contains=_array(halves[1]))


def asked(text: str) -> list[Word]:
    """Take a search apart into its words; those that mean nothing by themselves count only where there is no other."""
    words = list(dict.fromkeys(fold(tidy(text)).split()))[:MOST_WORDS]
    if not words:
        return []
    configs = [*STEMS.values(), PLAIN]
    found = _stems([(config, word) for word in words for config in configs])
    made: list[Word] = []
    plain: list[Word] = []
    for number, word in enumerate(words):
        of_word = found[number * len(configs) : (number + 1) * len(configs)]
        stems = list({_stem_key(stem) for stems in of_word for stem in stems})
        letters = [key(piece) for piece in _pieces(word)]
        if not stems and not letters:
            continue
        (made if all(of_word) else plain).append(Word(word, stems, letters))
    return made or plain


def by_letters(text: str) -> list[Word]:
    """Take a search apart into its words as they are written, without a query: other forms of a word are not found."""
    words = list(dict.fromkeys(fold(tidy(text)).split()))[:MOST_WORDS]
    return [Word(word, letters=[key(piece) for piece in pieces]) for word in words if (pieces := _pieces(word))]


def find(rows: QuerySet[Statement], words: Sequence[Word], said_by: Collection[UUID] = ()) -> QuerySet[Statement]:
    """Keep the statements in which every word stands, and those of whoever is meant by name."""
    here = Q(pk__in=_found([word.found for word in words]))
    return rows.filter(here | Q(said_by__in=said_by)) if said_by else rows.filter(here)


def alike(rows: QuerySet[Statement], words: Sequence[Word]) -> list[Statement]:
    """List the statements in which every word stands, or one that is spelled nearly so; the most alike first."""
    near = rows.filter(pk__in=_found([word.nearly for word in words])).order_by("-noted_at", "-pk")
    scored = [(_likeness(words, row), row) for row in near[:MOST_CANDIDATES]]
    kept = [(score, row) for score, row in scored if score >= ALIKE]
    return [row for _score, row in sorted(kept, key=lambda pair: -pair[0])][:MOST_ALIKE]


def terms(statements: Iterable[Statement]) -> list[list[int]]:
    """Give the numbers by which statements are found, of their text and their gist; one query."""
    rows = list(statements)
    pairs, places = [], []
    for place, row in enumerate(rows):
        text, gist = fold(row.text), fold(row.gist)
        base = row.language.lower().partition("-")[0]
        pairs += [(STEMS.get(base, PLAIN), text), (PLAIN, text), (STEMS["de"], gist), (PLAIN, gist)]
        places += [place] * 4
    made: list[set[int]] = [set(name_keys(f"{fold(row.text)} {fold(row.gist)}")) for row in rows]
    for place, stems in zip(places, _stems(pairs), strict=True):
        made[place] |= {_stem_key(stem) for stem in stems}
    return [sorted(one) for one in made]


def marked(text: str, words: Sequence[Word]) -> SafeString:
    """Write a text with the words marked that were looked for."""
    if not words:
        return mark_safe(escape(text).replace("\n", "<br>"))
    parts, end = [], 0
    for token in _TOKEN.finditer(text):
        if any(_stands_in(word.folded, part) for part in fold(token[0]).split() for word in words):
            parts += [escape(text[end : token.start()]), f"<mark>{escape(token[0])}</mark>"]
            end = token.end()
    return mark_safe("".join([*parts, escape(text[end:])]).replace("\n", "<br>"))


def _found(conditions: Iterable[Q]) -> QuerySet[StatementWords, Any]:
    found = StatementWords.objects.all()
    for condition in conditions:
        found = found.filter(condition)
    return found.values("statement")


def _array(numbers: list[int]) -> Value:
    """Hand numbers over as one value, where Django would write each for itself."""
    return Value(numbers, output_field=ArrayField(IntegerField()))


def _pieces(word: str) -> list[str]:
    """Give the groups of letters that stand wherever a word does: within another, a short one at its beginning."""
    if len(word) < 2:
        return []
    if len(word) < 3 or (len(word) <= ANCHORED and not _ARABIC.search(word)):
        return trigrams(word, ended=False)
    return _within(word)


def _within(text: str) -> list[str]:
    return list(dict.fromkeys(text[start : start + 3] for start in range(len(text) - 2)))


def _stems(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Let the database take words apart: for each pair of language and words their stems, without those that say nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(to_tsvector(p.config::regconfig, p.words))"
            " FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS p (config, words, place) ORDER BY p.place",
            [[config for config, _words in pairs], [words for _config, words in pairs]],
        )
        return [row[0] for row in cursor.fetchall()]


def _stem_key(stem: str) -> int:
    return key(f"s:{stem}")


def _likeness(words: Sequence[Word], row: Statement) -> float:
    tokens = f"{fold(row.text)} {fold(row.gist)}".split()
    return min(max((_alike(word.folded, token) for token in tokens), default=0.0) for word in words)


def _alike(word: str, token: str) -> float:
    if word in token and len(word) > 2:
        return 100.0
    whole = fuzz.ratio(word, token)
    return max(whole, 0.95 * fuzz.partial_ratio(word, token)) if HALVED <= len(word) < len(token) else whole


def _stands_in(word: str, token: str) -> bool:
    """Say whether a word is marked: it stands there, or begins as one that does."""
    if len(word) > 2 and word in token:
        return True
    shared = min(len(word), len(token), max(4, round(0.7 * len(word))))
    return len(word) >= 4 and token[:shared] == word[:shared] and abs(len(token) - len(word)) <= 4
