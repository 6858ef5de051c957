"""What every test may ask for; the parts lie in `tests/support`."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.data import SharedData

pytest_plugins = (
    "tests.support.database",
    "tests.support.jobs",
    "tests.support.mail",
    "tests.support.imap",
    "tests.support.rooms",
    "tests.support.browser",
    "tests.support.line",
    "tests.support.live",
    "tests.support.house",
    "tests.support.lasting",
)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path_factory, request):
    """Keep stored files out of any real data folder."""
    settings.FILES_ROOT = tmp_path_factory.getbasetemp() / "files"


@pytest.fixture(autouse=True)
def own_limits(settings) -> None:
    """Count for this test alone how often something was tried: the counts outlive its transaction."""
    settings.LIMITS_FOR = uuid4().hex


@pytest.fixture(scope="session")
def data() -> SharedData:
    """Give the folder of real data: `data / "feeds"` is a path; where it is missing the test is skipped."""
    return SharedData(Path(os.environ.get("DATA") or ROOT.parent / "shared" / "data"))
