"""Cut the fonts to what our languages need and print their @font-face rules.

Weights 400 to 700 stay. The frequent characters of a script are one small file; the whole file lies
behind it and is only fetched when a page holds a rarer letter (the unicode-range decides).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules" / "@fontsource-variable"
TARGET = ROOT / "src" / "treffpunkt" / "ui" / "static" / "ui" / "built" / "fonts"


@dataclass(frozen=True)
class Cut:
    """One file we serve: from which file, for which characters, under which family."""

    name: str
    source: str
    family: str
    ranges: str


SANS, ARABIC = "Noto Sans", "Noto Sans Arabic"
FROM_SANS, FROM_ARABIC = (
    "noto-sans/files/noto-sans-{}-wght-normal.woff2",
    "noto-sans-arabic/files/noto-sans-arabic-{}-wght-normal.woff2",
)
CUTS = (
    Cut("latin", FROM_SANS.format("latin"), SANS,
        "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2002-200A,U+2010-2015,U+2018-201E,"
        "U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+2044,U+2060,U+20AC,U+2122,U+2191,U+2193,U+2212"),
    Cut("latin-a", FROM_SANS.format("latin-ext"), SANS, "U+0100-0130,U+0132-0151,U+0154-017F,U+0218-021B,U+1E9E"),
    Cut("latin-rest", FROM_SANS.format("latin-ext"), SANS,
        "U+0180-0217,U+021C-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9D,U+1E9F,"
        "U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF"),
    Cut("cyrillic", FROM_SANS.format("cyrillic"), SANS, "U+0301,U+0400-045F,U+0490-0491,U+2116"),
    Cut("arabic", FROM_ARABIC.format("arabic"), ARABIC,
        "U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-066D,U+0670-0671,U+067E,U+0686,U+0698,U+06A4,U+06A9,"
        "U+06AF,U+06BE,U+06C0-06C2,U+06CC,U+06D2-06D4,U+06F0-06F9,U+200C-200F"),
    Cut("arabic-rest", FROM_ARABIC.format("arabic"), ARABIC,
        "U+0600-060B,U+060D-061A,U+061C-061E,U+0620,U+063B-063F,U+0656-065F,U+066E-066F,U+0672-067D,U+067F-0685,"
        "U+0687-0697,U+0699-06A3,U+06A5-06A8,U+06AA-06AE,U+06B0-06BD,U+06BF,U+06C3-06CB,U+06CD-06D1,U+06D5-06EF,"
        "U+06FA-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC"),
)  # fmt: skip
# What a reader of a right-to-left or Cyrillic page never misses: figures of equal width, marks, joins.
FEATURES = ["ccmp", "locl", "kern", "mark", "mkmk", "liga", "rlig", "calt", "init", "medi", "fina", "isol", "rclt",
            "tnum", "lnum"]  # fmt: skip


def characters(ranges: str) -> list[int]:
    """List the code points of a CSS unicode-range."""
    found: list[int] = []
    for part in ranges.replace("U+", "").split(","):
        first, _, last = part.partition("-")
        found += range(int(first, 16), int(last or first, 16) + 1)
    return found


def cut(font: Cut) -> Path:
    """Write one font file, unless it is newer than its source and this script."""
    source, target = SOURCE / font.source, TARGET / f"{font.name}.woff2"
    if target.exists() and target.stat().st_mtime > max(p.stat().st_mtime for p in (source, Path(__file__))):
        return target
    options = subset.Options()
    options.flavor, options.layout_features, options.hinting = "woff2", FEATURES, False
    options.notdef_outline, options.name_IDs = True, [1, 2]
    letters = TTFont(source, recalcTimestamp=False)  # the same letters are the same file whenever they are cut
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters(font.ranges))
    subsetter.subset(letters)
    for table in letters["cmap"].tables:  # our numbers part thousands with U+202F, which the source leaves out
        if 0x2009 in table.cmap:
            table.cmap.setdefault(0x202F, table.cmap[0x2009])
    instancer.instantiateVariableFont(letters, {"wght": (400, 400, 700)}, inplace=True)
    for told in ("STAT", "MVAR"):  # how its weights are called, and lines nobody draws: no browser asks
        if told in letters:
            del letters[told]
    subset.save_font(letters, str(target), options)
    return target


def main() -> None:
    """Cut every font and print the CSS that names them."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for font in CUTS:
        path = cut(font)
        print(f"{path.name}: {path.stat().st_size / 1024:.1f} KB", file=sys.stderr)
        print(
            f'@font-face{{font-family:"{font.family}";font-weight:400 700;font-style:normal;font-display:swap;'
            f'src:url("fonts/{path.name}") format("woff2");unicode-range:{font.ranges}}}'
        )


if __name__ == "__main__":
    main()
