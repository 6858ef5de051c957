"""Staff for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

from treffpunkt.core.agent import SYSTEM
from treffpunkt.people.models import Staff
from treffpunkt.people.services import create_staff

_number = count(1)


def a_coordinator(**values: Any) -> Staff:
    """Make an account in coordination."""
    return _staff("coordinator", **values)


def a_counsellor(**values: Any) -> Staff:
    """Make an account in counselling."""
    return _staff("counsellor", **values)


def a_system_administrator(**values: Any) -> Staff:
    """Make an account in system administration."""
    return _staff("system_administrator", **values)


def _staff(role: str, **values: Any) -> Staff:
    number = next(_number)
    parts = {"email": f"{role}{number}@example.org", "name": f"{role.title()} {number}", "roles": [role]} | values
    return create_staff(by=SYSTEM, **parts)
