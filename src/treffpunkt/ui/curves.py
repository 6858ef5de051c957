"""A rising line drawn by the server: how far one gets with each step, as a share of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 100, 50
# The scale ends at the first of these shares that holds everything.
_ENDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Curve:
    """The paths of a curve and its scale, as `<c-curve>` draws it."""

    line: str
    area: str
    # A second, thinner line, where there is one.
    second: str
    top: float
    steps: int

    @property
    def middle(self) -> float:
        """Give the share at half the height."""
        return self.top / 2


def curve(values: Sequence[float], whole: float, second: Sequence[float] = ()) -> Curve | None:
    """Draw values that grow step by step from nothing; None where there is nothing to draw."""
    if not values or not whole or not max(values):
        return None
    highest = max([*values, *second]) / whole
    top = next((end for end in _ENDS if end >= highest), 1.0)
    line = _line(values, whole * top)
    return Curve(
        line=line,
        area=f"{line} V{HEIGHT} H0 Z",
        second=_line(second, whole * top) if second else "",
        top=top,
        steps=len(values),
    )


def _line(values: Sequence[float], full: float) -> str:
    points = [
        f"{_short(WIDTH * step / len(values))} {_height(value, full)}" for step, value in enumerate(values, start=1)
    ]
    return f"M0 {HEIGHT} L" + " L".join(points)


def _height(value: float, full: float) -> str:
    return _short(HEIGHT - HEIGHT * min(value / full, 1))


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
