"""Noting what guests need to take part, and forgetting it again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.personal import PersonalDataFound, find_personal_data
from treffpunkt.core.subject import as_system
from treffpunkt.core.text import tidy
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Invitation, Needs
from treffpunkt.meetings.services.invitations import answer, open_to_answers
from treffpunkt.meetings.services.numbering import locked
from treffpunkt.vocabulary.models import Language

MOST_CHILDREN = 9
LONGEST = 300


@transaction.atomic
def note_needs(
    *,
    by: Agent,
    invitation: Invitation,
    interpreting: str = "",
    children: int = 0,
    sign_language: bool = False,
    step_free: bool = False,
    other: str = "",
    keep_findings: bool = False,
    added: bool = False,
) -> None:
    """Note what a guest needs: said by herself, or by her to one of us.

    With `added` what is left empty stays as it was: for whoever cannot see what was noted before. Raises
    PersonalDataFound where her words may tell who somebody is. The journal hears nothing of it.
    """
    meeting = locked(invitation.meeting)
    invitation = meeting.invitations.select_for_update(of=("self",)).select_related("actor").get(pk=invitation.pk)
    require(rules.may_answer(by, invitation))
    open_to_answers(by, meeting)
    if (invitation.actor is None and invitation.staff_id is None) or (invitation.actor and invitation.actor.erased_at):
        raise DomainError(_("It is not kept any more who this was."))
    other = tidy(other)[:LONGEST]
    if not keep_findings and (findings := find_personal_data(other)):
        raise PersonalDataFound(findings, field="other")
    if interpreting and interpreting not in set(Language.objects.values_list("tag", flat=True)):
        raise DomainError(_("We do not know this language."))
    if not 0 <= children <= MOST_CHILDREN:
        raise DomainError(_("Please tell us a number of children up to %(most)s.") % {"most": MOST_CHILDREN})
    with as_system():  # whoever takes a call notes it without reading what stands there
        row = Needs.objects.filter(invitation=invitation).first() or Needs(invitation=invitation)
        row.interpreting = interpreting or (row.interpreting if added else "")
        row.children = children or (row.children if added else 0)
        row.sign_language = sign_language or (added and row.sign_language)
        row.step_free = step_free or (added and row.step_free)
        row.other = other or (row.other if added else "")
        if row.interpreting or row.children or row.sign_language or row.step_free or row.other:
            row.save()
        else:
            Needs.objects.filter(invitation=invitation).delete()


@transaction.atomic
def answer_with_needs(
    *,
    by: Agent,
    invitation: Invitation,
    state: str,
    remark: str | None = None,
    companions: int | None = None,
    interpreting: str = "",
    children: int = 0,
    sign_language: bool = False,
    step_free: bool = False,
    other: str = "",
    keep_findings: bool = False,
    added: bool = False,
) -> Invitation:
    """Take an answer together with whom the guest brings and what she needs: all of it, or nothing."""
    if state != Invitation.State.DECLINED:
        note_needs(
            by=by, invitation=invitation, interpreting=interpreting, children=children, sign_language=sign_language,
            step_free=step_free, other=other, keep_findings=keep_findings, added=added,
        )  # fmt: skip
    return answer(by=by, invitation=invitation, state=state, remark=remark, companions=companions)


def forget_needs(before: datetime) -> int:
    """Let go of what guests needed at meetings that began before a moment; return how many rows went."""
    with as_system():
        return Needs.objects.filter(invitation__meeting__starts__lt=before).delete()[0]


def forget_needs_of(actor_ids: Iterable[UUID]) -> None:
    """Let go of what people who were erased needed."""
    with as_system():
        Needs.objects.filter(invitation__actor__among=list(actor_ids)).delete()
