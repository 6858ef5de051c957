"""Import at full size: groups, then people and their roles, from the real network, with dry run and apply."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure

SECONDS, MEGABYTES = 60, 400
LARGE_ROWS = 100_000


def measure(data: Path) -> Iterator[Figure]:
    """Import groups and roles on an empty database, then the roles once more; undo at the end."""
    from bench.database import fresh

    with fresh():
        from bench import landscape
        from treffpunkt.intake import running, services
        from treffpunkt.intake.models import Result

        groups, roles = landscape.files(data)
        spaces = _import(groups, "spaces")
        people = _import(roles, "roles")
        again = _import(roles, "roles")
        yield Figure("import.spaces.seconds", spaces[0], "s")
        yield Figure("import.roles.seconds", people[0], "s", SECONDS)
        # Of the whole process, which did all three imports.
        yield Figure("import.roles.mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", MEGABYTES)
        yield Figure("import.roles.again_changed", Result.objects.filter(file=again[1]).count(), "", 0)
        yield Figure("import.roles.again_seconds", again[0], "s")
        from treffpunkt.core.agent import SYSTEM

        began = time.perf_counter()
        services.undo_import(by=SYSTEM, found=people[1], wait=True)
        running.undo(people[1].pk)
        yield Figure("import.roles.undo_seconds", time.perf_counter() - began, "s")
        seconds, peak = _large()
        yield Figure("import.large.seconds", seconds, "s")
        yield Figure("import.large.mb", peak, "MB", MEGABYTES)


def _large() -> tuple[float, float]:
    """Upload a file of just under 100 MB and make its dry run; gives the seconds, and the peak of the process so far.

    The peak holds the imports before as well: it can only be too high.
    """
    from treffpunkt.core.agent import SYSTEM
    from treffpunkt.intake import running, services

    def pieces() -> Iterator[bytes]:
        yield b"name,members,content\n"
        for number in range(LARGE_ROWS):
            yield b"Group of large file %d,%d,%b\n" % (number, number, b"what it is about " * 58)

    began = time.perf_counter()
    found = services.upload(by=SYSTEM, name="large.csv", pieces=pieces(), target="spaces")
    assert found.file_size > 95 * 2**20
    fixed = found.fixed | {"platform": "reddit"}
    found = services.choose_mapping(by=SYSTEM, found=found, mapping=found.mapping, fixed=fixed, wait=True)
    running.check(found.pk)
    found.refresh_from_db()
    assert found.counts["new"] == LARGE_ROWS, found.counts
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _import(path: Path, target: str):  # type: ignore[no-untyped-def]
    """Import a file from upload to the last row; gives the seconds it took and the import."""
    from treffpunkt.core.agent import SYSTEM
    from treffpunkt.intake import running, services

    began = time.perf_counter()
    found = services.upload(by=SYSTEM, name=path.name, pieces=[path.read_bytes()], target=target)
    fixed = found.fixed | {"platform": "reddit"}
    found = services.choose_mapping(by=SYSTEM, found=found, mapping=found.mapping, fixed=fixed, wait=True)
    running.check(found.pk)
    found.refresh_from_db()
    services.apply_import(by=SYSTEM, found=found, wait=True)
    running.apply(found.pk)
    found.refresh_from_db()
    return time.perf_counter() - began, found
