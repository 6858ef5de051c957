"""Where an installation keeps its data, and the secret that lies there."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from treffpunkt.launch.problems import Problem

PACKAGE = Path(__file__).resolve().parent.parent


def checkout() -> Path | None:
    """Give the root of the source checkout we run from, None where the package is installed."""
    root = PACKAGE.parent.parent
    return root if PACKAGE.parent.name == "src" and (root / "pyproject.toml").is_file() else None


def home() -> Path:
    """Give the data folder: TREFFPUNKT_HOME, else `.treffpunkt` in the checkout, else the user's own."""
    if given := os.environ.get("TREFFPUNKT_HOME"):
        return Path(given).expanduser().absolute()
    if root := checkout():
        return root / ".treffpunkt"
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser().absolute() / "treffpunkt"


def files() -> Path:
    """Give the folder of imported and attached files: TREFFPUNKT_FILES where several machines share one."""
    given = os.environ.get("TREFFPUNKT_FILES")
    return Path(given).expanduser().absolute() if given else home() / "files"


def prepared_home() -> Path:
    """Give the data folder, made when it is missing."""
    folder = home()
    try:
        # The database's own user must be able to pass through when we are root; nobody may list it.
        folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            f"The data folder {folder} cannot be made ({error.strerror}). "
            "Choose another one: TREFFPUNKT_HOME=/another/folder"
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Problem(
            f"The data folder {folder} belongs to somebody else. Choose another one: TREFFPUNKT_HOME=/another/folder"
        )
    return folder


def erasures_file() -> Path:
    """Give the list of what was erased and closed: TREFFPUNKT_ERASURES, on another disk if you like, else in the data folder."""
    given = os.environ.get("TREFFPUNKT_ERASURES")
    return Path(given).expanduser().absolute() if given else home() / "erasures.jsonl"


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads; it appears whole or not at all."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def secret_key(folder: Path) -> str:
    """Give the installation's secret, made at the first start."""
    if given := os.environ.get("TREFFPUNKT_SECRET_KEY"):
        return given
    path = folder / "secret-key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text().strip()
