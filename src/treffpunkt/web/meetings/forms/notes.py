"""What is written down while people talk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from treffpunkt.core.text import localized
from treffpunkt.meetings.models import AgendaItem, Invitation, Kind, Meeting, SmallGroup, Statement
from treffpunkt.network.models import Actor
from treffpunkt.people.queries import active_staff
from treffpunkt.vocabulary.models import Language
from treffpunkt.web.network.finding import told

# Always at hand; each topic adds its own.
USUAL_KINDS = (Kind.NEED, Kind.TREND, Kind.TASK, Kind.PROMISE)


def kinds_for(item: AgendaItem | None) -> list[tuple[str, Any]]:
    """List the kinds offered under a topic: a note first, then the topic's own, then the usual ones."""
    own = [Kind(kind) for kind in item.topic.kinds if kind in Kind.values] if item and item.topic else []
    usual = (Kind.TASK, Kind.PROMISE) if own else USUAL_KINDS
    chosen = dict.fromkeys([Kind.NOTE, *own, *usual])
    return [(kind.value, kind.label) for kind in chosen]


class NoteForm(forms.Form):
    """One statement; nothing is preset but that it is a note."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    item = forms.ModelChoiceField(AgendaItem.objects.none(), widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Statement"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}), max_length=5000
    )
    statement_kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.NOTE, required=False)
    women_specific = forms.BooleanField(label=_("concerns women especially"), required=False)
    confidential = forms.BooleanField(label=_("confidential"), required=False)
    noted_at = forms.CharField(required=False, widget=forms.HiddenInput)
    group = forms.ModelChoiceField(SmallGroup.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = meeting.small_groups.all()  # type: ignore[attr-defined]
        self.fields["item"].queryset = meeting.agenda.select_related("topic")  # type: ignore[attr-defined]
        self.fields["id"].initial = uuid7

    def clean_noted_at(self) -> datetime | None:
        """Read the device's time; what cannot be read counts as now."""
        try:
            at = datetime.fromisoformat(self.cleaned_data["noted_at"])
        except ValueError:
            return None
        return at if at.tzinfo else at.replace(tzinfo=UTC)

    def clean_statement_kind(self) -> str:
        """A note until somebody says what it is."""
        return self.cleaned_data["statement_kind"] or Kind.NOTE

    def statement(self) -> dict[str, Any]:
        """Give what the service takes."""
        names = ("id", "item", "text", "statement_kind", "women_specific", "confidential", "noted_at", "group")
        return {name: self.cleaned_data[name] for name in names}


class TopicField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A topic of the agenda, by its title in the reader's language."""

    def label_from_instance(self, obj: AgendaItem) -> str:
        """Number and title."""
        return f"{obj.position}. {localized(obj.titles, get_language() or 'de')[0]}"


class StatementForm(forms.Form):
    """Everything about one statement."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Statement"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), max_length=5000
    )
    language = forms.ChoiceField(label=_("Language"))
    gist = forms.CharField(
        label=_("Gist in German"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "de"}),
        max_length=5000,
    )
    statement_kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    item = TopicField(AgendaItem.objects.none(), label=_("Topic"), empty_label=None)
    said_by = forms.ModelChoiceField(
        Actor.objects.none(),
        label=_("Said by"),
        required=False,
        help_text=_("Only if they agreed to be named."),
        empty_label=_("not named"),
    )
    women_specific = forms.BooleanField(label=_("concerns women especially"), required=False)
    confidential = forms.BooleanField(
        label=_("confidential"),
        required=False,
        help_text=_("Stays with those who take notes; never in the minutes."),
    )

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting = statement.meeting
        tags = list(dict.fromkeys([*meeting.languages, "de", statement.language]))
        names = {row.tag: str(row) for row in Language.objects.filter(tag__in=tags)}
        self.fields["language"].choices = [(tag, names.get(tag, tag)) for tag in tags if tag]  # type: ignore[attr-defined]
        self.fields["item"].queryset = meeting.agenda.all()  # type: ignore[attr-defined]
        self.fields["said_by"].queryset = guests_of(meeting)  # type: ignore[attr-defined]


class GistForm(forms.Form):
    """The gist alone, written while others talk."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    gist = forms.CharField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2, "lang": "de"}))


class TaskForm(forms.Form):
    """What a statement asks of us: who, until when; its own id makes one task of a form sent twice."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("What"), max_length=300)
    owner = forms.ModelChoiceField(active_staff(), label=_("Who"), required=False, empty_label=_("nobody yet"))
    due = forms.DateField(label=_("Due"), required=False, widget=forms.DateInput)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person outside, with how the name is read beside it."""

    def label_from_instance(self, obj: Actor) -> str:
        """Name somebody so that those who do not read the script know who it is."""
        return told(obj)


class PromiseForm(TaskForm):
    """What somebody outside promised; one of us follows it up."""

    promised_by = PersonField(Actor.objects.none(), label=_("Promised by"))
    owner = forms.ModelChoiceField(
        active_staff(), label=_("Who follows it up"), required=False, empty_label=_("nobody yet")
    )
    field_order = ("id", "title", "promised_by", "due", "owner")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["promised_by"].queryset = guests_of(meeting)  # type: ignore[attr-defined]


def guests_of(meeting: Meeting) -> Any:
    """List the outside guests of a meeting who were or may be there."""
    rows = Invitation.objects.filter(meeting=meeting, actor__isnull=False).exclude(
        state=Invitation.State.DECLINED, attendance=""
    )
    return Actor.objects.filter(pk__in=rows.values("actor"), erased_at=None)
