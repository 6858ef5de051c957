"""What guests need to take part: sensitive, so it stands apart from their answers and under the second lock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record
from treffpunkt.meetings.models.invitations import Invitation


class Needs(Record):
    """What one guest needs at one meeting; its hosts alone read whose it is, and it goes soon after the meeting."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="needs")
    # A language by its BCP 47 tag.
    interpreting = models.CharField(_("interpreting into"), max_length=12, blank=True)
    children = models.PositiveSmallIntegerField(_("children to be looked after"), default=0)
    sign_language = models.BooleanField(_("sign language"), default=False)
    step_free = models.BooleanField(_("step-free access"), default=False)
    other = models.CharField(_("something else"), max_length=300, blank=True)

    STAYS_BY: ClassVar = ("interpreting", "other")

    class Meta:
        verbose_name = _("what a guest needs")

    def __str__(self) -> str:
        return str(self.invitation_id)
