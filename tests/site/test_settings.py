"""What an administrator may set stands in the manual."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from treffpunkt.site import env

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"\bTREFFPUNKT_[A-Z_]+\b")


def read_by_the_source() -> set[str]:
    return {name for path in (ROOT / "src").rglob("*.py") for name in NAME.findall(path.read_text())}


def explained() -> set[str]:
    """Give the settings that have a line of their own: name, default, meaning."""
    lines = (ROOT / "docs" / "operate.md").read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `TREFF")]
    return {row[0].strip("`") for row in rows if len(row) == 3 and all(row)}


def test_every_setting_has_a_line_in_the_manual():
    assert read_by_the_source() - explained() == set()


def test_manual_names_files_that_exist():
    text = (ROOT / "docs" / "operate.md").read_text()
    for link in re.findall(r"\]\((\.\./[^)#]+)\)", text):
        assert (ROOT / "docs" / link).exists(), link


def test_own_machine_is_always_answered(monkeypatch):
    monkeypatch.setenv("TREFFPUNKT_HOSTS", "treffpunkt.example.org")

    assert {"treffpunkt.example.org", "127.0.0.1", "localhost"} <= set(env.read().hosts)


@pytest.mark.parametrize(
    ("direct", "pooled"),
    [("", False), ("postgresql://a@h:6432/x", False), ("postgresql://a@h:5432/x", True)],
)
def test_pages_know_when_a_pooler_stands_between(monkeypatch, direct, pooled):
    monkeypatch.setenv("TREFFPUNKT_DATABASE_URL", "postgresql://a@h:6432/x")
    monkeypatch.setenv("TREFFPUNKT_DIRECT_DATABASE_URL", direct)

    assert env.read().pooled is pooled


def test_files_lie_with_the_data_unless_machines_share_them(monkeypatch, tmp_path):
    monkeypatch.setenv("TREFFPUNKT_HOME", str(tmp_path / "home"))
    assert env.read().files == tmp_path / "home" / "files"

    monkeypatch.setenv("TREFFPUNKT_FILES", str(tmp_path / "shared"))
    assert env.read().files == tmp_path / "shared"
