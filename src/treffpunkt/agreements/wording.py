"""How an agreement is said in a language: its title, its groups, rights and dates."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from uuid import UUID

from treffpunkt.agreements import phrases
from treffpunkt.agreements.models.rights import GrantedRight
from treffpunkt.core.dates import digits
from treffpunkt.core.text import LANGUAGES, latin, localized
from treffpunkt.network.models import Space
from treffpunkt.vocabulary.models import Topic

_PERSONAL = frozenset({Space.Kind.PROFILE, Space.Kind.BLOG})


def base(language: str) -> str:
    """Choose the language of our own sentences for a reader: hers, or English."""
    found = language.lower().partition("-")[0]
    return found if found in LANGUAGES else "en"


def in_script(text: str, language: str) -> str:
    """Write our own Serbian words in Latin letters for who reads those."""
    return latin(text) if language.lower().startswith("sr-latn") else text


def title(language: str) -> str:
    """Give the title of every agreement."""
    return in_script(phrases.TITLES[base(language)], language)


def answer_time(days: int, language: str) -> str:
    """Say within how many working days we answer."""
    forms = phrases.ANSWERS[base(language)]
    form = forms[days - 1] if days < 3 else forms[2] if days < 5 else forms[3]
    return form.format(digits(days, language))


def review_time(months: int, language: str) -> str:
    """Say how often we ask whether it still suits."""
    return phrases.REVIEWS[min(phrases.REVIEWS, key=lambda known: abs(known - months))][base(language)]


def joined(parts: Sequence[str], language: str) -> str:
    """Join words as the language does."""
    if len(parts) < 2:
        return "".join(parts)
    tongue = base(language)
    return phrases.COMMA.get(tongue, ", ").join(parts[:-1]) + phrases.AND[tongue] + parts[-1]


def groups(spaces: Iterable[Space], language: str, *, led: bool = False, nameless: Container[UUID] = ()) -> str:
    """Name the groups of an agreement.

    A profile, a blog and whatever is in `nameless` are called by their platform, since they may bear a person's name.
    """
    tongue = base(language)
    names = [
        _by_platform(space, tongue, led=led)
        if space.space_kind in _PERSONAL or space.pk in nameless
        else phrases.QUOTED[tongue].format(space.name)
        for space in spaces
    ]
    return joined(list(dict.fromkeys(names)), language) or (phrases.LED if led else phrases.WITHIN)[tongue]


def _by_platform(space: Space, tongue: str, *, led: bool) -> str:
    if space.space_kind in (Space.Kind.GROUP, Space.Kind.FORUM):
        return (phrases.LED if led else phrases.WITHIN)[tongue]
    if space.platform_id == "blog":
        return (phrases.LED_BLOG if led else phrases.WITHIN_BLOG)[tongue]
    called = phrases.LED_PROFILE if led else phrases.WITHIN_PROFILE
    return called[tongue].format(platform=space.platform.name)


def rights(kinds: Iterable[str], language: str) -> str:
    """List rights after “we may”, in the order of their kinds."""
    wanted = set(kinds)
    words = [phrases.RIGHTS[kind][base(language)] for kind in GrantedRight.Kind if kind in wanted]
    return joined(words, language)


def topics(rows: Iterable[Topic], language: str) -> str:
    """List topics by their names in a language."""
    return joined([localized(row.names, base(language))[0] or row.key for row in rows], language)


def between(network: str, named: str, language: str) -> str:
    """Say between whom an agreement is, without naming a person; `named` are the groups as somebody leads them."""
    return in_script(phrases.BETWEEN[base(language)].format(network=network, groups=named), language)
