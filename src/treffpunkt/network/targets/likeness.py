"""Likely duplicates among records on their way in: blocked by what is rare, scored by all that is said, one to one.

The weights are those measured on a real directory a month apart and with fields corrupted on purpose; `make bench
ONLY=duplicates` prints what they reach.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Generic, NamedTuple, TypeVar

import phonenumbers
from rapidfuzz import fuzz

from treffpunkt.core.text import fold

K = TypeVar("K")
R = TypeVar("R")
# From here on it is the same; below, down to the doubtful, a person decides.
SAME, DOUBTFUL = 1.05, 0.75
# More records than this are not compared by likeness, only by what is exact.
MANY = 100_000
# A name with nothing beside it has to be nearly the same, and so have the words that tell it from others.
DOUBTFUL_NAME = 0.85
# Addresses less alike than this contradict each other, whatever else agrees.
_CONTRADICTING, _AGREEING = 0.55, 0.8
# What a shared phone number, or any channel of a person, adds.
_PHONE = 0.15
# A block larger than this tells nothing.
_BLOCK = 60
_NEAR, _FAR = 0.5, 25.0  # kilometres
# Compared is the beginning of a name: nobody's name is longer, and a hostile one costs no more.
_LONGEST = 300
_NO_DIGIT = re.compile(r"\D+")
# The last digits of a phone number are the same with and without the country's code.
_DIGITS, _FEWEST = 9, 6


@dataclass(frozen=True, slots=True)
class Known(Generic[K]):
    """What is compared of a record: its name, and whatever tells it from others of that name."""

    id: K
    name: str
    address: str = ""
    phones: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    point: tuple[float, float] | None = None
    # Records of two kinds, such as groups on two platforms, are never the same.
    apart: str = ""
    # An address of its own: where both have one, no likeness of names makes them the same.
    only: str = ""
    # The source's own id ("reddit:12345"): two ids of one source are two records.
    source: str = ""


@dataclass(frozen=True, slots=True)
class Alike(Generic[K]):
    """The record something most likely is, how likely, and whether that is certain enough to do without a person."""

    id: K
    name: str
    score: float
    certain: bool


class _Prepared(NamedTuple):
    """A record folded once for all comparisons."""

    words: tuple[str, ...]
    text: str
    telling: str
    address: str


class _Evidence(NamedTuple):
    score: float
    # Whether anything beside the name agrees, and whether the places contradict each other.
    agrees: bool
    contradicts: bool


def phones_of(texts: Iterable[str]) -> frozenset[str]:
    """Reduce phone numbers, several in one text perhaps, to what is the same however they are written."""
    parts = (part for text in texts for part in re.split(r"[,;\n]| or | oder ", text))
    digits = (one.lstrip("0") for part in parts for one in _numbers(part))
    return frozenset(one[-_DIGITS:] for one in digits if len(one) >= _FEWEST)


def _numbers(text: str) -> list[str]:
    """Give the digits of a text; a stroke parts two numbers, or a number from the code of its town."""
    parts = [_national(part) for part in text[:_LONGEST].split(" / ")]
    return parts if all(len(part) > _FEWEST for part in parts) else ["".join(parts)]


def _national(part: str) -> str:
    """Give the digits of a number, without the code of its country where that is written."""
    digits = _NO_DIGIT.sub("", fold(part).replace(" ", ""))
    if part.strip()[:1] in ("+", "\uff0b") or digits.startswith("00"):
        with suppress(phonenumbers.NumberParseException):
            return str(phonenumbers.parse(f"+{digits.lstrip('0')}").national_number)
    return digits


def same_place(one: str, two: str) -> bool | None:
    """Say whether two postal addresses are the same, or contradict each other; None where they do not tell."""
    if not one or not two:
        return None
    alike = fuzz.token_sort_ratio(fold(one), fold(two)) / 100
    return True if alike > _AGREEING else False if alike < _CONTRADICTING else None


def nearly(one: str, two: str) -> bool:
    """Say whether two names are the same but for a slip of the pen; enough where a channel is shared."""
    texts = (" ".join(sorted(fold(name[:_LONGEST]).split())) for name in (one, two))
    return _alike(*texts) + _PHONE >= SAME


def of_one_source(one: str, two: str) -> bool:
    """Say whether two ids of a source are two different ones of the same source."""
    return bool(one and two and one != two and one.partition(":")[0] == two.partition(":")[0])


class Likeness(Generic[K]):
    """Finds, for records on their way in, the ones here that they most likely are."""

    def __init__(self, known: Iterable[Known[K]]) -> None:
        self._known = list(known)
        folded = [tuple(fold(one.name[:_LONGEST]).split()) for one in self._known]
        self._counts = Counter(word for words in folded for word in set(words))
        # Words that a tenth of all names share ("Helferkreis") tell none of them apart.
        self._common = {word for word, count in self._counts.items() if count > max(3, len(self._known) // 10)}
        self._prepared = [self._prepare(one, words) for one, words in zip(self._known, folded, strict=True)]
        self._blocks: dict[str, list[int]] = defaultdict(list)
        for place, (one, ready) in enumerate(zip(self._known, self._prepared, strict=True)):
            for key in self._keys(one, ready):
                self._blocks[key].append(place)

    def match(self, rows: Sequence[Known[R]], taken: Collection[K] = ()) -> dict[R, Alike[K]]:
        """Pair rows with the records they most likely are, the likeliest pairs first, each record once.

        Records that are `taken` already are left out.
        """
        gone = set(taken)
        pairs: list[tuple[float, int, int, bool]] = []
        for number, row in enumerate(rows):
            ready = self._prepare(row, tuple(fold(row.name[:_LONGEST]).split()))
            for place in self._candidates(row, ready):
                if self._known[place].id in gone:
                    continue
                found = self._compare(row, ready, self._known[place], self._prepared[place])
                if found is not None:
                    pairs.append((-found.score, number, place, found.score >= SAME and not found.contradicts))
        matched: dict[R, Alike[K]] = {}
        for score, number, place, certain in sorted(pairs):
            known = self._known[place]
            if rows[number].id not in matched and known.id not in gone:
                gone.add(known.id)
                matched[rows[number].id] = Alike(known.id, known.name, -score, certain)
        return matched

    def _prepare(self, one: Known[object] | Known[K] | Known[R], words: tuple[str, ...]) -> _Prepared:
        ordered = sorted(words)
        telling = [word for word in ordered if word not in self._common] or ordered
        address = " ".join(sorted(fold(one.address[:_LONGEST]).split()))
        return _Prepared(words, " ".join(ordered), " ".join(telling), address)

    def _keys(self, one: Known[object] | Known[K] | Known[R], ready: _Prepared) -> Iterator[str]:
        """Name the blocks of a record: its rarest words, both ends of its name, its house, its other fields."""
        here = {word for word in ready.words if word in self._counts}
        rare = sorted(here, key=lambda word: (self._counts[word], -len(word), word))[:3]
        yield from (f"w:{word}" for word in rare)
        joined = "".join(word for word in ready.words if word not in self._common) or "".join(ready.words)
        if len(joined) >= 4:
            yield f"b:{joined[:5]}"
            yield f"e:{joined[-5:]}"
        if ready.address:
            yield f"a:{ready.address}"
            yield from _houses(ready.address)
        yield from (f"p:{phone}" for phone in one.phones)
        yield from (f"u:{url}" for url in one.urls)

    def _candidates(self, row: Known[R], ready: _Prepared) -> set[int]:
        places: set[int] = set()
        for key in self._keys(row, ready):
            found = self._blocks.get(key, ())
            if len(found) <= _BLOCK:
                places.update(found)
        return places

    def _compare(self, row: Known[R], own: _Prepared, known: Known[K], other: _Prepared) -> _Evidence | None:
        """Score a pair; nothing where it is not even doubtful."""
        if row.apart and known.apart and row.apart != known.apart:
            return None
        if of_one_source(row.source, known.source) or (row.only and known.only and row.only != known.only):
            return None
        score = _alike(own.text, other.text)
        agrees = contradicts = False
        if own.address and other.address:
            alike = fuzz.ratio(own.address, other.address) / 100
            score += 0.35 * (alike - 0.6)
            agrees, contradicts = alike > _AGREEING, alike < _CONTRADICTING
        elif row.point and known.point:
            distance = _kilometres(row.point, known.point)
            score += 0.1 if distance < _NEAR else -0.2 if distance > _FAR else 0.0
            agrees, contradicts = distance < _NEAR, distance > _FAR
        if row.phones and known.phones:
            shared = not row.phones.isdisjoint(known.phones)
            score += _PHONE if shared else -0.05
            agrees = agrees or shared
        if row.urls and known.urls:
            shared = not row.urls.isdisjoint(known.urls)
            score += 0.08 if shared else -0.03
            agrees = agrees or shared
        if score < DOUBTFUL or (not agrees and _alike(own.telling, other.telling) < DOUBTFUL_NAME):
            return None
        return _Evidence(score, agrees, contradicts)


def _houses(address: str) -> Iterator[str]:
    """Pair the numbers of an address with its longest words: one of them is right even where the other is mistyped."""
    words = address.split()
    numbers = [word for word in words if any(letter.isdigit() for letter in word)][:3]
    longest = sorted((word for word in words if word.isalpha()), key=lambda word: (-len(word), word))[:3]
    yield from (f"n:{number}|{word[:5]}" for number in numbers for word in longest)


def _alike(one: str, two: str) -> float:
    """Compare two names whose words stand in order."""
    return max(fuzz.ratio(one, two), 0.95 * fuzz.token_set_ratio(one, two)) / 100


def _kilometres(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Measure on a plane, which is enough within a town."""
    return hypot((one[0] - two[0]) * 111.2, (one[1] - two[1]) * 111.2 * cos(radians(one[0])))
