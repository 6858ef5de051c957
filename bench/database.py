"""A database of its own for each run: our embedded PostgreSQL, safe settings, gone afterwards."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from treffpunkt.launch import fingerprint, grants
from treffpunkt.launch.embedded import APP, OWNER, Server


@contextmanager
def fresh() -> Iterator[Path]:
    """Start a server, migrate, load the reference data and set Django up as the serving role; gives its folder."""
    with tempfile.TemporaryDirectory(prefix="treffpunkt-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = Server(folder / "database")
        address = server.start()
        try:
            grants.grant(address.url(OWNER), APP)
            os.environ |= {
                "DJANGO_SETTINGS_MODULE": "treffpunkt.site.settings",
                "TREFFPUNKT_HOME": str(folder),
                "TREFFPUNKT_DATABASE_URL": address.url(OWNER),
                "TREFFPUNKT_OWNER_DATABASE_URL": address.url(OWNER),
                "TREFFPUNKT_SECRET_KEY": "bench-" + "x" * 50,
                "TREFFPUNKT_HOSTS": "127.0.0.1,testserver",
            }
            _prepare(address.url(OWNER), address.url(APP))
            yield folder
        finally:
            from django.db import connections

            connections.close_all()
            server.stop()


def _prepare(owner: str, app: str) -> None:
    for task in ("database", "static"):
        subprocess.run([sys.executable, "-m", "treffpunkt.launch.prepare", task], check=True)
    grants.grant(owner, APP)
    fingerprint.mark(owner)
    os.environ["TREFFPUNKT_DATABASE_URL"] = app
    import django

    django.setup()
    _write_logs_away()


def _write_logs_away() -> None:
    """Let requests write their lines as ever, but not between the figures."""
    nowhere = open(os.devnull, "w")  # noqa: SIM115 for as long as the process lives
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(nowhere)
