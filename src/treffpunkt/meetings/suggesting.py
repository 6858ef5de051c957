"""What a statement seems to be about: suggested from its words and its topic, decided by people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from treffpunkt.core.text import fold

# Beginnings of words, as `fold` leaves them: without marks, Cyrillic in Latin letters, Arabic letters made alike.
_BEGINNINGS = (
    # German
    "frau", "mutter", "mutti", "madchen", "schwanger", "schwester", "witwe", "alleinerziehend", "hebamme", "kopftuch",
    "stillen", "wochenbett", "elternzeit", "elterngeld", "gewaltschutz", "zwangsheirat", "zwangsehe", "sorgerecht",
    "schwiegermutter", "tochter", "gynakolog",
    # English
    "woman", "women", "mother", "girl", "pregnan", "sister", "widow", "midwife", "headscar", "maternity", "breastfe",
    "single parent", "forced marriage", "custody", "daughter", "gynecolog", "gynaecolog",
    # French
    "femme", "mere", "maman", "fille", "enceinte", "grossesse", "soeur", "veuve", "sage femme", "maternite", "voile",
    "allaite", "mariage force",
    # Serbian
    "zena", "zene", "zenam", "zenu", "zenska", "zenske", "zensko", "majk", "majci", "mama ", "devojk", "trudn",
    "sestr", "udovic", "babic", "porodilj", "dojen", "samohran", "cerk", "starateljstv",
    # Spanish
    "mujer", "madre", "chica", "nina", "embaraz", "hermana", "viuda", "matrona", "maternidad", "lactancia",
    "matrimonio forzado", "hija",
)  # fmt: skip
_ARABIC = (
    "نساء", "النساء", "نسائي", "نسوي", "امراه", "المراه", "سيدات", "فتاه", "فتيات", "بنات", "ام ", "امهات", "الامهات",
    "والده", "حامل", "حوامل", "الحمل", "ولاده", "الولاده", "مطلقه", "مطلقات", "ارمله", "ارامل", "محجبات", "محجبه",
    "الحجاب", "حضانه", "الحضانه", "رضاعه", "زوجه", "زوجات", "شابات", "الشابات", "اخوات",
)  # fmt: skip


def _pattern() -> re.Pattern[str]:
    beginnings = "|".join(re.escape(fold(word) + (" " if word.endswith(" ") else "")) for word in _BEGINNINGS)
    # In Arabic a word may carry "and", "for", "with" and the article before it.
    arabic = "|".join(re.escape(fold(word) + (" " if word.endswith(" ") else "")) for word in _ARABIC)
    return re.compile(rf"\b(?:{beginnings})|\b(?:[وفبلك]{{0,2}}(?:ال|ل)?)(?:{arabic})")


_WOMEN = _pattern()


def concerns_women(text: str, topic: Iterable[str] = ()) -> bool:
    """Say whether a statement, by its words or by the title of its topic, seems to concern women especially."""
    return any(_WOMEN.search(f"{fold(words)} ") for words in (text, *topic) if words)
