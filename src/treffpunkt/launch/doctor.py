"""`treffpunkt doctor`: what is well, what wants attention, what is broken, and the remedy."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence

from treffpunkt.launch.installation import Installation, opened
from treffpunkt.launch.problems import Problem

MARKS = {"good": "good     ", "attention": "ATTENTION", "broken": "BROKEN   "}
COLOURS = {"good": "32", "attention": "33", "broken": "31"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--json", action="store_true", help="for programs: a list of findings")


def run(options: argparse.Namespace) -> int:
    """Look at everything; 0 when all is good, 1 when something wants attention, 2 when something is broken."""
    try:
        with opened() as installation:
            return look(installation, as_json=options.json)
    except Problem as problem:  # without a database there is little else to look at
        found = [{"subject": "database", "level": "broken", "says": str(problem), "remedy": ""}]
        _print(found, as_json=options.json)
        return 2


def look(installation: Installation, *, only: Sequence[str] = (), as_json: bool = False) -> int:
    """Look at the installation, or at some subjects only; print the findings and return the exit code."""
    os.environ.update(installation.environment())
    import django

    django.setup()
    from django.utils import translation

    from treffpunkt.upkeep.checks import examine
    from treffpunkt.upkeep.findings import worst

    with translation.override("en"):
        found = examine(only=only)
    _print([one.as_dict() for one in found], as_json=as_json)
    return {"good": 0, "attention": 1, "broken": 2}[worst(found)]


def _print(found: list[dict[str, str]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
        return
    for one in found:
        mark = MARKS[one["level"]]
        if sys.stdout.isatty():
            mark = f"\033[{COLOURS[one['level']]}m{mark}\033[0m"
        print(f"{mark}  {one['subject']:<14}{one['says']}{' ' if one['remedy'] else ''}{one['remedy']}")
