"""What is looked at on every page."""

from __future__ import annotations

import re
from typing import Any

from tests.journeys.screen import Screen

# A tag that stands on the page as text.
MARKUP = re.compile(r"</?(?:time|bdi|span|a|b|strong|em|p|br)\b[^>]*>")


def faults(screen: Screen) -> dict[str, Any]:
    """Collect what is wrong with a page: all rules at both widths, contrasts in the dark as well."""
    found = {}
    # In an order in which hardly anything has to be drawn anew: beginning and ending at the desk, in the light.
    found["desktop, sideways"] = screen.too_wide()
    screen.show(scheme="light", phone=True)
    found["phone, sideways"] = screen.too_wide()
    found["markup in the text"] = MARKUP.findall(screen.page.locator("body").inner_text())
    screen.shorten_lists()
    for width, scheme in (("phone", "light"), ("phone", "dark"), ("desktop", "dark"), ("desktop", "light")):
        screen.show(scheme=scheme, phone=width == "phone")
        rules = screen.broken_rules(*(["color-contrast"] if scheme == "dark" else []))
        found[f"{width}, {scheme}"] = rules + screen.troubles
        screen.troubles.clear()
    return {name: faults for name, faults in found.items() if faults}
