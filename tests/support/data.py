"""Real input that lies outside the repository."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class SharedData:
    """The folder of real data; what is missing skips the test by name, or fails it with REQUIRE_DATA=1."""

    root: Path

    def __truediv__(self, name: str) -> Path:
        path = self.root / name
        if not path.exists():
            if os.environ.get("REQUIRE_DATA") == "1":
                pytest.fail(f"needs the shared data {name}, and REQUIRE_DATA is set")
            pytest.skip(f"needs the shared data {name}")
        return path
