"""Changing what guests are written, and going back to the standard text; every version is kept."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, Stale, require
from treffpunkt.core.placeholders import unknown_places
from treffpunkt.core.text import LANGUAGES, tidy
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules, texts
from treffpunkt.meetings.models import GuestText
from treffpunkt.meetings.neutral import telling_words
from treffpunkt.people.models import Staff

LONGEST_SUBJECT, LONGEST = 150, 4000
# Stands for a space without a break while a text is tidied; of private use, so nobody types it.
_NO_BREAK = "\ue000"


class TellingSubject(DomainError):
    """A subject tells what a message is about to whoever sees a locked phone; `words` are what tells it."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(
            _("A subject is seen on a locked phone and by others. This one tells something: %(words)s.")
            % {"words": ", ".join(words)}
        )
        self.words = words


@transaction.atomic
def change_text(
    *,
    by: Agent,
    purpose: str,
    language: str,
    subject: str,
    body: str,
    revision: int | None = None,
    keep_subject: bool = False,
) -> GuestText | None:
    """Put words of our own in place of a text; the ones before are kept. Returns None where nothing is new.

    Raises DomainError where it names a place nobody can fill in or lacks one it must have, TellingSubject where the
    subject is not neutral, Stale where somebody else changed it since `revision`.
    """
    require(rules.may_edit_texts(by))
    _refuse_unknown(purpose, language)
    newest = GuestText.objects.filter(purpose=purpose, language=language).first()
    subject, body = tidy(subject), tidied(body)
    check_text(purpose, subject, body)
    if not keep_subject and (words := telling_words(subject)):
        raise TellingSubject(words)
    if revision is not None and revision != (newest.revision if newest else 0):
        raise Stale(newest)
    present = texts.current(purpose, language)
    if (subject, body) == (present.subject, present.body):
        return None
    return _next(by, purpose, language, newest, subject, body)


@transaction.atomic
def reset_text(*, by: Agent, purpose: str, language: str) -> GuestText | None:
    """Let the standard text hold again; what was written before stays among the versions."""
    require(rules.may_edit_texts(by))
    _refuse_unknown(purpose, language)
    newest = GuestText.objects.filter(purpose=purpose, language=language).first()
    return _next(by, purpose, language, newest, "", "") if newest and newest.body else None


def tidied(body: str) -> str:
    """Tidy a text and keep the spaces at which French does not break its lines."""
    return tidy(body.replace("\u00a0", _NO_BREAK), lines=True).replace(_NO_BREAK, "\u00a0")


def check_text(purpose: str, subject: str, body: str) -> None:
    """Refuse a text that could not be filled in, or that leads nowhere."""
    if not subject or not body:
        raise DomainError(_("A text needs a subject and words."))
    if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST:
        raise DomainError(_("The text is too long."))
    if "{" in subject or "}" in subject:
        raise DomainError(_("Nothing is filled into a subject: it stays the same for everybody."))
    if wrong := unknown_places(body, texts.NAMES):
        raise DomainError(
            _("“%(wrong)s” cannot be filled in. Known are: %(known)s.")
            % {"wrong": " ".join(wrong[:3]), "known": " ".join(f"{{{one}}}" for one in texts.NAMES)}
        )
    if missing := texts.is_required_missing(purpose, body):
        raise DomainError(_("%(missing)s is missing: the text must have it.") % {"missing": " ".join(missing)})


def _next(by: Agent, purpose: str, language: str, newest: GuestText | None, subject: str, body: str) -> GuestText:
    row = GuestText(
        purpose=purpose, language=language, revision=(newest.revision if newest else 0) + 1, subject=subject, body=body,
        written_by=Staff.objects.filter(pk=by.agent_id).first() if by.agent_id else None,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # two at once
        raise Stale(GuestText.objects.filter(purpose=purpose, language=language).first()) from error
    record(by, "text.changed" if body else "text.reset", row)
    return row


def _refuse_unknown(purpose: str, language: str) -> None:
    if purpose not in GuestText.Purpose.values or language not in LANGUAGES:
        raise DomainError(_("There is no such text."))
