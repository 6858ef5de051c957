"""Trying every address as somebody, and writing down what it answers as the table of access does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.world import World

PORTAL = "portal:"
TABLE = Path(__file__).with_name("table.txt")
METHODS = ("GET", "POST")
# Parameters that name no record.
FIXED = {"number": "1", "purpose": "invitation", "language": "de", "token": "nonsense"}

Look = Callable[[str, str, Any], None]


@dataclass(frozen=True)
class Address:
    """An address of the house: its name, and its route with the parameters in angle brackets."""

    name: str
    route: str

    def filled(self, **values: Any) -> str:
        """Fill in the parameters."""
        return re.sub(
            r"<(?:\w+:)?(\w+)>", lambda found: str(values.get(found[1], FIXED.get(found[1], "x"))), self.route
        )

    @property
    def has_record(self) -> bool:
        """Say whether it names a record by its id."""
        return "<uuid:" in self.route


@dataclass(frozen=True)
class Line:
    """One line of the table: what a method on an address answers to each of those tried."""

    method: str
    name: str
    kind: str
    answers: tuple[str, ...]


def addresses(resolver: Any = None, prefix: str = "/", space: str = "") -> Iterator[Address]:
    """Give every address of the house once."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + re.sub(r"[\^$]|\\Z", "", str(entry.pattern)).lstrip("/")
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern) and entry.name:
            yield Address(f"{space}{entry.name}", route)


def table(section: str) -> list[Line]:
    """Read one section of the table: its name stands in brackets, columns are parted by two spaces or more."""
    lines, here = [], False
    for text in TABLE.read_text().splitlines():
        if text.startswith("["):
            here = text.startswith(f"[{section}]")
        elif here and text.strip() and not text.startswith("#"):
            head, *answers = re.split(r"\s{2,}", text.strip())
            method, name, *kind = head.split(" ", 2)
            lines.append(Line(method, name, kind[0] if kind else "", tuple(answers)))
    return lines


def written(line: Line) -> str:
    """Write a line as it stands in the table."""
    head = f"{line.method} {line.name}" + (f" {line.kind}" if line.kind else "")
    return f"{head:<54}" + "".join(f"  {answer:<16}" for answer in line.answers).rstrip()


def outcome(client: Client, method: str, address: str, look: Look | None = None) -> str:
    """Try an address, undo what it did, and name what it answered."""
    cookies = {name: (morsel.value, morsel["path"]) for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = client.generic(method, address)
        if look:
            look(method, address, response)
        transaction.set_rollback(True)
    client.cookies.clear()
    for name, (value, path) in cookies.items():
        client.cookies[name] = value
        client.cookies[name]["path"] = path
    leads = response.headers.get("Location", "")
    return "sign-in" if response.status_code == 302 and leads.startswith("/sign-in/") else str(response.status_code)


def answers(client: Client, line: Line, address: Address, world: World, look: Look | None = None) -> str:
    """Try an address with every record of its kind; where all are answered alike, once is enough."""
    ids: list[UUID | None] = list(world.ids(line.kind).values()) if line.kind else [None]
    found = [outcome(client, line.method, address.filled(pk=pk), look) for pk in ids[:1]]
    if found != ["405"]:  # a method that is not taken is refused before anybody looks at the id
        found += [outcome(client, line.method, address.filled(pk=pk), look) for pk in ids[1:]]
    return found[0] if len(set(found)) == 1 else "/".join(found)
