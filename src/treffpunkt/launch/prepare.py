"""Bringing a database and the static files up to date, in a process of its own that uses Django.

`python -m treffpunkt.launch.prepare [database] [migrations] [restored] [static] [demo]` with TREFFPUNKT_DATABASE_URL
of the owner (for `restored` and `demo`: of the serving role, since everything there goes through services).
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path


def main(tasks: Sequence[str]) -> int:
    """Do what is asked and return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treffpunkt.site.settings")
    # Migrations make thousands of classes that stay: looking through them again and again took a quarter of the time.
    gc.set_threshold(200_000, 20, 100)
    import django

    from treffpunkt.launch import schema

    django.setup()
    collecting = get_context("fork").Process(target=_static, daemon=True)  # on another processor than the database
    if "static" in tasks:
        collecting.start()
    if "database" in tasks:
        schema.lay_down(os.environ["TREFFPUNKT_DATABASE_URL"])
    if "database" in tasks or "migrations" in tasks:
        _database()
    if "restored" in tasks:
        _restored()
    if "demo" in tasks:
        return _demo()
    if "static" in tasks:
        collecting.join()
        return int(collecting.exitcode != 0)
    return 0


def _database() -> None:
    from importlib.util import find_spec

    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1 if sys.stdout.isatty() else 0)
    if find_spec("treffpunkt.vocabulary.services"):
        call_command("load_reference", verbosity=0)


def _restored() -> None:
    from django.core.management import call_command

    call_command("finish_restore")


def _static() -> None:
    """Collect beside the old folder and swap, so that a running server never lacks a file."""
    from django.conf import settings
    from django.core.management import call_command

    target = Path(str(settings.STATIC_ROOT))
    new = target.with_name(f"{target.name}.{os.getpid()}.new")
    settings.STATIC_ROOT = str(new)
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
        shutil.rmtree(target, ignore_errors=True)
        new.rename(target)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _demo() -> int:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command, get_commands

    if get_user_model().objects.exists():
        return 0
    if "load_demo" not in get_commands():
        print("There is no demo story in this version; the database stays empty.")
        return 0
    call_command("load_demo")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
