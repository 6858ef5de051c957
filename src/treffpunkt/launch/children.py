"""Starting processes that never outlive us."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from treffpunkt.launch.users import User

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def start(
    command: Sequence[str],
    *,
    when_orphaned: signal.Signals,
    user: User | None = None,
    env: dict[str, str] | None = None,
    cwd: Path | str | None = None,
    output: int | IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own; the kernel sends it `when_orphaned` should we die."""
    return subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env=env,
        cwd=cwd,
        start_new_session=True,  # a Ctrl-C in the terminal reaches only us, and we stop all in order
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
        preexec_fn=_tied_to(os.getpid(), when_orphaned),  # runs after setuid, which would clear the tie
    )


def _tied_to(parent: int, when_orphaned: signal.Signals) -> Callable[[], None]:
    def tie() -> None:
        if hasattr(_libc, "prctl"):
            _libc.prctl(PR_SET_PDEATHSIG, int(when_orphaned), 0, 0, 0)
        if os.getppid() != parent:  # we died before the tie held
            os._exit(1)

    return tie


def kill_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to a process started by `start` and to all it has started."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return


def is_alive(pid: int) -> bool:
    """Say whether a process runs; one that ended but was not collected yet still looks alive in /proc."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        if Path("/proc/self/stat").exists():
            return False
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}
