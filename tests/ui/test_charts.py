"""Charts: every figure has its place, and the scale says honestly where it begins."""

from __future__ import annotations

from datetime import date, timedelta

from treffpunkt.ui.charts import HIGH, WIDE, Point, line_chart, week_chart

FIRST = date(2026, 3, 2)


def points(*numbers):
    return [Point(FIRST + timedelta(days=7 * place), number, str(number)) for place, number in enumerate(numbers)]


def tops(chart, kind):
    return [float(shape.path.split("V")[1].split("H")[0]) for shape in chart.shapes if shape.kind == kind]


def test_one_count_makes_no_line():
    assert line_chart([("", points(5))]) is None
    assert line_chart([("", [])]) is None
    assert week_chart([]) is None


def test_a_line_goes_from_the_first_day_to_the_last():
    chart = line_chart([("", points(100, 300, 200))])

    line = next(shape for shape in chart.shapes if shape.kind == "chart-line ")
    places = [tuple(map(float, one.split())) for one in line.path[1:].split("L")]
    assert [x for x, _y in places] == [8, 500, 992]
    assert places[1][1] < places[2][1] < places[0][1] <= HIGH
    assert chart.scale[-1] == 0
    assert not chart.starts_above
    assert chart.days == [FIRST, FIRST + timedelta(days=7), FIRST + timedelta(days=14)]


def test_a_scale_that_does_not_begin_at_nothing_says_so():
    chart = line_chart([("", points(22_900, 23_400))])

    assert chart.starts_above
    assert chart.scale[-1] <= 22_900 < 23_400 <= chart.scale[0]


def test_bars_begin_at_nothing_and_a_week_of_silence_is_seen():
    chart = week_chart(points(9, 0, 12))

    assert chart.scale[-1] == 0
    assert tops(chart, "chart-bar") == [tops(chart, "chart-bar")[0], HIGH - 2, min(tops(chart, "chart-bar"))]
    assert len(chart.shapes) == 3


def test_a_week_nobody_counted_has_no_bar():
    some = points(9, 4, 12)
    chart = week_chart([some[0], some[2]])

    lefts = [float(shape.path[1:].split()[0]) for shape in chart.shapes]
    assert len(lefts) == 2
    assert round(lefts[1] - lefts[0]) == round(2 * WIDE / 8)


def test_small_and_equal_numbers_are_drawn_too():
    for numbers in ((0, 0), (1, 1), (3, 4), (2**31 - 1, 2**31 - 1), (10**6, 0)):
        chart = line_chart([("", points(*numbers))])
        assert chart.scale[0] > chart.scale[-1]
        assert all(number == int(number) for number in chart.scale)
        assert week_chart(points(*numbers)).scale[0] > 0
