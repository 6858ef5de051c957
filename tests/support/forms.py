"""The forms of a page as a browser sees them: where they go, their fields, what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

# What a person would type, by the type of the field.
PLAUSIBLE = {
    "number": "3", "date": "2031-05-04", "time": "18:30", "datetime-local": "2031-05-04T18:30", "email": "a@example.org",
    "url": "https://example.org", "tel": "0221 1234567", "checkbox": "on",
}  # fmt: skip
UNNAMED = ("submit", "button", "image", "reset", "file")


@dataclass
class Field:
    """One field of a form."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)

    @property
    def plausible(self) -> list[str]:
        """Give what stands in it, or what a person would enter."""
        if any(self.values) or self.kind == "hidden":
            return self.values
        if self.offered:
            return [next(filter(None, self.offered), "")]
        return [PLAUSIBLE.get(self.kind, "Lorem ipsum")]


@dataclass
class Form:
    """A form of a page: its method, its address, its fields by name."""

    page: str
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def plausible(self) -> dict[str, list[str]]:
        """Fill the form as a person would."""
        return {name: one.plausible for name, one in self.fields.items()}


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms = page, []
        self.links: list[str] = []
        self._form: Form | None = None
        self._open: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"])
        if tag == "form":
            action = given.get("action") or self.page
            self._form = Form(
                self.page,
                action if not action.startswith("?") else self.page + action,
                given.get("method", "get").lower(),
            )
            self.forms.append(self._form)
        name = given.get("name", "")
        if self._form is None or not name:
            if tag == "option" and self._open is not None:
                self._option(given)
            return
        if tag in ("input", "button") and given.get("type", "text") not in UNNAMED:
            kind = given.get("type", "text") if tag == "input" else "hidden"
            found = self._form.fields.setdefault(name, Field(name, kind))
            if kind in ("checkbox", "radio"):
                found.offered.append(given.get("value", "on"))
                found.values += [given.get("value", "on")] if "checked" in given else []
            else:
                found.values.append(given.get("value", ""))
        elif tag == "button" and given.get("value"):
            self._form.fields.setdefault(name, Field(name, "hidden", [given["value"]]))
        elif tag in ("select", "textarea"):
            self._open = self._form.fields.setdefault(name, Field(name, tag))
        elif tag == "option" and self._open is not None:
            self._option(given)

    def _option(self, given: dict[str, str]) -> None:
        assert self._open is not None
        self._open.offered.append(given.get("value", ""))
        if "selected" in given:
            self._open.values.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in ("select", "textarea"):
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._open.kind == "textarea":
            self._open.values = ["".join([*self._open.values, data])]


def forms_of(page: str, html: str) -> list[Form]:
    """List the forms of a page."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms


def links_of(html: str) -> list[str]:
    """List the addresses of our own that a page links to."""
    reader = _Reader("")
    reader.feed(html)
    return reader.links
