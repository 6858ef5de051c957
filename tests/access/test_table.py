"""Every address has its lines in the table of access."""

from __future__ import annotations

from tests.access.crawling import METHODS, PORTAL, addresses, table

ALL = {one.name: one for one in addresses()}


def test_every_address_has_its_lines():
    lines = [*table("pages"), *table("links")]

    assert {(line.method, line.name) for line in lines} == {(method, name) for name in ALL for method in METHODS}
    assert [line.name for line in lines if ALL[line.name].has_record and not line.kind] == []
    assert [line.name for line in table("pages") if line.name.startswith(PORTAL)] == []
    assert {len(line.answers) for line in table("pages")} == {6}
    assert {len(line.answers) for line in table("links")} == {16}
