"""Bringing in languages, platforms, topics and places."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from treffpunkt.vocabulary.services import load


class Command(BaseCommand):
    help = "Bring in languages, platforms, topics and places; what people have changed stays as it is."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what is there."""
        loaded = load()
        if options["verbosity"]:
            self.stdout.write(
                f"{loaded.languages} languages, {loaded.platforms} platforms, "
                f"{loaded.topics} topics, {loaded.places} places"
            )
