"""A measured figure, and the table of all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """A measured value with its unit and, where there is one, the bound it must keep."""

    name: str
    value: float
    unit: str
    bound: float | None = None
    # Whether the bound is the most or the least the value may be.
    least: bool = False

    @property
    def holds(self) -> bool | None:
        """Say whether the bound is kept; None where there is no bound."""
        if self.bound is None:
            return None
        return self.value >= self.bound if self.least else self.value <= self.bound


def table(figures: Iterable[Figure]) -> str:
    """Write the figures as lines: name, value, unit, bound, whether it holds."""
    lines = []
    for figure in figures:
        sign = ">=" if figure.least else "<="
        bound = "" if figure.bound is None else f"{sign} {figure.bound:g}"
        verdict = {None: "", True: "holds", False: "BROKEN"}[figure.holds]
        lines.append(f"{figure.name:<44}{figure.value:>12.3f} {figure.unit:<8}{bound:>10}  {verdict}")
    return "\n".join(lines)


def keep(figures: Iterable[Figure], path: Path) -> None:
    """Write the figures as JSON: a list of name, value, unit, bound, holds."""
    rows = []
    for figure in figures:
        row = asdict(figure) | {"holds": figure.holds}
        row.pop("least")
        rows.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, indent=1) + "\n")
