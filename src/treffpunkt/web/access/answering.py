"""“May I?” as pages show it: one group with its answers, many groups with one answer each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from treffpunkt.agreements.in_use import SPACE_COLUMNS, grounds
from treffpunkt.agreements.permitting import ACTIONS, Answer, Ground, answer
from treffpunkt.core.agent import Agent
from treffpunkt.core.words import Words
from treffpunkt.network.models import Role, Space
from treffpunkt.network.rules import viewable_spaces
from treffpunkt.web.access import words
from treffpunkt.web.network import choices
from treffpunkt.web.network.words import nature

# Whose name a profile or a blog may bear.
_PERSONAL = frozenset({Space.Kind.PROFILE, Space.Kind.BLOG})


@dataclass(frozen=True)
class Shown:
    """An answer with its question, as it is drawn."""

    answer: Answer
    question: str
    word: str
    kind: str
    icon: str

    @classmethod
    def of(cls, answer: Answer) -> Shown:
        """Say an answer."""
        return cls(
            answer=answer, question=str(words.QUESTIONS[answer.action]), word=str(words.VERDICTS[answer.verdict]),
            kind=words.VERDICT_KINDS[answer.verdict], icon=words.VERDICT_ICONS[answer.verdict],
        )  # fmt: skip


@dataclass(frozen=True)
class Card:
    """A group with the answers about it."""

    space: Space
    ground: Ground
    name: str
    nature: str
    rules: str

    @cached_property
    def first(self) -> Shown:
        """Answer the question about links."""
        return Shown.of(answer(self.ground, ACTIONS[0]))

    @cached_property
    def others(self) -> list[Shown]:
        """Answer the other questions; a list of groups asks only the first."""
        return [Shown.of(answer(self.ground, action)) for action in ACTIONS[1:]]


def cards(by: Agent, spaces: Sequence[Space], *, nameless: bool = False) -> list[Card]:
    """Answer for some groups; with `nameless` nobody who leads one is named, not even by a profile called after them."""
    ground = grounds(by, spaces)
    platforms = choices.platforms()
    people = _leaders([one.pk for one in spaces]) if nameless else {}
    found = []
    for space in spaces:
        called = space.short_name or space.name
        said = nature(space, platforms)
        if nameless and (
            _tells(called, people.get(space.pk, ())) or (space.space_kind in _PERSONAL and not space.short_name)
        ):
            called = said
        rules = _without(space.rules, people.get(space.pk, ())) if nameless else space.rules
        found.append(Card(space, ground[space.pk], called, said, rules))
    return found


def space_to_ask_about(by: Agent, pk: UUID) -> QuerySet[Space]:
    """Give a group with what its answer shows."""
    return viewable_spaces(by).filter(pk=pk).only(*SPACE_COLUMNS)


def _leaders(ids: Iterable[Any]) -> dict[UUID, list[Words]]:
    """Read by which words those who lead groups are known; one query."""
    roles = (
        Role.objects.filter(space__in=list(ids))
        .select_related("actor")
        .only("space_id", "actor__name", "actor__handle")
    )
    found: dict[UUID, list[Words]] = {}
    for role in roles:
        if role.space_id:
            known = Words.of(name=role.actor.name, handle=role.actor.handle, channels=())
            found.setdefault(role.space_id, []).append(known)
    return found


def _tells(text: str, people: Iterable[Words]) -> bool:
    return any(any(who.stand_in(text)) for who in people)


def _without(text: str, people: Iterable[Words]) -> str:
    for who in people:
        text = who.without(text, "…", perhaps=True)
    return text
