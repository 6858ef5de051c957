"""Charts drawn on the server: an SVG that stretches with the page, its labels as text around it, and an equal table.

No script and no style attribute is needed. Lines keep their width and dots stay round however the picture is
stretched, and where text runs from right to left so does time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import floor, log10

WIDE, HIGH = 1000, 240
_STEPS = (1, 2, 2.5, 5, 10)
_LINES = 4


@dataclass(frozen=True)
class Point:
    """A figure of a day, and what it says when pointed at."""

    day: date
    number: float
    says: str = ""


@dataclass(frozen=True)
class Shape:
    """Something to draw: a path of a line, dots, bars or a mark, with its class."""

    kind: str
    path: str
    says: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart ready to be drawn; `rows` are its equal table, under `heads`."""

    shapes: list[Shape]
    # Labels from the top down, and from the first day to the last.
    scale: list[float]
    days: list[date]
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    # Lines of the grid, from the top down.
    grid: list[str] = field(default_factory=list)

    @property
    def starts_above(self) -> bool:
        """Say whether the scale does not begin at nothing, which has to be said."""
        return bool(self.scale) and self.scale[-1] > 0


def line_chart(
    series: Sequence[tuple[str, Sequence[Point]]],
    *,
    marks: Sequence[tuple[date, str]] = (),
    heads: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
) -> Chart | None:
    """Draw lines through figures, each series with its class; nothing where there are not two days to join."""
    points = [point for _kind, some in series for point in some]
    days = sorted({point.day for point in points})
    if len(days) < 2:
        return None
    numbers = [point.number for point in points]
    lowest = min(numbers)
    scale = _scale(lowest if lowest > max(numbers) * 0.5 else 0, max(numbers))
    across, up = _across(days[0], days[-1]), _up(scale)
    shapes = [Shape("chart-mark", f"M{_n(across(day))} 0V{HIGH}", says) for day, says in marks]
    for kind, some in series:
        ordered = sorted(some, key=lambda point: point.day)
        places = [(_n(across(point.day)), _n(up(point.number))) for point in ordered]
        if len(places) > 1:
            shapes.append(Shape(f"chart-line {kind}", "M" + "L".join(f"{x} {y}" for x, y in places)))
        for (x, y), point in zip(places, ordered, strict=True):
            shapes.append(Shape(f"chart-dot {kind}", f"M{x} {y}h0", point.says))
    return Chart(shapes, scale, [days[0], days[0] + (days[-1] - days[0]) / 2, days[-1]], heads, rows, _grid(scale))


def week_chart(
    points: Sequence[Point],
    *,
    kinds: Callable[[Point], str] | None = None,
    heads: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
) -> Chart | None:
    """Draw a bar for each week, by its Monday; a week without a figure stays empty, one of nothing has a thin bar."""
    if not points:
        return None
    ordered = sorted(points, key=lambda point: point.day)
    first, last = ordered[0].day, ordered[-1].day
    number = max((last - first).days // 7 + 1, 8)
    scale = _scale(0, max((point.number for point in ordered), default=0) or 1)
    up, width = _up(scale), WIDE / number
    shapes = []
    for point in ordered:
        left = ((point.day - first).days // 7) * width
        top = min(up(point.number), HIGH - 2)
        path = f"M{_n(left + width * 0.12)} {HIGH}V{_n(top)}H{_n(left + width * 0.88)}V{HIGH}Z"
        shapes.append(Shape(f"chart-bar {kinds(point) if kinds else ''}".strip(), path, point.says))
    end = first + timedelta(days=7 * (number - 1))
    return Chart(shapes, scale, [first, first + (end - first) / 2, end], heads, rows, _grid(scale))


def _across(first: date, last: date) -> Callable[[date], float]:
    span = (last - first).days or 1
    # A little room at both ends, so that no dot is cut.
    return lambda day: 8 + (day - first).days / span * (WIDE - 16)


def _up(scale: Sequence[float]) -> Callable[[float], float]:
    top, bottom = scale[0], scale[-1]
    return lambda number: HIGH - (number - bottom) / (top - bottom) * (HIGH - 8)


def _scale(lowest: float, highest: float) -> list[float]:
    """Choose round numbers for the lines of the grid, from the top down."""
    span = max(highest - lowest, 1)
    power = 10 ** floor(log10(span / _LINES))
    step = max(next(one * power for one in _STEPS if one * power * _LINES >= span), 1)
    bottom = floor(lowest / step) * step
    numbers = [bottom, bottom + step]
    while numbers[-1] < highest:
        numbers.append(numbers[-1] + step)
    return [float(one) for one in numbers[::-1]]


def _grid(scale: Sequence[float]) -> list[str]:
    up = _up(scale)
    return [_n(up(one)) for one in scale[:-1]]


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
