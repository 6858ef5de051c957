"""Finding anything by name: the page, and what the box in the header suggests while one types."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.text import tidy
from treffpunkt.meetings import finding, overviews
from treffpunkt.meetings.models import Statement
from treffpunkt.search.queries import Hit, find, other_names
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.search.kinds import BY_KEY, BY_RECORD_KIND, KINDS, Kind, Said

LONGEST = 120
SUGGESTED = 7
# Of each kind the best few, of a chosen kind all that can be read.
OF_EACH, OF_ONE, IN_ALL = 5, 50, 100
# Of what was said the newest few; all of it is found on a page of its own.
OF_HEARD = 3


@dataclass(frozen=True)
class Result:
    """A record that was found, as the page shows it."""

    kind: Kind
    url: str
    said: Said


@dataclass(frozen=True)
class Heard:
    """The first statements in which the words stand, and where all of them are found."""

    statements: list[Statement]
    words: list[finding.Word]
    url: str


@dataclass(frozen=True)
class Group:
    """The results of one kind."""

    kind: Kind
    results: list[Result]
    more: int
    url: str


@require_safe
def results(request: StaffRequest) -> HttpResponse:
    """Show what is called like the text asked for, by kind."""
    text = _text(request)
    chosen = BY_KEY.get(request.GET.get("kind", ""))
    groups = _groups(request.user, text, chosen) if text else []
    tabs = [(kind.title, _address(text, kind.key), kind is chosen) for kind in KINDS]
    context = {
        "search_text": text,
        "groups": groups,
        "heard": _heard(request.user, text) if text and not chosen else None,
        "chosen": chosen,
        "tabs": tabs,
        "all_url": _address(text),
        "all_current": not chosen,
    }
    return page(request, "web/search/results.html", context)


@require_safe
def suggest(request: StaffRequest) -> HttpResponse:
    """Suggest records while somebody types in the header; nothing for nothing."""
    text = _text(request)
    hits = _hits(request.user, text, KINDS, SUGGESTED) if text else []
    others = other_names(hits)
    found = [
        (kind := BY_RECORD_KIND[hit.kind], kind.url(hit.record_id), hit.name, others.get(hit.record_id, ""))
        for hit in hits
    ]
    context = {"search_text": text, "found": found, "all_url": _address(text)}
    return render(request, "web/search/suggest.html", context)


def _text(request: StaffRequest) -> str:
    return tidy(request.GET.get("q", "")[:LONGEST])


def _heard(by: Agent, text: str) -> Heard:
    """Find what was said with these words as they are written, of what one may read: one query."""
    words = finding.by_letters(text)
    found = prepared.rows(_said, by, *(word.letters for word in words)) if words else []
    return Heard(found, words, f"{reverse('web:meetings:said')}?{urlencode({'q': text})}")


def _said(by: Agent, *letters: list[int]) -> QuerySet[Statement]:
    return finding.find(overviews.said(by), [finding.Word("", letters=one) for one in letters])[:OF_HEARD]


def _address(text: str, kind: str = "") -> str:
    return f"{reverse('web:search:results')}?{urlencode({'q': text} | ({'kind': kind} if kind else {}))}"


def _hits(by: Agent, text: str, kinds: tuple[Kind, ...], most: int) -> list[Hit]:
    return find(text, {kind.record_kind: kind.viewable(by) for kind in kinds}, most)


def _groups(by: Agent, text: str, chosen: Kind | None) -> list[Group]:
    """Find, and let each kind say more about its best ones: two queries and one a kind."""
    kinds = (chosen,) if chosen else KINDS
    of_each = OF_ONE if chosen else OF_EACH
    by_kind: dict[str, list[Hit]] = defaultdict(list)
    for hit in _hits(by, text, kinds, IN_ALL):
        by_kind[hit.kind].append(hit)
    # The kind of the best result comes first.
    groups = []
    for name, hits in by_kind.items():
        kind = BY_RECORD_KIND[name]
        said = kind.say(by, [hit.record_id for hit in hits[:of_each]])
        shown = [
            Result(kind, kind.url(hit.record_id), said[hit.record_id])
            for hit in hits[:of_each]
            if hit.record_id in said
        ]
        if shown:
            groups.append(Group(kind, shown, max(len(hits) - of_each, 0), _address(text, kind.key)))
    return groups
