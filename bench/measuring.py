"""Measuring one subject, in a process of its own."""

from __future__ import annotations

import importlib
from pathlib import Path

from bench.figures import Figure, table


def measured(place: str, data: Path, only: str) -> list[Figure]:
    """Measure one subject in a process of its own: Django knows one database a process."""
    figures = []
    for figure in importlib.import_module(place).measure(data):
        if figure.name.startswith(only):
            print(table([figure]), flush=True)
            figures.append(figure)
    return figures
