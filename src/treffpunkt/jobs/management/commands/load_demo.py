"""Load the demo story into an empty database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from treffpunkt.jobs.demo.story import is_empty, tell


class Command(BaseCommand):
    """`treffpunkt up --demo` calls this; it refuses a database in which somebody has worked."""

    help = "Load the demo story into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell the story once."""
        if not settings.DEMO:
            raise CommandError("The demo story is loaded by `treffpunkt up --demo` only.")
        if not is_empty():
            self.stdout.write("The database is not empty; the demo story stays as it is.")
            return
        tell()
        self.stdout.write("The demo story is loaded.")
