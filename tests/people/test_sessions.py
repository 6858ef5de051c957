"""Where somebody is signed in."""

from __future__ import annotations

import pytest

from treffpunkt.people.sessions import device

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.0 Mobile/15E148 Safari/604.1"
)
PIXEL = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile"
    " Safari/537.36"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
    " Safari/537.36 Edg/141.0.0.0"
)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (WINDOWS, "Firefox, Windows"),
        (IPHONE, "Safari, iPhone"),
        (PIXEL, "Chrome, Android"),
        (EDGE, "Edge, Windows"),
        ("curl/8", ""),
    ],
)
def test_devices_are_named_as_people_do(said, named):
    assert device(said) == named
