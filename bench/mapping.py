"""The map in a real browser: how many records stand on it, and how many seconds after the address was opened.

First a network of a little over two thousand records, then the whole one, then ten times that; each opened three times
with an empty cache, the median counts. `seconds_to_draw` ends with the first picture that shows every record,
`seconds_to_lay_out` when nobody has laid out anything yet and everything has found its place, `seconds_again` when
places and scripts are kept.
"""

from __future__ import annotations

import csv
import gzip
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.figures import Figure
from tests.support.browser import arguments, executable

if TYPE_CHECKING:
    from bench.landscape import World

SMALL, ROUNDS = 2100, 3
NODES, SECONDS, QUERIES = 2000.0, 3.0, 10.0


def measure(data: Path) -> Iterator[Figure]:
    """Draw the map of a small, of the whole and of a tenfold network."""
    if executable() is None:
        print("No Chromium: the map is not measured.", file=sys.stderr)
        return
    from bench.database import fresh

    with fresh() as folder:
        from bench import growing, landscape

        small = _small(data, folder)
        world = landscape.load(small)
        yield from _figures(folder, world, "")
        landscape.bring_in(data)
        yield from _figures(folder, world, ".full")
        growing.grow(10)
        yield from _figures(folder, world, ".tenfold")


def _small(data: Path, folder: Path) -> Path:
    """Cut out of the files the largest groups with who leads them, until there are so many records."""
    from bench import landscape

    groups_file, roles_file = landscape.files(data)
    groups, roles = _read(groups_file), _read(roles_file)
    size, name = ("n_members", "name") if "n_members" in groups[0] else tuple(list(groups[0])[:2])
    groups.sort(key=lambda row: -int(row[size] or 0))
    led: dict[str, list[dict[str, str]]] = {}
    for row in roles:
        led.setdefault(row["subreddit"], []).append(row)
    kept, held, people = [], [], set()
    for row in groups:
        if len(kept) + len(people) >= SMALL:
            break
        kept.append(row)
        held += led.get(row[name], [])[:6]
        people |= {one["moderator_id"] for one in led.get(row[name], [])[:6]}
    place = folder / "small"
    place.mkdir()
    _write(place / groups_file.name, kept)
    _write(place / roles_file.name, held)
    return place


def _figures(folder: Path, world: World, suffix: str) -> Iterator[Figure]:
    drawn, laid, again, nodes = _opened(folder, world)
    yield Figure(f"map.nodes_drawn{suffix}", nodes, "", NODES, least=True)
    yield Figure(f"map.seconds_to_draw{suffix}", drawn, "s", SECONDS)
    yield Figure(f"map.seconds_to_lay_out{suffix}", laid, "s")
    yield Figure(f"map.seconds_again{suffix}", again, "s", SECONDS)
    for name, path in (("page", "web:network:map"), ("data", "web:network:map_data")):
        seconds, queries = _asked(world, path)
        yield Figure(f"map.{name}_ms{suffix}", seconds * 1000, "ms")
        yield Figure(f"map.{name}_queries{suffix}", queries, "", QUERIES)


def _asked(world: World, name: str) -> tuple[float, int]:
    """Give the median of what the server takes for an answer, and its statements."""
    from django.urls import reverse

    from bench.page import _client, _queries, _walls

    client, path = _client(world), reverse(name)
    return statistics.median(_walls(client, path)), _queries(client, path)


def _opened(folder: Path, world: World) -> tuple[float, float, float, int]:
    """Open the map in new browsers: medians of drawing, laying out and drawing again, and the records drawn."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    from bench.page import _client
    from bench.transfer import server
    from treffpunkt.network.models import Spot

    session = _client(world).cookies["sessionid"].value
    found = []
    with server(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=arguments())
        try:
            for number in range(ROUNDS + 1):
                Spot.objects.all().delete()
                opened = _once(browser, f"{address}/network/map/", session)
                # The first time the server warms up.
                found += [opened] if number else []
        finally:
            browser.close()
    drawn, laid, again, nodes = zip(*found, strict=True)
    return statistics.median(drawn), statistics.median(laid), statistics.median(again), min(nodes)


def _once(browser: Any, address: str, session: str) -> tuple[float, float, float, int]:
    context = browser.new_context(locale="de-DE", viewport={"width": 1360, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    page.goto(address)
    page.locator('.map[data-kept="yes"]').wait_for(timeout=60_000)
    drawn, laid = _mark(page, "map-drawn"), _mark(page, "map-laid")
    nodes = int(page.locator(".map").get_attribute("data-nodes"))
    time.sleep(0.5)
    page.reload()
    page.locator('.map[data-state="laid"]').wait_for(timeout=60_000)
    again = _mark(page, "map-drawn")
    context.close()
    return drawn, laid, again, nodes


def _mark(page: Any, name: str) -> float:
    """Give the seconds from opening the address to a mark the script sets."""
    return float(page.evaluate("(name) => performance.getEntriesByName(name)[0].startTime", name)) / 1000


def _read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
