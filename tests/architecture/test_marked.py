"""What people read in a template is marked for translation."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "treffpunkt"
BLOCKS = re.compile(r"{%\s*(blocktranslate|blocktrans|comment)\b.*?{%\s*end\1\s*%}", re.DOTALL)
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
READ_ATTRIBUTES = {
    "alt", "aria-description", "aria-label", "aria-valuetext", "caption", "empty", "example", "help", "hint", "label",
    "lead", "placeholder", "summary", "text", "title",
}  # fmt: skip
# Names are the same in every language; the last is a class that a page hands to its frame.
ALLOWED = {"Treffpunkt", "PDF", "outside-reading"}


class Reader(HTMLParser):
    """Collects the words of a page that no tag of the template produced."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read the attributes that are shown or spoken."""
        self._silent += tag in ("script", "style", "svg")
        if tag != "c-vars":
            self.found += [value for name, value in attrs if name in READ_ATTRIBUTES and value and self._says(value)]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read the attributes; what closes itself silences nothing."""
        self.handle_starttag(tag, attrs)
        self._silent -= tag in ("script", "style", "svg")

    def handle_endtag(self, tag: str) -> None:
        """Listen again after a script."""
        self._silent -= tag in ("script", "style", "svg")

    def handle_data(self, data: str) -> None:
        """Read the text between the tags."""
        # An attribute written by a tag of the template looks like text here.
        if not self._silent and '="' not in data and self._says(data):
            self.found.append(data.strip())

    def _says(self, text: str) -> bool:
        return bool(WORD.search(text)) and text.strip(" ·\n") not in ALLOWED


def templates() -> list[Path]:
    """List the templates people read; the style guide is for those who build."""
    found = [path for end in ("html", "txt") for path in PACKAGE.rglob(f"*.{end}") if "templates" in path.parts]
    return sorted(path for path in found if "styleguide" not in str(path))


def unmarked(source: str) -> list[str]:
    """Give the words of a template that are not marked."""
    reader = Reader()
    reader.feed(re.sub(r"hx-headers='[^']*'", "", TAGS.sub("", BLOCKS.sub("", source))))
    reader.close()
    return reader.found


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('<p title="{% translate "A" %}">{% blocktranslate %}one {{ b }}{% endblocktranslate %}</p>', []),
        ('<p class="big">Hello {{ name }}</p><img alt="A cat">', ["Hello", "A cat"]),
        ("<script>let text = 1</script><b>·</b>", []),
    ],
)
def test_unmarked_words_are_found(source, words):
    assert unmarked(source) == words


def test_every_text_is_marked():
    wrong = [
        f"{path.relative_to(PACKAGE)}: {text[:80]!r}"
        for path in templates()
        for text in unmarked(path.read_text(encoding="utf-8"))
    ]

    assert wrong == []
