"""`python -m bench [--only PREFIX] [--data FOLDER]`: measure, print a table, write bench/out/results.json."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench.figures import Figure, keep
from bench.measuring import measured

ROOT = Path(__file__).resolve().parent.parent
# Each measures the figures whose names begin with its own, on a database of its own.
SUBJECTS = {
    "page": "bench.page",
    "import": "bench.intake",
    "names": "bench.names",
    "duplicates": "bench.duplicates",
    "keyactors": "bench.keyactors",
    "mail": "bench.mail",
    "notes": "bench.notes",
    "retention": "bench.letting_go",
    "map": "bench.mapping",
    "time": "bench.over_time",
    "start": "bench.start",
    "soak": "bench.soak",
}


def main() -> int:
    """Measure what is asked for; the exit code says whether every bound holds."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", default="", help="measure only subjects or figures that begin so")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"There is no folder {options.data}. Name the folder of real data with DATA=folder.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for subject, place in SUBJECTS.items():
        if not options.only or subject.startswith(options.only) or options.only.startswith(subject):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
                figures += process.submit(measured, place, options.data, options.only).result()
    keep(figures, ROOT / "bench" / "out" / "results.json")
    return 0 if all(figure.holds is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
