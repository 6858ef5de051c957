"""How the network's pages say things: kinds, states and small numbers in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from treffpunkt.network.models import Actor, Space

STATE_KINDS = {
    "found": "quiet",
    "contacted": "info",
    "joined": "step",
    "cooperating": "good",
    "dormant": "attention",
    "lost": "urgent",
}
OUTCOME_KINDS = {
    "asked": "info",
    "no_answer": "quiet",
    "talked": "step",
    "interested": "info",
    "agreed": "good",
    "later": "attention",
    "declined": "urgent",
}
PROFILE_KINDS = {"active": "good", "limited": "attention", "suspended": "urgent", "retired": "quiet"}
STANDING_KINDS = {"unknown": "quiet", "asked": "info", "won": "good", "declined": "attention"}

# “Facebook group”: in some languages one word, so each kind is a sentence of its own.
_OF_PLATFORM: dict[str, Promise] = {
    "group": gettext_lazy("%(platform)s group"),
    "page": gettext_lazy("%(platform)s page"),
    "channel": gettext_lazy("%(platform)s channel"),
    "profile": gettext_lazy("%(platform)s profile"),
    "blog": gettext_lazy("%(platform)s blog"),
    "forum": gettext_lazy("%(platform)s forum"),
}
# Platforms that are a kind of their own say nothing more than the kind.
_NAMELESS = frozenset({"blog", "forum", "other"})

_SINCE: dict[str, Promise] = {
    "found": gettext_lazy("Found"),
    "contacted": gettext_lazy("Contacted"),
    "joined": gettext_lazy("Joined"),
    "cooperating": gettext_lazy("Cooperating"),
    "dormant": gettext_lazy("Dormant"),
    "lost": gettext_lazy("Lost"),
}

_NUMBERS: tuple[str | Promise, ...] = (
    pgettext_lazy("number of admins", "none known"),
    pgettext_lazy("number of admins", "only one"),
    pgettext_lazy("number of admins", "two"),
    pgettext_lazy("number of admins", "three"),
    pgettext_lazy("number of admins", "four"),
    pgettext_lazy("number of admins", "five"),
    pgettext_lazy("number of admins", "six"),
    pgettext_lazy("number of admins", "seven"),
    pgettext_lazy("number of admins", "eight"),
    pgettext_lazy("number of admins", "nine"),
    pgettext_lazy("number of admins", "ten"),
    pgettext_lazy("number of admins", "eleven"),
    pgettext_lazy("number of admins", "twelve"),
)


def platform_kind(platform_key: str, platform_name: str, kind: str) -> str:
    """Say platform and kind as people do: “Facebook group”, “Blog”."""
    if platform_key in _NAMELESS or kind not in _OF_PLATFORM:
        return str(dict(Space.Kind.choices).get(kind, kind))
    return str(_OF_PLATFORM[kind]) % {"platform": platform_name}


def nature(space: Space, platforms: Mapping[str, str]) -> str:
    """Say what a space is: “Facebook group, closed, women only”."""
    name = platforms.get(space.platform_id, space.platform_id)
    parts = [platform_kind(space.platform_id, name, space.space_kind)]
    if space.visibility:
        parts.append(str(space.get_visibility_display()))
    if space.women_only:
        parts.append(_("women only"))
    return ", ".join(parts)


def admins(number: int) -> str:
    """Say how many administrators there are, in words up to twelve."""
    return str(_NUMBERS[number]) if number < len(_NUMBERS) else str(number)


def since(space: Space) -> str:
    """Name a space's state at the beginning of a sentence: “Cooperating”."""
    return str(_SINCE[space.state])


def shown_address(address: str) -> str:
    """Give an address as people read it: without scheme and `www.`."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def state_labels() -> dict[str, str]:
    """Give the states of spaces in the reader's language, looked up once a page."""
    return {key: str(label) for key, label in Space.State.choices}


def standing_labels() -> dict[str, str]:
    """Give the standings of people in the reader's language, looked up once a page."""
    return {key: str(label) for key, label in Actor.Standing.choices}


def enumeration(parts: Iterable[str]) -> str:
    """Join words with commas, leaving out what is empty."""
    return ", ".join(part for part in parts if part)
