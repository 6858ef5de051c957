"""What the map says of a record, and of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treffpunkt.core.agent import Agent
from treffpunkt.network import rules
from treffpunkt.network.landscape import (
    ACTOR,
    COMMUNITY,
    ORGANISATION,
    SPACE,
    Ask,
    Excerpt,
    Node,
    how_many,
    nodes,
)
from treffpunkt.network.models import Actor, Role
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.web.network import choices, words
from treffpunkt.web.network.map.asking import MapFilters
from treffpunkt.web.rows import address_of, isolated

KIND_LABELS = {
    COMMUNITY: gettext_lazy("Community"),
    SPACE: gettext_lazy("Group or channel"),
    ACTOR: gettext_lazy("Person"),
    ORGANISATION: gettext_lazy("Organisation"),
}
PAGES = {
    COMMUNITY: "web:network:community",
    SPACE: "web:network:space",
    ACTOR: "web:network:actor",
    ORGANISATION: "web:network:organisation",
}
_NAMED = 3
# Of so many that they do not fit on the map, a count that is some minutes old says enough.
_SECONDS = 300
ROW_FIELDS = ("url", "name", "line", "kind", "state", "reach", "beside")


class Words:
    """The words for records, looked up once a page."""

    def __init__(self) -> None:
        self.platforms = choices.platforms()
        self.languages = choices.language_names()
        self.states = words.state_labels()
        self.standings = words.standing_labels()
        self.kinds = {key: str(label) for key, label in Actor.Kind.choices}
        self.roles = {key: str(label) for key, label in Role.Kind.choices}
        self.nameless = _("without a name")

    def name(self, node: Node) -> str:
        """Give the name, or say that there is none."""
        return node.name or self.nameless

    def line(self, node: Node) -> str:
        """Say what a record is, after its German short name."""
        return " · ".join(filter(None, [node.short, self.nature(node)]))

    def nature(self, node: Node) -> str:
        """Say what a record is, in a few words."""
        if node.kind == SPACE:
            platform = self.platforms.get(node.platform, node.platform)
            nature = words.platform_kind(node.platform, platform, node.nature)
            return f"{nature}, {_('women only')}" if node.women_only else nature
        if node.kind == ACTOR:
            return _("not a person") if node.machine else self.kinds.get(node.nature, "")
        return self.languages.get(node.language, "") if node.kind == COMMUNITY else node.nature

    def state(self, node: Node) -> tuple[str, str]:
        """Give the state of a record in a word, and the colour of its meaning."""
        if node.kind == SPACE:
            return self.states[node.state], words.STATE_KINDS[node.state]
        if node.kind == ACTOR:
            return self.standings[node.state], words.STANDING_KINDS[node.state]
        return "", ""


def is_single(node: Node) -> bool:
    """Say whether a space hangs on one administrator."""
    return node.administrators == 1


def table_rows(by: Agent, excerpt: Excerpt, page: Sequence[Node]) -> list[dict[str, Any]]:
    """Say the rows of a page in words, each with what it is tied to; one query for the names of these."""
    said = Words()
    urls = {kind: address_of(name) for kind, name in PAGES.items()}
    beside = excerpt.beside(node.pk for node in page)
    first = {pk for others in beside.values() for pk in others[:_NAMED]}
    wanted: dict[str, list[UUID]] = {}
    for pk in first:
        wanted.setdefault(excerpt.kinds[pk], []).append(pk)
    named = {node.pk: node for node in nodes(by, wanted)}
    return [
        {
            "url": urls[node.kind] % node.pk,
            "name": isolated(said.name(node), node.language if node.kind != COMMUNITY else ""),
            "line": said.line(node),
            "kind": str(KIND_LABELS[node.kind]),
            "state": _state(said, node),
            "reach": "–" if node.reach is None else num(node.reach),
            "beside": _beside(
                said, urls, [named[pk] for pk in beside[node.pk][:_NAMED] if pk in named], beside[node.pk]
            ),
        }
        for node in page
    ]


def _state(said: Words, node: Node) -> SafeString:
    word, kind = said.state(node)
    if not word:
        return mark_safe('<span class="quiet">–</span>')
    state = format_html('<span class="state kind-{}">{}</span>', kind, word)
    if is_single(node):
        return format_html('{}<br><span class="state kind-urgent">{}</span>', state, _("only one admin"))
    return state


def _beside(said: Words, urls: Mapping[str, str], first: list[Node], every: list[UUID]) -> SafeString:
    if not every:
        return mark_safe('<span class="quiet">–</span>')
    links = format_html_join(
        ", ",
        '<a class="link link-hover" href="{}">{}</a>',
        ((urls[node.kind] % node.pk, isolated(said.name(node), node.language)) for node in first),
    )
    more = len(every) - len(first)
    if not more:
        return links
    text = ngettext("and %(number)s more", "and %(number)s more", more) % {"number": num(more)}
    return format_html('{} <span class="quiet">{}</span>', links, text)


def summary(by: Agent, filters: MapFilters, ask: Ask, excerpt: Excerpt) -> str:
    """Say in words how much of what is shown."""
    shown, ties = num(len(excerpt)), num(len(excerpt.edges))
    if text := filters.chosen.get("q"):
        return _("%(number)s records: what “%(text)s” finds, and what hangs on it") % {
            "number": shown,
            "text": f"\u2068{text}\u2069",
        }
    if filters.middle is not None:
        name = f"\u2068{filters.middle.name or _('without a name')}\u2069"
        sentence = (
            _("the %(number)s weightiest records around %(name)s")
            if excerpt.cut
            else ngettext(
                "%(number)s record: %(name)s alone", "%(number)s records around %(name)s, with it", len(excerpt)
            )
        )
        return sentence % {"number": shown, "name": name}
    if excerpt.cut:
        whole = cache.get_or_set(_key(by, filters), lambda: how_many(ask), _SECONDS)
        return _("%(number)s of %(whole)s records: the largest groups with who leads them") % {
            "number": shown,
            "whole": num(whole),
        }
    number = len(excerpt.edges)
    return ngettext(
        "%(number)s records with %(ties)s tie, nothing left out",
        "%(number)s records with %(ties)s ties, nothing left out",
        number,
    ) % {"number": shown, "ties": ties}


def _key(by: Agent, filters: MapFilters) -> str:
    """Name a count in the cache: who sees alike, and the filters that are on."""
    chosen = sha256(repr(sorted(filters.chosen.items())).encode()).hexdigest()[:24]
    return f"network.map.{'all' if rules.sees_all(by) else by.agent_id}.{chosen}"
