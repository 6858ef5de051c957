"""The command that writes reference data."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from treffpunkt.agreements.services.clauses import load_clauses
from treffpunkt.meetings.services.agenda import load_topics
from treffpunkt.vocabulary import services as vocabulary


class Command(BaseCommand):
    help = (
        "Write languages, platforms, topics, places, the seven topics of a meeting, clauses; what people changed stays."
    )

    def handle(self, **options: Any) -> None:
        """Load the vocabulary, the topics of the agenda and the clauses of agreements; a second time changes nothing."""
        vocabulary.load()
        load_topics()
        load_clauses()
