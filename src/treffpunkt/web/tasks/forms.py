"""Forms and filters of tasks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.people.queries import active_staff
from treffpunkt.tasks.models import Task
from treffpunkt.ui.lists import Filters, Sort

SORTS = (
    Sort("due", _("due"), ("due",)),
    Sort("new", _("newest first"), ("-id",)),
)


class TaskForm(forms.Form):
    """What is to be done, by whom, until when."""

    title = forms.CharField(label=_("What is to be done?"), max_length=300)
    owner = forms.ModelChoiceField(label=_("Who"), queryset=active_staff(), required=False, empty_label=_("nobody yet"))
    due = forms.DateField(label=_("Due"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # A new task brings its own id, so that a form sent twice makes one task.
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, task: Task, data: Any = None) -> TaskForm:
        """Fill the form from a task."""
        initial = {name: getattr(task, name) for name in ("title", "owner", "due", "note", "version")}
        form = cls(data, initial=initial)
        del form.fields["id"]
        return form


class TaskFilters(Filters):
    """Whose tasks, and in which state."""

    who = forms.ChoiceField(
        label=_("Whose"), choices=[("", _("everybody's")), ("me", _("mine")), ("nobody", _("nobody's yet"))]
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("open")),
            ("late", _("late")),
            ("done", _("done, to be checked")),
            ("all", _("all")),
        ],
    )
    promised = forms.BooleanField(label=_("promised to us"))

    def __init__(self, *args: Any, by: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def apply(self, rows: QuerySet[Task]) -> QuerySet[Task]:  # type: ignore[override]
        """Narrow to what is asked for; without a state, to what is open."""
        if "state" not in self.chosen:
            rows = rows.filter(state=Task.State.OPEN)
        return super().apply(rows)

    def filter_who(self, rows: QuerySet[Task], value: str) -> QuerySet[Task]:
        """Keep one's own tasks, or those nobody owns."""
        return rows.filter(owner=self.by.agent_id) if value == "me" else rows.filter(owner=None)

    def filter_state(self, rows: QuerySet[Task], value: str) -> QuerySet[Task]:
        """Keep the tasks in a state."""
        if value == "late":
            return rows.filter(state=Task.State.OPEN, due__lt=today())
        return rows.filter(state=Task.State.DONE) if value == "done" else rows

    def filter_promised(self, rows: QuerySet[Task], value: bool) -> QuerySet[Task]:
        """Keep what somebody outside has promised."""
        return rows.filter(~Q(promised_by_kind=""))
