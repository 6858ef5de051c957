"""The house's order, where imports alone do not show it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

import treffpunkt

PACKAGE = Path(treffpunkt.__file__).parent
# From the ground up; modules of one floor do not know each other.
FLOORS = (
    {"core"},
    {"journal", "links", "search"},
    {"retention"},
    {"post"},
    {"upkeep"},
    {"people"},
    {"vocabulary"},
    {"intake", "tasks"},
    {"network"},
    {"knowledge", "directory"},
    {"meetings"},
    {"agreements"},
    {"questions"},
    {"referrals", "needs", "incidents"},
    {"reports"},
    {"ui"},
    {"web", "portal", "public", "api", "jobs"},
    {"launch"},
    {"site"},
)
FLOOR = {module: number for number, floor in enumerate(FLOORS) for module in floor}
BELOW_UI = {module for module, number in FLOOR.items() if number < FLOOR["ui"]}
FACES = ("web", "portal", "public")


def sources(*, below: str = "") -> Iterator[tuple[str, Path]]:
    """Give every source file with the module it stands in."""
    for path in sorted((PACKAGE / below).rglob("*.py")):
        yield path.relative_to(PACKAGE).parts[0], path


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Give what a file imports, lazy and type-checking imports included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def test_every_module_has_a_floor():
    modules = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}

    assert modules <= set(FLOOR)


def test_arrows_point_down():
    """The mother of all contracts, here too, so that a missing linter cannot hide a break."""
    wrong = []
    for module, path in sources():
        for name, line in imported(path):
            match = re.match(r"treffpunkt\.(\w+)", name)
            if match and match.group(1) in FLOOR and match.group(1) != module and module in FLOOR:
                target = match.group(1)
                if FLOOR[target] >= FLOOR[module]:
                    wrong.append(f"{path.relative_to(PACKAGE)}:{line} imports {name}")

    assert wrong == []


def test_foreign_keys_point_down():
    wrong = []
    for model in apps.get_models():
        module = model._meta.app_label
        if not model.__module__.startswith("treffpunkt."):
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and not field.auto_created else None
            if target is None or target._meta.app_label == module or target._meta.app_label not in FLOOR:
                continue
            if FLOOR[target._meta.app_label] >= FLOOR[module]:
                wrong.append(f"{model.__name__}.{field.name}")
            if not field.remote_field.hidden:
                wrong.append(f"{model.__name__}.{field.name} can be walked backwards")

    assert wrong == []


def test_ground_floor_holds_no_keys_to_others():
    """Journal, links, post and search name a record by kind and id."""
    for model in apps.get_models():
        if model._meta.app_label in FLOORS[1] | FLOORS[2]:
            for field in model._meta.get_fields():
                if field.is_relation and field.related_model:
                    assert field.related_model._meta.app_label == model._meta.app_label


def test_every_deferred_job_exists():
    from procrastinate.contrib.django import app

    app.perform_import_paths()
    wanted = {}
    for _module, path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "defer" and node.args:
                name = node.args[0]
                if not isinstance(name, ast.Constant):
                    wanted[f"named by a variable in {path.name}"] = path.name
                else:
                    wanted[name.value] = path.name

    assert {name: where for name, where in wanted.items() if name not in app.tasks} == {}


@pytest.mark.parametrize("face", FACES)
def test_templates_extend_only_the_kit_or_their_own(face):
    wrong = []
    for path in (PACKAGE / face / "templates").rglob("*.html"):
        names = re.findall(r"{%\s*(?:extends|include)\s+\"([^\"]+)\"", path.read_text())
        wrong += [f"{path.name} uses {name}" for name in names if not name.startswith((f"{face}/", "ui/"))]

    assert wrong == []


def test_http_stays_above():
    wrong = []
    for module, path in sources():
        if module in BELOW_UI:
            for name, line in imported(path):
                if name.startswith(("django.http", "django.shortcuts", "ninja")):
                    # The library's hook hands the request over; nothing of ours reads it.
                    if path.name == "signin.py":
                        continue
                    wrong.append(f"{path.relative_to(PACKAGE)}:{line}")

    assert wrong == []


def test_no_style_or_script_in_templates():
    """The Content-Security-Policy forbids both; so does this test, before a browser has to."""
    wrong = []
    for path in PACKAGE.rglob("templates/**/*.html"):
        text = path.read_text()
        if re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\bsrc=)[^>]*>", text):
            wrong.append(str(path.relative_to(PACKAGE)))

    assert wrong == []


def test_only_logical_directions():
    """Right-to-left works by itself as long as nobody writes left or right."""
    wrong = []
    pattern = re.compile(
        r"[\"\s](?:-?(?:ml|mr|pl|pr|left|right)-[\w.\[]+|text-(?:left|right)|border-[lr](?:-\d)?|rounded-[lr]-?\w*)[\"\s]"
    )
    for path in PACKAGE.rglob("templates/**/*.html"):
        found = pattern.findall(path.read_text())
        wrong += [f"{path.relative_to(PACKAGE)}: {name.strip()}" for name in found]

    assert wrong == []
