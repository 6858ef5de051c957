"""A rising line drawn by the server."""

from __future__ import annotations

from treffpunkt.ui.curves import curve


def test_a_curve_rises_within_its_scale():
    drawn = curve([300, 450], 1000)

    assert (drawn.top, drawn.middle, drawn.steps) == (0.5, 0.25, 2)
    assert drawn.line == "M0 50 L50 20 L100 5"
    assert drawn.area == "M0 50 L50 20 L100 5 V50 H0 Z"


def test_the_scale_holds_the_second_line_as_well():
    drawn = curve([100], 1000, second=[700])

    assert drawn.top == 0.8
    assert drawn.second == "M0 50 L100 6.25"


def test_nothing_is_drawn_of_nothing():
    assert curve([], 10) is None
    assert curve([0, 0], 10) is None
    assert curve([5], 0) is None
