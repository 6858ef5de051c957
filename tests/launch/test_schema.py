"""The tables of a new database, laid down in one go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from tests.support.cluster import prepare
from treffpunkt.launch import schema
from treffpunkt.launch.embedded import OWNER, Server

APPLIED = "select app, name from django_migrations where app <> 'procrastinate' order by id"


@pytest.fixture
def url() -> Iterator[str]:
    """Give an empty database of our own server."""
    with TemporaryDirectory(prefix="treffpunkt-schema-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = Server(folder / "database", unsafe=True)
        try:
            yield server.start().url(OWNER)
        finally:
            server.stop()


def asked(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def test_migrations_find_their_work_done(url):
    assert schema.lay_down(url)
    laid_down = asked(url, APPLIED)

    prepare(url, "database")

    assert asked(url, APPLIED) == laid_down
    assert len(laid_down) > 80
    assert asked(url, "select count(*) > 100 from vocabulary_language") == [(True,)]  # what is not in the file follows


def test_a_database_with_tables_is_left_alone(url):
    with psycopg.connect(url) as connection:
        connection.execute("create table kept (id int)")

    assert not schema.lay_down(url)
    assert asked(url, "select relname from pg_class where relnamespace = 'public'::regnamespace") == [("kept",)]


def test_another_postgresql_is_left_to_the_migrations(url, tmp_path, monkeypatch):
    other = tmp_path / "schema.sql"
    other.write_text(schema.FILE.read_text().replace("-- PostgreSQL 18\n", "-- PostgreSQL 15\n"))
    monkeypatch.setattr(schema, "FILE", other)

    assert not schema.lay_down(url)


def test_a_broken_file_leaves_nothing_behind(url, tmp_path, monkeypatch):
    broken = tmp_path / "schema.sql"
    broken.write_text(schema.FILE.read_text() + "\ncreate table;")
    monkeypatch.setattr(schema, "FILE", broken)

    with pytest.raises(psycopg.errors.SyntaxError):
        schema.lay_down(url)
    assert asked(url, "select relname from pg_class where relnamespace = 'public'::regnamespace") == []
