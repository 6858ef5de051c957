"""Staff accounts: who works here, in which roles, and how they like to read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from treffpunkt.core.clock import now, today
from treffpunkt.core.models import Record


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordination")
    COUNSELLOR = "counsellor", _("Counselling")
    LEGAL_REVIEWER = "legal_reviewer", _("Legal review")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administration")


class Theme(models.TextChoices):
    SYSTEM = "", _("As the device")
    LIGHT = "treffpunkt", _("Light")
    DARK = "treffpunkt-dark", _("Dark")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, email: str | None) -> Staff:
        """Find an account by its mail address, whatever the case of its letters."""
        return self.get(email__iexact=email)


def _zone() -> str:
    return settings.TIME_ZONE


def _weekdays() -> list[int]:
    return [0, 1, 2, 3, 4]


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
    working_days = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("working days"), default=_weekdays
    )
    wants_reminders = models.BooleanField(_("reminders by mail"), default=True)
    # An invitation that nobody has followed yet, and until when it can be; empty once they have signed in.
    invited_until = models.DateTimeField(null=True, editable=False)
    # What the absences of today say, kept here so that every list can ask it: who acts for them, until when.
    covered_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", editable=False)
    away_until = models.DateField(null=True, editable=False)

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

    @property
    def is_invited(self) -> bool:
        """Say whether they were invited and have not come yet."""
        return self.invited_until is not None

    @property
    def invitation_ran_out(self) -> bool:
        """Say whether they were invited and it is too late to come."""
        return self.invited_until is not None and self.invited_until <= now()

    def last_working_day(self, day: date) -> date | None:
        """Give this day, or the last one before it on which they work."""
        return next(
            (past for past in (day - timedelta(days=back) for back in range(7)) if past.weekday() in self.working_days),
            None,
        )


class Absence(Record):
    """Days on which somebody is away, and who stands in for them; why is nobody's business and not kept."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until and including"))
    stand_in = models.ForeignKey(
        Staff, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who stands in")
    )

    class Meta:
        ordering = ("starts",)
        indexes: ClassVar = [models.Index(fields=["ends"], name="absence_ends")]
        constraints = (
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="absence_in_order"),
            models.CheckConstraint(condition=~models.Q(stand_in=models.F("staff")), name="absence_another_stands_in"),
        )

    def __str__(self) -> str:
        return f"{self.starts}–{self.ends}"

    @property
    def has_begun(self) -> bool:
        """Say whether its first day has come."""
        return self.starts <= today(settings.TIME_ZONE)


class Session(AbstractBaseSession):
    """Where somebody is signed in: from which device, last seen when."""

    staff = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="+")
    device = models.CharField(max_length=60, blank=True)
    seen_at = models.DateTimeField(default=now)

    class Meta(AbstractBaseSession.Meta):
        indexes: ClassVar = [models.Index(fields=["staff", "-seen_at"], name="session_staff")]

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Name the store that reads and writes these rows."""
        from treffpunkt.people.sessions import SessionStore

        return SessionStore

    @property
    def handle(self) -> str:
        """Name the session on a page: from this nobody can sign in."""
        return salted_hmac("treffpunkt.session", self.session_key, algorithm="sha256").hexdigest()[:32]


class Tally(models.Model):
    """How often somebody tried something in a span of time; `key` is a hash, so that nobody is named."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ends_at"], name="tally_ends")]
