"""Every text is marked, has its German, and speaks of the product alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOSTS = re.compile(r"files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org|deb\.debian\.org")
PATHS = re.compile(r"(?<![\w.])/(?:work|home/\w+|root|Users)/")


def tracked() -> list[Path]:
    """List the files of the repository that hold text."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    binary = {".png", ".mo", ".woff2", ".ico"}
    return [ROOT / name for name in names.split("\0") if name and Path(name).suffix not in binary]


def test_no_machine_is_named():
    wrong = []
    for path in tracked():
        if path == Path(__file__) or not path.is_file():
            continue
        text = path.read_text(errors="replace")
        wrong += [f"{path.relative_to(ROOT)}: {found}" for found in HOSTS.findall(text) + PATHS.findall(text)]

    assert wrong == []
