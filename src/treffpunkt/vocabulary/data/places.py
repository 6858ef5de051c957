"""Towns from GeoNames (geonames.org, CC BY 4.0), as `scripts/reference.py` writes them down."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("places.csv")
COLUMNS = ("geoname", "name", "english", "country", "state", "latitude", "longitude", "population")


def shipped() -> Iterator[dict[str, Any]]:
    """Give the towns with country, state and coordinates in degrees."""
    with LIST.open(encoding="utf-8", newline="") as file:
        for town in csv.DictReader(file):
            yield {
                "geoname": int(town["geoname"]),
                "name": town["name"],
                "names": {"en": town["english"]} if town["english"] else {},
                "country": town["country"],
                "state": town["state"],
                "latitude": float(town["latitude"]),
                "longitude": float(town["longitude"]),
                "population": int(town["population"]),
            }
