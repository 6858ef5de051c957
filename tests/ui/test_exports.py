"""Lists as files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from treffpunkt.ui.exports import ROWS_AT_A_TIME, csv_response


def text_of(response) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


@pytest.mark.parametrize("text", ["=1+1", "+49 170", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_no_cell_is_taken_for_a_formula(text):
    line = text_of(csv_response("list", ["Name"], [[text]])).split("\r\n", 1)[1]

    assert line.removeprefix('"').startswith("'")


def test_numbers_and_days_stay_what_they_are():
    with translation.override("en"):
        written = text_of(csv_response("list", ["a", "b", "c", "d"], [[-2, date(2026, 11, 3), None, "نساء"]]))

    assert written == "a,b,c,d\r\n-2,2026-11-03,,نساء\r\n"


def test_rows_are_written_in_the_readers_language_and_zone():
    rows = ([gettext("Monday"), datetime(2026, 11, 3, 23, 30, tzinfo=UTC)] for _ in range(ROWS_AT_A_TIME + 1))

    with translation.override("de"), timezone.override(ZoneInfo("Asia/Beirut")):
        response = csv_response("list", ["a", "b"], rows)
    with translation.override("en"):
        lines = text_of(response).splitlines()

    assert len(lines) == ROWS_AT_A_TIME + 2
    assert set(lines[1:]) == {"Montag;2026-11-04 01:30"}
