"""Likely duplicates among names: blocked by rare words, beginnings and addresses, then scored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from treffpunkt.core.text import fold

K = TypeVar("K")
# From here on a person decides; a name alone has to be nearly the same.
DOUBTFUL = 0.88
# A block larger than this tells nothing.
_BLOCK = 60
_NEAR, _FAR = 0.5, 25.0


@dataclass(frozen=True, slots=True)
class Known(Generic[K]):
    """A record that is here already: what is compared of it."""

    id: K
    name: str
    address: str = ""
    point: tuple[float, float] | None = None


class Likeness(Generic[K]):
    """Finds, for a name on its way in, the record it most likely is."""

    def __init__(self, known: Iterable[Known[K]]) -> None:
        self._known = list(known)
        self._words: list[list[str]] = [fold(one.name).split() for one in self._known]
        self._counts = Counter(word for words in self._words for word in set(words))
        # Words that a tenth of all names share ("Helferkreis") tell none of them apart.
        self._common = {word for word, count in self._counts.items() if count > max(3, len(self._known) // 10)}
        self._blocks: dict[str, list[int]] = defaultdict(list)
        for place, (one, words) in enumerate(zip(self._known, self._words, strict=True)):
            for key in self._keys(words, one.address):
                self._blocks[key].append(place)

    def best(
        self, name: str, address: str = "", point: tuple[float, float] | None = None
    ) -> tuple[Known[K], float] | None:
        """Give the likeliest record and its score, or nothing where none is likely."""
        words = fold(name).split()
        places = {
            place
            for key in self._keys(words, address)
            if len(found := self._blocks.get(key, ())) <= _BLOCK
            for place in found
        }
        own = self._telling(words)
        scored = [
            (self._score(own, self._telling(self._words[place]), self._known[place], address, point), place)
            for place in places
        ]
        score, place = max(scored, default=(0.0, 0))
        return (self._known[place], score) if score >= DOUBTFUL else None

    def _keys(self, words: Sequence[str], address: str) -> Iterable[str]:
        rare = sorted(set(words), key=lambda word: (self._counts.get(word, 0), -len(word)))[:3]
        yield from (f"w:{word}" for word in rare)
        telling = "".join(self._telling(words))
        if len(telling) >= 4:
            yield f"b:{telling[:5]}"
        if address:
            yield f"a:{address}"

    def _telling(self, words: Sequence[str]) -> list[str]:
        return [word for word in words if word not in self._common] or list(words)

    def _score(
        self, own: list[str], other: list[str], known: Known[K], address: str, point: tuple[float, float] | None
    ) -> float:
        one, two = " ".join(own), " ".join(other)
        score = max(fuzz.token_sort_ratio(one, two), 0.95 * fuzz.token_set_ratio(one, two)) / 100
        if address and known.address:
            score += 0.2 if address == known.address else -0.05
        if point and known.point:
            distance = _kilometres(point, known.point)
            score += 0.1 if distance < _NEAR else -0.2 if distance > _FAR else 0.0
        return score


def _kilometres(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Measure on a plane, which is enough within a town."""
    return hypot((one[0] - two[0]) * 111.2, (one[1] - two[1]) * 111.2 * cos(radians(one[0])))
