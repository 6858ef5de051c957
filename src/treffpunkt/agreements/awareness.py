"""Whether women's needs are kept in view: which agreements name which topics, what was done about each, and over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Func, JSONField, Max, OuterRef, QuerySet
from django.utils import timezone

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, AgreementVersion, Measure
from treffpunkt.core.agent import Agent
from treffpunkt.vocabulary.models import Topic

RUNNING = (Agreement.State.IN_FORCE, Agreement.State.SUSPENDED)
QUARTERS = 8


@dataclass(frozen=True)
class Named:
    """A topic that concerns women: in how many agreements it stands, in how many something was done, what and when."""

    topic: Topic
    agreements: int
    done_in: int = 0
    # By kind, in how many agreements.
    kinds: dict[str, int] = field(default_factory=dict)
    last: date | None = None


@dataclass(frozen=True)
class Quarter:
    """How it stood on the last day of a quarter: agreements in force, those that name a topic, what was done in it."""

    day: date
    running: int
    naming: int
    done: int


def running(by: Agent) -> QuerySet[Agreement]:
    """List the agreements that hold at present, as far as one sees them."""
    return rules.viewable(by).filter(state__in=RUNNING)


def named_topics(by: Agent) -> list[Named]:
    """List the topics that concern women with what was done about them, most named first; three queries."""
    links = Agreement.topics.through.objects.filter(agreement__in=running(by).values("pk"), topic__women_specific=True)
    numbers = dict(links.order_by().values_list("topic").annotate(number=Count("pk")))
    measures = Measure.objects.filter(agreement__in=running(by).values("pk")).order_by()
    kinds: dict[UUID, dict[str, int]] = defaultdict(dict)
    last: dict[UUID, date] = {}
    for topic, kind, number, day in measures.values_list("topic", "measure_kind").annotate(
        number=Count("agreement", distinct=True), day=Max("done_on")
    ):
        kinds[topic][kind] = number
        last[topic] = max(day, last.get(topic, day))
    done = dict(measures.values_list("topic").annotate(number=Count("agreement", distinct=True)))
    topics = Topic.objects.filter(women_specific=True).select_related("parent")
    found = [Named(one, numbers.get(one.pk, 0), done.get(one.pk, 0), kinds[one.pk], last.get(one.pk)) for one in topics]
    return sorted(found, key=lambda one: (-one.agreements, -one.done_in, one.topic.position, one.topic.key))


def without_topics(by: Agent) -> QuerySet[Agreement]:
    """List the running agreements that name no topic that concerns women."""
    naming = Agreement.topics.through.objects.filter(agreement=OuterRef("pk"), topic__women_specific=True)
    return running(by).filter(~Exists(naming)).order_by("sorting", "pk")


def about_topic(by: Agent, topic: Topic) -> QuerySet[Agreement]:
    """List the running agreements that name a topic."""
    return running(by).filter(topics=topic).select_related("owner").order_by("sorting", "pk")


def measures_of(topic: Topic, agreements: Iterable[Agreement]) -> dict[UUID, list[Measure]]:
    """Read what was done about a topic in some agreements, the latest first; one query."""
    found: dict[UUID, list[Measure]] = defaultdict(list)
    rows = Measure.objects.filter(topic=topic, agreement__in=[one.pk for one in agreements])
    for one in rows.select_related("noted_by"):
        found[one.agreement_id].append(one)
    return found


def over_time(by: Agent, day: date, quarters: int = QUARTERS) -> list[Quarter]:
    """Say how it stood at the end of each of the last quarters, the present one as of today; three queries.

    What an agreement named stands in its texts: each counts from the day it was agreed to until the next one.
    """
    days = _quarters(day, quarters)
    women = set(Topic.objects.filter(women_specific=True).values_list("key", flat=True))
    spans = list(_spans(_texts(by), women))
    done = Measure.objects.filter(agreement__in=rules.viewable(by).values("pk"), done_on__gt=days[0]).order_by()
    noted = list(done.values_list("done_on", flat=True))
    found = []
    for before, last in pairwise(days):
        at = [naming for begins, ends, naming in spans if begins <= last and (ends is None or ends > last)]
        found.append(Quarter(last, len(at), sum(at), sum(before < one <= last for one in noted)))
    return found


def _texts(by: Agent) -> Iterable[tuple[UUID, datetime, str, datetime | None, list[str]]]:
    """Give each text that was agreed to, oldest first: of which agreement, since when, how that stands, its topics."""
    topics = Func(
        F("sentences"), template="jsonb_path_query_array(%(expressions)s, '$[*].topics[*]')", output_field=JSONField()
    )
    texts = AgreementVersion.objects.filter(
        agreement__in=rules.viewable(by).values("pk"), state=AgreementVersion.State.ACCEPTED, accepted_at__isnull=False
    )
    rows: Any = texts.order_by("agreement", "accepted_at").values_list(
        "agreement", "accepted_at", "agreement__state", "agreement__state_since", topics
    )
    return rows  # type: ignore[no-any-return]


def _spans(
    texts: Iterable[tuple[UUID, datetime, str, datetime | None, list[str]]], women: set[str]
) -> Iterator[tuple[date, date | None, bool]]:
    """Say from when until when a text held, and whether it named a topic that concerns women."""
    every = list(texts)
    for place, (agreement, since, state, changed, topics) in enumerate(every):
        following = every[place + 1] if place + 1 < len(every) else None
        ends: datetime | None = changed if state == Agreement.State.ENDED else None
        if following is not None and following[0] == agreement:
            ends = following[1]
        yield _day(since), _day(ends) if ends else None, not women.isdisjoint(topics)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _quarters(day: date, number: int) -> Sequence[date]:
    """Give the last days of the quarters before a day, one more than asked for, and the day itself."""
    year, quarter = day.year, (day.month - 1) // 3
    ends = []
    for _ in range(number):
        ends.append(date(year, 3 * quarter + 1, 1) - timedelta(days=1))
        year, quarter = (year, quarter - 1) if quarter else (year - 1, 3)
    return [*reversed(ends), day]
