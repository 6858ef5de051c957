"""Room on the disk, for the data and for one more backup."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from treffpunkt.upkeep.findings import ATTENTION, BROKEN, GOOD, Finding

MB = 2**20
LITTLE, TOO_LITTLE = 1024 * MB, 200 * MB


def check_disk() -> Iterator[Finding]:
    """Look at every disk that data lie on."""
    found = []
    smallest = None
    for place in _places():
        free = shutil.disk_usage(place).free
        smallest = free if smallest is None else min(free, smallest)
        if free < LITTLE:
            found.append(Finding(
                "disk", BROKEN if free < TOO_LITTLE else ATTENTION,
                _("Only %(free)s MB are free in %(place)s.") % {"free": free // MB, "place": place},
                _("Make room: old backups and logs first, never files of the data folder."),
            ))  # fmt: skip
    yield from found or [
        Finding("disk", GOOD, _("%(free)s GB are free.") % {"free": round((smallest or 0) / 1024 / MB, 1)})
    ]


def _places() -> list[Path]:
    """List one place for each disk in use."""
    home = Path(settings.HOME)
    wanted = [home, Path(settings.FILES_ROOT), Path(settings.ERASURES_FILE).parent, home / "database" / "elsewhere"]
    disks: dict[int, Path] = {}
    for place in wanted:
        if place.exists():
            disks.setdefault(os.stat(place).st_dev, place)
    return list(disks.values())
