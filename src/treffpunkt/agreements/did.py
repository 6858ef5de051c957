"""“What we did for your group”: figures for those who lead it, from whatever module has something to tell.

Modules above add what they know with `register`: questions answered, referrals that helped. Numbers of people or
cases under five are never shown, and violence is never a line of its own, whatever its number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.agreements.models import Agreement, Commitment, GrantedRight, Keeping, Measure, Use
from treffpunkt.core.text import localized
from treffpunkt.meetings.models import Invitation
from treffpunkt.network.models import Contact
from treffpunkt.vocabulary.models import Topic

if TYPE_CHECKING:
    from django.db.models import QuerySet

FEW = 5
# Counted under other topics, with everything below it.
NEVER_OWN = "violence"
_LONGEST = timedelta(days=365)


@dataclass(frozen=True)
class Asked:
    """What is asked of every source: about which agreement and groups, from and until which day."""

    agreement: Agreement
    spaces: Sequence[UUID]
    people: Sequence[UUID]
    since: date
    until: date

    def within(self, name: str, *, moment: bool = True) -> Q:
        """Hold for rows whose day lies in the time asked about."""
        column = f"{name}__date" if moment else name
        return Q(**{f"{column}__gte": self.since, f"{column}__lte": self.until})


@dataclass(frozen=True)
class Figure:
    """A number with its words; `cases` says that it counts people or cases, so that a small one is hidden."""

    label: str | Promise
    number: int
    cases: bool = True


@dataclass(frozen=True)
class ByTopic:
    """Numbers of people or cases by topic, by the topic's id."""

    label: str | Promise
    numbers: Mapping[UUID, int]


@dataclass(frozen=True)
class Line:
    """A line as it is told: words, and a number, or nothing where it is hidden."""

    label: str
    number: int | None


@dataclass(frozen=True)
class Told:
    """What is told about a time."""

    since: date
    until: date
    lines: list[Line] = field(default_factory=list)
    topics: list[tuple[str, list[Line]]] = field(default_factory=list)
    # On which topics something was made or taught, without a number.
    about: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to tell yet."""
        return not (self.lines or self.topics or self.about)


Source = Callable[[Asked], Iterable[Figure | ByTopic]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a module above tell what was done for a group."""
    if source not in _sources:
        _sources.append(source)


def did(agreement: Agreement, language: str, day: date) -> Told:
    """Tell what we did for the groups of an agreement, in a language, by whole months up to the last one that is over.

    Figures of whole months cannot be compared from day to day, so that nobody learns of a single case.
    """
    since, until = span(agreement, day)
    asked = Asked(
        agreement=agreement, spaces=list(agreement.spaces.values_list("pk", flat=True)), since=since, until=until,
        people=list(agreement.parties.filter(left="", actor__isnull=False).values_list("actor", flat=True)),
    )  # fmt: skip
    with translation.override(language):
        return _told(asked, language)


def span(agreement: Agreement, day: date) -> tuple[date, date]:
    """Say about which days is told: from its beginning, a year at most, to the end of last month where there is one."""
    begun = timezone.localdate(agreement.in_force_since) if agreement.in_force_since else day
    last = day.replace(day=1) - timedelta(days=1)
    until = last if begun <= last else day
    return max(begun, until - _LONGEST), until


def topic_lines(numbers: Mapping[UUID, int], topics: Mapping[UUID, Topic], language: str) -> list[Line]:
    """Write numbers by topic: the largest first, small ones and violence together under other topics.

    Where other topics together are still fewer than five, the smallest line joins them, so that nothing can be worked
    out from a sum; where all of it is fewer, only that is said.
    """
    own: dict[str, int] = defaultdict(int)
    other = 0
    for pk, number in numbers.items():
        topic = topics.get(pk)
        if topic is None or _never_own(topic) or _top(topic).key == "other":
            other += number
        else:
            own[localized(_top(topic).names, language)[0] or _top(topic).key] += number
    for name in [name for name, number in own.items() if number < FEW]:
        other += own.pop(name)
    ordered = sorted(own.items(), key=lambda pair: (-pair[1], pair[0]))
    while ordered and 0 < other < FEW:
        other += ordered.pop()[1]
    lines = [Line(name, number) for name, number in ordered]
    if other:
        lines.append(Line(_("other topics"), other if other >= FEW else None))
    return lines


def _told(asked: Asked, language: str) -> Told:
    figures = [one for source in (_ours, *_sources) for one in source(asked)]
    topics = {one.pk: one for one in Topic.objects.select_related("parent")}
    lines = [_line(one) for one in figures if isinstance(one, Figure) and one.number]
    by_topic = [
        (str(one.label), topic_lines(one.numbers, topics, language)) for one in figures if isinstance(one, ByTopic)
    ]
    return Told(
        asked.since, asked.until, lines, [pair for pair in by_topic if pair[1]], _about(asked, topics, language)
    )


def _never_own(topic: Topic) -> bool:
    return NEVER_OWN in (topic.key, topic.parent.key if topic.parent else "")


def _top(topic: Topic) -> Topic:
    return topic.parent or topic


def _line(one: Figure) -> Line:
    return Line(str(one.label), None if one.cases and one.number < FEW else one.number)


def _ours(asked: Asked) -> Iterator[Figure]:
    """Tell what is known here: meetings, talks, what we posted, promises."""
    came = Invitation.objects.filter(
        asked.within("meeting__starts"), actor__in=asked.people, attendance=Invitation.Attendance.ATTENDED
    )
    yield Figure(gettext_lazy("Meetings you came to"), came.values("meeting").distinct().count(), cases=False)
    talks = Contact.objects.filter(asked.within("at"), Q(actor__in=asked.people) | Q(space__in=asked.spaces))
    talks = talks.filter(confidential=False).exclude(outcome=Contact.Outcome.NO_ANSWER)
    yield Figure(gettext_lazy("Talks with you"), talks.count(), cases=False)
    posted = (GrantedRight.Kind.LINKS, GrantedRight.Kind.POST, GrantedRight.Kind.ANNOUNCE)
    yield Figure(gettext_lazy("Posts with answers and links"), _used(asked, posted).count(), cases=False)
    pinned = _used(asked, (GrantedRight.Kind.PIN,))
    yield Figure(gettext_lazy("Facts that were pinned"), pinned.count(), cases=False)
    live = _used(asked, (GrantedRight.Kind.LIVE,))
    yield Figure(gettext_lazy("Live question hours"), live.count(), cases=False)
    kept = Keeping.objects.filter(
        asked.within("created_at"), commitment__agreement=asked.agreement, commitment__side=Commitment.Side.OURS
    )
    yield Figure(gettext_lazy("Promises we kept"), kept.filter(kept=True).count(), cases=False)
    yield Figure(gettext_lazy("Promises we did not keep"), kept.filter(kept=False).count(), cases=False)


def _used(asked: Asked, kinds: Sequence[str]) -> QuerySet[Use]:
    return Use.objects.filter(
        asked.within("at"), right__agreement=asked.agreement, right__right_kind__in=kinds, worked=True
    )


def _about(asked: Asked, topics: Mapping[UUID, Topic], language: str) -> list[str]:
    """Name the topics on which something was made or taught; violence is among the other topics."""
    done = Measure.objects.filter(asked.within("done_on", moment=False), agreement=asked.agreement)
    found = [topics[pk] for pk in done.order_by().values_list("topic", flat=True).distinct() if pk in topics]
    own = sorted({localized(one.names, language)[0] or one.key for one in found if not _never_own(one)})
    return [*own, *([_("other topics")] if any(map(_never_own, found)) else [])]
