"""Whom to talk to next on the real network: how far it gets, how near the proven best, how long it takes."""

from __future__ import annotations

import os
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from bench.figures import Figure

# As far as by going to the best first, to three places.
REACH = {10: 0.3435, 50: 0.5315}
GAP, SECONDS, MEGABYTES = 0.01, 0.5, 20
# What choosing on the whole network takes at ten times the data where nothing is stored: no part may take longer.
SECONDS_TENFOLD = 1.7
COMMUNITIES, TIMES, ROUNDS = 12, 10, 9
# Of how many rounds of asking the mean is taken, and how many are asked in each.
TRIALS, ASKED = 120, 50
CHANCES = (0.3, 0.5)


def measure(data: Path) -> Iterator[Figure]:
    """Load the network, plan on it once and at ten times the data, and ask people who may say no."""
    from bench.database import fresh

    with fresh():
        from bench import growing, landscape
        from treffpunkt.core.agent import SYSTEM
        from treffpunkt.people.services import create_staff

        coordinator = create_staff(by=SYSTEM, email="bench@example.org", name="Bench", roles=["coordinator"])
        landscape.bring_in(data)
        # As it is right after an import: PostgreSQL has not looked at the new rows yet.
        yield Figure("keyactors.seconds_just_imported", _median(_plan(coordinator, 50)), "s")
        _into_communities()
        _look_at_rows()
        people, sizes = _landscape()
        yield from _planned(coordinator, "")
        yield from _near_the_best(people, sizes)
        yield from _refused(people, sizes)
        yield from _pages(coordinator)
        yield from _keys(coordinator, "")
        growing.grow(TIMES, names=False)
        _into_communities()
        _look_at_rows()
        yield from _planned(coordinator, "_tenfold")
        yield from _near_the_bound(people, sizes)
        yield from _keys(coordinator, "_tenfold")


def _planned(by: Any, end: str) -> Iterator[Figure]:
    whole = _whole()
    for most in (10, 50, 200):
        found = _plan(by, most)()
        bound = None if end else REACH.get(most)
        yield Figure(f"keyactors.reach_k{most}{end}", found.reach / whole, "", bound, least=True)
    # With everything its page shows: who, why, which groups.
    yield Figure(f"keyactors.seconds{end}", _median(_plan(by, 50)), "s", SECONDS)
    yield Figure(f"keyactors.seconds_k200{end}", _median(_plan(by, 200)), "s")
    of_one = _plan(by, 50, _of_a_community())
    yield Figure(f"keyactors.community_seconds{end}", _median(of_one), "s", SECONDS_TENFOLD if end else SECONDS)
    some = _plan(by, 50, lambda rows: rows.filter(name__lt="g"))
    yield Figure(f"keyactors.filter_seconds{end}", _median(some), "s")
    tracemalloc.start()
    _plan(by, 50)()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    yield Figure(f"keyactors.mb{end}", peak / 1e6, "MB", MEGABYTES)


def _near_the_best(people: dict[str, frozenset[str]], sizes: dict[str, int]) -> Iterator[Figure]:
    """Compare with the proven optimum."""
    from bench.optimum import optimum

    for most in REACH:
        best = optimum(people, sizes, most)
        yield Figure(f"keyactors.optimum_k{most}", best / sum(sizes.values()), "")
        yield Figure(f"keyactors.gap_k{most}", 1 - _reached(most) / best, "", GAP if most == 50 else None)


def _near_the_bound(people: dict[str, frozenset[str]], sizes: dict[str, int]) -> Iterator[Figure]:
    """Compare copies side by side with a bound that nobody can pass.

    What fractions of people can reach grows ever more slowly, so it is most where each copy has as many.
    """
    from bench.optimum import optimum

    bound = TIMES * optimum(people, sizes, 50 // TIMES, whole=False)
    yield Figure("keyactors.gap_k50_tenfold", 1 - _reached(50) / bound, "")


def _refused(people: dict[str, frozenset[str]], sizes: dict[str, int]) -> Iterator[Figure]:
    """Ask people who say yes with a chance: planning anew after each answer, a list made once, one made for that."""
    from treffpunkt.network.coverage import Candidate, greedy

    whole = sum(sizes.values())
    read = [Candidate(one, tuple((space, sizes[space]) for space in spaces)) for one, spaces in people.items()]
    read.sort(key=lambda one: -sum(size for _space, size in one.spaces))
    for chance in CHANCES:
        end = f"p{round(chance * 10)}0"
        once = _expected([one.actor for one in greedy(read, ASKED)], people, sizes, chance) / whole
        printed = greedy(read, ASKED, chance)[-1].so_far / whole
        largest = _expected([one.actor for one in read[:ASKED]], people, sizes, chance) / whole
        rounds = [_asked(read, sizes, chance, random.Random(number)) / whole for number in range(TRIALS)]
        yield Figure(f"keyactors.once_{end}", once, "")
        yield Figure(f"keyactors.largest_{end}", largest, "")
        yield Figure(f"keyactors.printed_{end}", printed, "", max(once, largest), least=True)
        yield Figure(f"keyactors.anew_{end}", statistics.mean(rounds), "", printed, least=True)


def _asked(read: list[Any], sizes: dict[str, int], chance: float, dice: random.Random) -> int:
    """Plan the next talk, hear the answer, plan anew; gives the members reached."""
    from treffpunkt.network.coverage import Candidate, greedy

    asked: set[str] = set()
    opened: set[str] = set()
    most = {one.actor: sum(size for _space, size in one.spaces) for one in read}
    for _talk in range(ASKED):
        left = (
            Candidate(one.actor, tuple(pair for pair in one.spaces if pair[0] not in opened), most=most[one.actor])
            for one in read
            if one.actor not in asked
        )
        found = greedy(left, 1)
        if not found:
            break
        asked.add(found[0].actor)
        if dice.random() < chance:
            opened.update(found[0].spaces)
    return sum(sizes[space] for space in opened)


def _expected(chosen: list[str], people: dict[str, frozenset[str]], sizes: dict[str, int], chance: float) -> float:
    shut: dict[str, float] = {}
    for one in chosen:
        for space in people[one]:
            shut[space] = shut.get(space, 1) * (1 - chance)
    return sum(sizes[space] * (1 - left) for space, left in shut.items())


def _pages(by: Any) -> Iterator[Figure]:
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(by)
    plan = reverse("web:network:plan")
    addresses = {
        "k10": plan,
        "k200": f"{plan}?talks=200",
        "print": f"{reverse('web:network:print_plan')}?talks=50",
        "losses": reverse("web:network:losses"),
        "single": reverse("web:network:single_spaces"),
        "bridges": reverse("web:network:bridges"),
        "pairs": reverse("web:network:pairs"),
    }
    for name, address in addresses.items():

        def ask(address: str = address) -> None:
            if client.get(address).status_code != 200:
                raise SystemExit(f"{address} does not answer.")

        yield Figure(f"keyactors.page_{name}_ms", _median(ask) * 1000, "ms")


def _keys(by: Any, end: str) -> Iterator[Figure]:
    """Measure the lists of who holds which key, a page of each."""
    from treffpunkt.network import keyholders

    def every(rows: Any) -> Any:
        return rows

    lists: dict[str, Callable[[], Any]] = {
        "hanging": lambda: list(keyholders.hanging(by).order_by("-members", "-pk")[:51]),
        "losses": lambda: list(keyholders.losses(by, every).order_by("-members_lost", "-pk")[:51]),
        "bridges": lambda: list(keyholders.bridges(by).order_by("-bridged", "-potential_reach", "-pk")[:51]),
        "pairs": lambda: keyholders.pairs(by, most=51),
    }
    for name, read in lists.items():
        yield Figure(f"keyactors.{name}_ms{end}", _median(read) * 1000, "ms")


def _plan(by: Any, most: int, narrow: Callable[[Any], Any] = lambda rows: rows) -> Callable[[], Any]:
    from django.db import transaction

    from treffpunkt.network.talks import plan_of

    def ask() -> Any:
        with transaction.atomic():
            return plan_of(by, narrow, most)

    return ask


def _of_a_community() -> Callable[[Any], Any]:
    from treffpunkt.network.models import Community

    community = Community.objects.filter(name__startswith="Community").order_by("name")[0]
    return lambda rows: rows.filter(communities=community)


def _reached(most: int) -> int:
    from treffpunkt.network.models import Space
    from treffpunkt.network.unreached import next_people

    return next_people(Space.objects.all(), most)[-1].so_far


def _whole() -> int:
    from django.db.models import Sum

    from treffpunkt.network.models import Space

    return int(Space.objects.aggregate(whole=Sum("members"))["whole"])


def _landscape() -> tuple[dict[str, frozenset[str]], dict[str, int]]:
    """Read who leads what from the database."""
    from treffpunkt.network.models import Role, Space

    sizes = {str(pk): members or 0 for pk, members in Space.objects.order_by().values_list("pk", "members")}
    people: dict[str, set[str]] = {}
    for actor, space in Role.objects.filter(space__isnull=False).values_list("actor_id", "space_id"):
        people.setdefault(str(actor), set()).add(str(space))
    return {actor: frozenset(led) for actor, led in people.items()}, sizes


def _into_communities() -> None:
    """Share the groups out among a dozen communities by their names, every tenth into two."""
    from treffpunkt.core.agent import SYSTEM
    from treffpunkt.network.models import Community, Space
    from treffpunkt.network.services.communities import create_community

    names = [f"Community {number:02}" for number in range(COMMUNITIES)]
    known = {one.name: one.pk for one in Community.objects.filter(name__in=names)}
    for name in names:
        if name not in known:
            known[name] = create_community(by=SYSTEM, name=name, language="en").pk
    links = Space.communities.through
    rows = []
    for pk, name in Space.objects.filter(communities=None).order_by().values_list("pk", "name"):
        key = crc32(name.encode())
        numbers = {key % COMMUNITIES, (key // 97) % COMMUNITIES} if key % 10 == 0 else {key % COMMUNITIES}
        rows += [links(space_id=pk, community_id=known[names[number]]) for number in numbers]
    links.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)


def _look_at_rows() -> None:
    """Let PostgreSQL look at the rows, as it does by itself a minute after an import."""
    import psycopg

    with psycopg.connect(os.environ["TREFFPUNKT_OWNER_DATABASE_URL"], autocommit=True) as connection:
        connection.execute("vacuum analyze")


def _median(act: Callable[[], Any]) -> float:
    spent = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        act()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)
