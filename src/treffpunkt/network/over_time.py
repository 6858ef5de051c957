"""What the figures of spaces say over time: members, posts a week, growth, silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.network import rules
from treffpunkt.network.models import Relocation, Snapshot, Space
from treffpunkt.network.trends import LEAST, MOST, RECENT, Trend, trends

WEEK = timedelta(days=7)
# A space in which nobody posted for so many weeks is suggested as dormant.
QUIET_WEEKS = 8
# Figures older than this say nothing about the present.
STALE_WEEKS = 6
# Growth is told over about a quarter.
_QUARTER, _LEAST_DAYS = 91, 14
# Of several sources of one week the first counts: what counts posts itself before what somebody saw.
_SURE = ("feed", "chat", "imported", "entered")
_LONGEST_WAY = 5


class Week(NamedTuple):
    """How many posts a week had, by its Monday, and from where we know."""

    monday: date
    posts: int
    source: str


class Count(NamedTuple):
    """How many members there were on a day, and from where we know."""

    day: date
    members: int
    source: str


@dataclass(frozen=True)
class Growth:
    """How the members changed between two counts."""

    since: date
    then: int
    now: int

    @property
    def difference(self) -> int:
        """Say how many more there are."""
        return self.now - self.then

    @property
    def share(self) -> float | None:
        """Say it as a share of what there was."""
        return self.difference / self.then if self.then else None


@dataclass(frozen=True)
class Silence:
    """For how many weeks nobody posted in a space, as far as was counted, and since when."""

    space: UUID
    weeks: int
    since: date


def monday(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def figures(ids: list[UUID], since: date) -> QuerySet[Snapshot]:
    """List the figures of some spaces since a day, the oldest first."""
    return Snapshot.objects.filter(space__among=ids, day__gte=since).order_by("day", "id")


def counts(rows: Iterable[Snapshot]) -> list[Count]:
    """Give one count of members a day: ours before that of a list."""
    found: dict[date, Count] = {}
    for row in rows:
        if row.members is not None and (row.day not in found or row.source == Snapshot.Source.ENTERED):
            found[row.day] = Count(row.day, row.members, row.source)
    return [found[day] for day in sorted(found)]


def weeks(rows: Iterable[Snapshot]) -> list[Week]:
    """Give one number of posts a week, from the surest source."""
    found: dict[date, Week] = {}
    for row in rows:
        if row.posts is not None:
            first = monday(row.day)
            known = found.get(first)
            if known is None or _SURE.index(row.source) < _SURE.index(known.source):
                found[first] = Week(first, row.posts, row.source)
    return [found[first] for first in sorted(found)]


def growth(found: Sequence[Count]) -> Growth | None:
    """Compare the last count with that of about a quarter before, or the nearest to it."""
    if not found:
        return None
    last = found[-1]
    older = [one for one in found if (last.day - one.day).days >= _LEAST_DAYS]
    if not older:
        return None
    then = min(older, key=lambda one: abs((last.day - one.day).days - _QUARTER))
    return Growth(then.day, then.members, last.members)


def lately(found: Sequence[Week], day: date | None = None) -> list[int]:
    """Give the posts of the last weeks without a gap; nothing where they ended long ago."""
    present = monday(day or today())
    known = {one.monday: one.posts for one in found if one.monday < present}
    last = max(known, default=None)
    if last is None or (present - last).days > STALE_WEEKS * 7:
        return []
    numbers: list[int] = []
    while last in known and len(numbers) < RECENT + MOST:
        numbers.append(known[last])
        last -= WEEK
    return numbers[::-1]


def silent(rows: QuerySet[Space], day: date | None = None, least: int = QUIET_WEEKS) -> QuerySet[Space]:
    """Keep the spaces in which nobody posted for so many weeks although somebody counted.

    A week that nobody counted proves nothing: the last count must be fresh, and every one since then be zero.
    """
    present = monday(day or today())
    posts = Snapshot.objects.filter(space=OuterRef("pk"), posts__isnull=False)
    heard = posts.filter(posts__gt=0, day__gt=present - least * WEEK)
    alive = rows.exclude(state__in=[Space.State.DORMANT, Space.State.LOST]).order_by()
    fresh = Snapshot.objects.filter(posts=0, day__gt=present - STALE_WEEKS * WEEK, day__lt=present)
    counted = posts.filter(day__lte=present - least * WEEK)
    return alive.filter(~Exists(heard), Exists(counted), pk__in=fresh.values("space"))


def silence(rows: QuerySet[Space], day: date | None = None) -> list[Silence]:
    """Say for how long nobody has posted in the silent ones of some spaces, the longest silent first."""
    present = monday(day or today())
    ids = list(silent(rows, day).values_list("pk", flat=True))
    posts = Snapshot.objects.filter(space__among=ids, posts__isnull=False).order_by().values("space")
    found = []
    for row in posts.annotate(heard=Max("day", filter=Q(posts__gt=0)), begun=Min("day")):
        first = monday(row["heard"]) + WEEK if row["heard"] else monday(row["begun"])
        found.append(Silence(row["space"], (present - first).days // 7, first))
    return sorted(found, key=lambda one: (-one.weeks, one.space))


def trends_of(ids: Sequence[UUID], day: date | None = None) -> dict[UUID, Trend]:
    """Judge how the posts of spaces that are shown together have changed."""
    return trends({pk: lately(weeks(rows), day) for pk, rows in _by_space(ids, since=_since(day)).items()})


class Sum(NamedTuple):
    """A sum over several spaces: of their members at the end of a month, or of their posts of a week."""

    day: date
    number: int
    spaces: int
    # Of members: those of the spaces that were counted from the beginning.
    same: int = 0


# What each count adds to the one before, and what goes where a space moved or was lost, by the month.
_MEMBERS = """
WITH chosen(id) AS ({spaces}), counted AS (
    SELECT space_id, day, members,
        lag(members) OVER (PARTITION BY space_id ORDER BY day, source = 'entered') AS before,
        min(day) OVER (PARTITION BY space_id) AS begun
    FROM network_snapshot WHERE members IS NOT NULL AND space_id IN (SELECT chosen.id FROM chosen)
), ended AS (
    SELECT greatest(coalesce(move.day, space.state_since::date), last.day) AS day, last.members, last.begun
    FROM network_space space
    LEFT JOIN network_relocation move ON move.old_id = space.id AND move.new_id <> space.id
    JOIN LATERAL (
        SELECT day, members, min(day) OVER () AS begun FROM network_snapshot
        WHERE space_id = space.id AND members IS NOT NULL ORDER BY day DESC, (source = 'entered') DESC LIMIT 1
    ) last ON true
    WHERE space.id IN (SELECT chosen.id FROM chosen) AND (move.id IS NOT NULL OR space.state = 'lost')
), changed AS (
    SELECT day, members - coalesce(before, 0) AS more, (before IS NULL)::int AS first, begun FROM counted
    UNION ALL SELECT day, -members, -1, begun FROM ended
)
SELECT date_trunc('month', day)::date AS month, sum(more), sum(first), coalesce(sum(more) FILTER (WHERE begun <= %s), 0)
FROM changed GROUP BY month ORDER BY month
"""
_POSTS = """
SELECT week, sum(posts), count(*) FROM (
    SELECT DISTINCT ON (space_id, week) date_trunc('week', day)::date AS week, posts FROM network_snapshot
    WHERE posts IS NOT NULL AND day >= %s AND day < %s AND space_id IN ({spaces})
    ORDER BY space_id, week, array_position(array['feed', 'chat', 'imported', 'entered'], source::text)
) counted GROUP BY week ORDER BY week
"""


def members_of(spaces: QuerySet[Space], since: date) -> list[Sum]:
    """Sum the members of spaces by the month: subscriptions, not people, each space by its last count so far.

    A space that moved or was lost counts until then. `same` sums the spaces that were counted by `since` already, so
    that growth is told from groups that were merely counted for the first time.
    """
    found, number, counted, same = [], 0, 0, 0
    for month, more, first, of_same in _ask(_MEMBERS, spaces, after=[since]):
        number, counted, same = number + more, counted + first, same + of_same
        found.append(Sum(month, number, counted, same))
    return found


def posts_of(spaces: QuerySet[Space], since: date) -> list[Sum]:
    """Sum the posts of spaces by the week, up to the last whole week, each week over those of which it is known."""
    return [Sum(*row) for row in _ask(_POSTS, spaces, before=[since, monday(today())])]


def earlier(by: Agent, space: UUID) -> list[Relocation]:
    """List the moves that led to a space, the first of them first, of places that `by` sees."""
    with connection.cursor() as cursor:
        cursor.execute(_WAY, [space, _LONGEST_WAY])
        ids = [row[0] for row in cursor.fetchall()]
    seen = rules.viewable_spaces(by).filter(pk=OuterRef("old"))
    return list(Relocation.objects.filter(Exists(seen), pk__in=ids).select_related("old")) if ids else []


def moved(by: Agent, space: UUID) -> Relocation | None:
    """Give the move away from a space; the new place is named to whoever sees it."""
    seen = rules.viewable_spaces(by).filter(pk=OuterRef("new"))
    return Relocation.objects.filter(Exists(seen), old=space).exclude(new=space).select_related("new").first()


_WAY = """
WITH RECURSIVE way(id, old, depth) AS (
    SELECT id, old_id, 1 FROM network_relocation WHERE new_id = %s AND old_id <> new_id
    UNION
    SELECT move.id, move.old_id, depth + 1 FROM network_relocation move JOIN way ON move.new_id = way.old
    WHERE depth < %s AND move.old_id <> move.new_id
) SELECT DISTINCT id FROM way
"""


def _ask(
    statement: str, spaces: QuerySet[Space], *, before: Sequence[date] = (), after: Sequence[date] = ()
) -> list[tuple[Any, ...]]:
    """Ask about spaces; the values stand before or after them in the statement."""
    sql, given = spaces.order_by().values("pk").query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(statement.format(spaces=sql), [*before, *given, *after])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _since(day: date | None) -> date:
    return monday(day or today()) - (RECENT + MOST + STALE_WEEKS + LEAST) * WEEK


def _by_space(ids: Sequence[UUID], since: date = date.min) -> dict[UUID, list[Snapshot]]:
    rows = Snapshot.objects.filter(space__among=list(ids), posts__isnull=False, day__gte=since)
    found: dict[UUID, list[Snapshot]] = defaultdict(list)
    for row in rows.only("space_id", "day", "posts", "source"):
        found[row.space_id].append(row)
    return found
