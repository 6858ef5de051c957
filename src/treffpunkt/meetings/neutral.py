"""Subjects that tell nothing: what a locked phone, a tab or somebody over one's shoulder may show."""

from __future__ import annotations

from django.db.models import F, Value
from django.db.models.functions import Length

from treffpunkt.core.text import fold
from treffpunkt.network.models import Community, Space
from treffpunkt.vocabulary.models import Topic

# Parts of words: women in the six languages, violence, counselling, the platforms.
_TELLING = (
    "frau", "woman", "women", "female", "نساء", "امرأة", "سيدات", "femme", "жена", "жене", "женск", "mujer", "gewalt",
    "violen", "عنف", "насиљ", "beratung", "counsel", "conseil", "asesor", "саветова", "استشار", "facebook", "telegram",
    "whatsapp", "instagram", "tiktok",
)  # fmt: skip
_SHORTEST = 4


def telling_words(subject: str) -> list[str]:
    """List what a subject tells: women, violence, platforms, a group, a community, a topic of ours; three queries."""
    plain = fold(subject)
    parts = [fold(part) for part in _TELLING]
    found = [word for word in subject.split() if any(part in fold(word) for part in parts)]
    for model in (Space, Community):
        named = model.objects.annotate(said=Value(subject), long=Length("name")).filter(
            long__gte=_SHORTEST, said__icontains=F("name")
        )
        found += list(named.values_list("name", flat=True)[:3])
    for topic in Topic.objects.all():
        found += [name for name in topic.names.values() if len(name) >= _SHORTEST and fold(name) in plain]
    return list(dict.fromkeys(found))
