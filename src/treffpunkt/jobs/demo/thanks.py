"""Thanks after a meeting, and what six of those who came think of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import as_of
from treffpunkt.jobs.demo.world import World
from treffpunkt.meetings.models import Ballot, Meeting
from treffpunkt.meetings.rules import EVALUATION
from treffpunkt.meetings.services.evaluating import answer_questions, thank_guests
from treffpunkt.people.models import Staff
from treffpunkt.post.delivery import deliver_due

# How useful, what helped most, what was missing.
OPINIONS = (
    (5, "Conocer a quienes llevan los otros grupos.", ""),
    (4, "Los ejemplos concretos de respuestas.", "Más tiempo para las preguntas."),
    (5, "", "Un resumen corto para compartir en el grupo."),
    (3, "Saber a quién escribir.", ""),
    (5, "Que se hable en nuestro idioma.", ""),
    (4, "", ""),
)


def give_thanks(host: Staff, world: World, day: date) -> None:
    """Thank whoever came to the last meeting of a community; some answer the three questions."""
    meeting = Meeting.objects.filter(communities__language=world.language, state="closed").latest("starts")
    with as_of(datetime.combine(day, time(10), tzinfo=UTC)):
        thank_guests(by=host, meeting=meeting)
        deliver_due()
        for ballot, (useful, helpful, missing) in zip(Ballot.objects.filter(meeting=meeting), OPINIONS, strict=False):
            answer_questions(
                by=LinkHolder(EVALUATION, ballot.kind, ballot.pk, None), ballot=ballot, useful=useful, helpful=helpful,
                missing=missing, language=world.language, keep_findings=True,
            )  # fmt: skip
