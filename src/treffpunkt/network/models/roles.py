"""Who holds which key: actors in spaces and in organisations."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.clock import today
from treffpunkt.core.models import Record
from treffpunkt.network.models.actors import Actor
from treffpunkt.network.models.organisations import Organisation
from treffpunkt.network.models.spaces import Space


def at_present(path: str = "", day: date | None = None) -> Q:
    """Ask of a role, or of one reached along a path, whether it has not ended by today; a last day to come is present."""
    return Q(**{f"{path}until": None}) | Q(**{f"{path}until__gt": day or today()})


class RoleQuerySet(models.QuerySet["Role"]):
    """Roles, and which of them hold at present."""

    def present(self, day: date | None = None) -> RoleQuerySet:
        """Leave out the roles that have ended by today; one whose last day is still to come holds until then."""
        return self.filter(at_present(day=day))


class Role(Record):
    """What an actor is in a space or in an organisation, since when and until when."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        MODERATOR = "moderator", _("Moderator")
        AUTHOR = "author", _("Author")
        OPINION_LEADER = "opinion_leader", _("Opinion leader")
        CONTACT = "contact", _("Contact person")

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="roles")
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="roles")
    role = models.CharField(_("role"), max_length=14, choices=Kind, default=Kind.ADMINISTRATOR)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    evidence = models.CharField(_("known from"), max_length=300, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(space=None) ^ Q(organisation=None),
                name="role_in_space_or_organisation",
            ),
            models.UniqueConstraint(
                fields=["actor", "space", "role"],
                condition=Q(until=None, organisation=None),
                name="role_space_once",
            ),
            models.UniqueConstraint(
                fields=["actor", "organisation", "role"],
                condition=Q(until=None, space=None),
                name="role_organisation_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["until"], name="role_that_ends", condition=Q(until__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def is_present(self) -> bool:
        """Say whether the role holds at present."""
        return self.until is None or self.until > today()
