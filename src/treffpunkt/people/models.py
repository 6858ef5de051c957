"""Staff accounts: who works here, in which roles, and how they like to read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordination")
    COUNSELLOR = "counsellor", _("Counselling")
    LEGAL_REVIEWER = "legal_reviewer", _("Legal review")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administration")


class Theme(models.TextChoices):
    SYSTEM = "", _("As the device")
    LIGHT = "treffpunkt", _("Light")
    DARK = "treffpunkt-dark", _("Dark")


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, email: str | None) -> Staff:
        """Find an account by its mail address, whatever the case of its letters."""
        return self.get(email__iexact=email)


def _zone() -> str:
    return settings.TIME_ZONE


class Staff(AbstractBaseUser):
    """A member of staff; an Agent of kind "staff"."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120)
    roles = ArrayField(models.CharField(max_length=24, choices=Role), verbose_name=_("roles"), default=list)
    language = models.CharField(_("language of the pages"), max_length=12, default="de")
    spoken = ArrayField(models.CharField(max_length=12), verbose_name=_("languages spoken"), default=list, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default=_zone)
    theme = models.CharField(_("appearance"), max_length=20, choices=Theme, default="", blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[StaffManager] = StaffManager()

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(Lower("email"), name="staff_email_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """Name the record's kind."""
        return self._meta.label_lower

    @property
    def agent_kind(self) -> str:
        """Say that staff acts."""
        return "staff"

    @property
    def agent_id(self) -> Any:
        """Give the account's id."""
        return self.pk

    @property
    def initials(self) -> str:
        """Give up to two letters for the round picture."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    @property
    def role_names(self) -> str:
        """Name the account's roles in the reader's language."""
        return ", ".join(str(Role(role).label) for role in self.roles)

    @property
    def is_coordinator(self) -> bool:
        """Say whether all communities are theirs."""
        return Role.COORDINATOR in self.roles
