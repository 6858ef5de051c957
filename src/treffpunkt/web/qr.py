"""An address as a code for the camera of a phone, drawn as one path: no image, no style of its own."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode


def code(address: str) -> SafeString:
    """Draw the code; dark on light whatever the page's colours, with the quiet border that cameras need."""
    size, path = _drawn(address)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<rect width="{0}" height="{0}" fill="#fff"></rect><path d="{2}" fill="#111"></path></svg>',
        size, _("Code for the camera of a phone"), path,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _drawn(address: str) -> tuple[int, str]:
    made = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    made.add_data(address)
    made.make(fit=True)
    rows = made.get_matrix()
    runs = (f"M{start} {y}h{end - start}v1h-{end - start}z" for y, row in enumerate(rows) for start, end in _runs(row))
    return len(rows), "".join(runs)


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Join neighbouring dark squares: their beginnings and ends."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and found[-1][1] == x:
            found[-1] = (found[-1][0], x + 1)
        elif dark:
            found.append((x, x + 1))
    return found
