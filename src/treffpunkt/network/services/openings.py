"""Changing what one writes to somebody for the first time."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, Stale, require
from treffpunkt.core.placeholders import unknown_places
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.models import Opening
from treffpunkt.network.openings import LANGUAGES, NAMES, Texts, of_row, shipped, with_check
from treffpunkt.network.services.shaping import required, shape

FIELDS = ("first", "first_german", "again", "again_german")


@transaction.atomic
def change_opening(*, by: Agent, language: str, version: int | None = None, **changes: Any) -> Texts:
    """Change the texts in a language; raises Stale where somebody else has changed them since `version`.

    Raises DomainError where a text names what nobody can fill in. A text that does not lead to the page that says
    whether a profile is ours leads there at its end.
    """
    require(rules.sees_all(by))
    _refuse_unknown(language)
    row = Opening.objects.select_for_update().filter(language=language).first()
    if row is None:
        base = shipped(language)
        row = Opening(language=language, version=0, **{name: getattr(base, name) for name in FIELDS})
    shaped = _checked(shape(Opening, changes, FIELDS))
    changed = [name for name in FIELDS if name in shaped and shaped[name] != getattr(row, name)]
    if not changed:
        return of_row(row) if row.version else shipped(language)
    row.advance(version)
    for name in changed:
        setattr(row, name, shaped[name])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # changed for the first time by two at once
        raise Stale(Opening.objects.get(language=language)) from error
    record(by, "opening.changed", row, fields=changed)
    return of_row(row)


@transaction.atomic
def reset_opening(*, by: Agent, language: str) -> Texts:
    """Go back to the texts that are shipped."""
    require(rules.sees_all(by))
    _refuse_unknown(language)
    for row in Opening.objects.select_for_update().filter(language=language):
        record(by, "opening.reset", row)
        row.delete()
    return shipped(language)


def _refuse_unknown(language: str) -> None:
    if language not in LANGUAGES:
        raise DomainError(_("There are no texts in this language."))


def _checked(shaped: dict[str, Any]) -> dict[str, Any]:
    for name, text in shaped.items():
        if wrong := unknown_places(text, NAMES):
            raise DomainError(
                _("“%(wrong)s” cannot be filled in. Known are: %(known)s.")
                % {"wrong": " ".join(wrong[:3]), "known": " ".join(f"{{{one}}}" for one in NAMES)}
            )
        if name in ("first", "again"):
            required(text, _("the text"))
    return {name: with_check(text) if text else "" for name, text in shaped.items()}
