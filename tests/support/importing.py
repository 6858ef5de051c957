"""Bringing a file in, step by step, as the worker does it."""

from __future__ import annotations

from treffpunkt.intake import running, services
from treffpunkt.intake.models import Import, Row
from treffpunkt.intake.targets import get_target
from treffpunkt.intake.wording import sentence


def checked(by, text: str, target: str, mapping=None, **fixed: str) -> Import:
    """Bring a text as far as the dry run."""
    found = services.upload(by=by, name="liste.csv", pieces=[text.encode()], target=target)
    found = services.choose_mapping(
        by=by, found=found, mapping=mapping or found.mapping, fixed=found.fixed | fixed, wait=True
    )
    running.check(found.pk)
    found.refresh_from_db()
    assert found.state == "checked", found.problem
    return found


def applied(found: Import) -> Import:
    """Apply what was checked."""
    services.apply_import(by=found.by, found=found, wait=True)
    running.apply(found.pk)
    found.refresh_from_db()
    assert found.state == "applied", found.problem
    return found


def taken_back(found: Import) -> Import:
    """Undo an import."""
    services.undo_import(by=found.by, found=found, wait=True)
    running.undo(found.pk)
    found.refresh_from_db()
    assert found.state == "undone", found.problem
    return found


def verdicts(found: Import) -> list[str]:
    """Give the verdict of each row."""
    return list(Row.objects.filter(file=found).order_by("number").values_list("verdict", flat=True))


def reason(found: Import, number: int) -> str:
    """Give the reason of a row in words."""
    return sentence(Row.objects.get(file=found, number=number).reasons, get_target(found.target))
