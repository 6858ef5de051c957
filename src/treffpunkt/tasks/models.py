"""Who owes what until when, done and checked by another."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.clock import today
from treffpunkt.core.models import Edited, Stateful
from treffpunkt.core.references import named


class Task(Stateful, Edited):
    """A thing to do, or a promise somebody outside made; about any record."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        CHECKED = "checked", _("done and checked")
        DROPPED = "dropped", _("dropped")

    MOVES: ClassVar = {
        "open": frozenset({"done", "dropped"}),
        "done": frozenset({"checked", "open"}),
        "checked": frozenset({"open"}),
        "dropped": frozenset({"open"}),
    }

    title = models.CharField(_("what"), max_length=300)
    language = models.CharField(_("language"), max_length=12, default="de")
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    # A promise of somebody outside: named by kind and id, followed up by `owner`.
    promised_by_kind = models.CharField(max_length=60, blank=True)
    promised_by_id = models.UUIDField(null=True, blank=True)
    due = models.DateField(_("until"), null=True, blank=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.UUIDField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    NAMES: ClassVar = (named("promised_by"), named("about"))

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "state", "due"], name="task_owner_due"),
            models.Index(fields=["state", "due", "id"], name="task_due"),
            models.Index(fields=["about_id"], name="task_about"),
            models.Index(fields=["promised_by_id"], name="task_promised"),
            models.Index(fields=["-done_at", "id"], name="task_done"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_promise(self) -> bool:
        """Say whether somebody outside promised it."""
        return self.promised_by_id is not None

    @property
    def is_overdue(self) -> bool:
        """Say whether its day is past and it is still to be done."""
        return self.state == self.State.OPEN and self.due is not None and self.due < today()
