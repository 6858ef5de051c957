"""That a guest has opened her link: the first day, and nothing more."""

from __future__ import annotations

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import today
from treffpunkt.meetings.models import Invitation


def note_opened(*, by: LinkHolder) -> bool:
    """Note the day on which a guest first opened the link to her invitation; later ones are not noted."""
    if by.purpose != "invitation":
        return False
    return bool(Invitation.objects.filter(pk=by.subject_id, opened_on=None).update(opened_on=today()))
