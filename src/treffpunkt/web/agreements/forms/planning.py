"""The forms of what an agreement is about and with whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from treffpunkt.agreements import rules
from treffpunkt.agreements.composing import sayable
from treffpunkt.agreements.models import Agreement, GrantedRight
from treffpunkt.agreements.phrases import MOST_DAYS, REVIEWS
from treffpunkt.agreements.services.checking import WRITTEN
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.network.models import Actor, Organisation, Role, Space
from treffpunkt.network.rules import viewable_actors, viewable_organisations, viewable_spaces
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import active_staff
from treffpunkt.vocabulary.models import Topic
from treffpunkt.web.network import choices


class Terms(forms.Form):
    """What both making and changing an agreement ask."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label=_("Topics that concern women, to be named in it"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What we bring answers on even if nobody asks aloud. Violence is never named; a sentence of its own cares for that."),
    )  # fmt: skip
    answer_days = forms.IntegerField(
        label=_("We answer within (working days)"), min_value=1, max_value=MOST_DAYS, initial=2
    )
    needs = forms.ChoiceField(
        label=_("It is in force"),
        choices=Agreement.Needs.choices,
        initial=Agreement.Needs.ALL,
        widget=forms.RadioSelect,
    )
    owner = forms.ModelChoiceField(Staff.objects.none(), label=_("Who of us looks after it"), required=False)
    review_every = forms.TypedChoiceField(label=_("We ask whether it still suits"), coerce=int, initial=12)
    ends_on = forms.DateField(
        label=_("Runs until"), required=False, widget=forms.DateInput, help_text=_("Empty: it is open-ended.")
    )
    note = forms.CharField(
        label=_("Note for us"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, by: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        _offer(self, "topics", sayable(Topic.objects.filter(women_specific=True)))
        _offer(self, "owner", active_staff().filter(roles__overlap=[rules.COORDINATION, rules.COUNSELLING]))
        self.fields["review_every"].choices = [(key, _every(key)) for key in REVIEWS]  # type: ignore[attr-defined]

    def clean_ends_on(self) -> date | None:
        """A day to come, unless it stood there before."""
        day: date | None = self.cleaned_data["ends_on"]
        if day is not None and day <= today() and day != self.initial.get("ends_on"):
            raise forms.ValidationError(_("This day is past."))
        return day


class AgreementForm(Terms):
    """A new agreement, from those who lead a group or from what somebody leads."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    spaces = forms.ModelMultipleChoiceField(
        Space.objects.none(), label=_("Groups and channels"), required=False, widget=forms.CheckboxSelectMultiple
    )
    actors = forms.ModelMultipleChoiceField(
        Actor.objects.none(), label=_("With whom"), required=False, widget=forms.CheckboxSelectMultiple
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation behind it"), required=False, empty_label=_("none")
    )
    language = forms.ChoiceField(label=_("Written in"), help_text=_("German always stands beside it."))
    rights = forms.MultipleChoiceField(
        label=_("What we may do there"), choices=GrantedRight.Kind.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    field_order = ("spaces", "actors", "organisation", "language", "rights", "topics", "answer_days", "needs")

    def __init__(
        self, *args: Any, spaces: QuerySet[Space], actors: QuerySet[Actor], organisations: QuerySet[Organisation],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["id"].initial = uuid7
        _offer(self, "spaces", spaces)
        _offer(self, "actors", actors)
        _offer(self, "organisation", organisations)
        names = choices.language_names()
        self.fields["language"].choices = [(tag, _written(tag, names)) for tag in WRITTEN]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask with whom it is."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not values.get("actors") and not values.get("organisation"):
            self.add_error("actors", _("Say with whom the agreement is."))
        return values


class EditForm(Terms):
    """What can be changed about an agreement besides its sentences."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("For us; it stands in no text."))
    spaces = forms.ModelMultipleChoiceField(
        Space.objects.none(), label=_("Groups and channels"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("name", "spaces", "topics", "answer_days", "needs", "owner")

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "spaces", spaces_around(self.by, agreement))


class PartyForm(forms.Form):
    """Somebody more with whom an agreement is."""

    actor = forms.ModelChoiceField(Actor.objects.none(), label=_("Who"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation behind them"), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, by: Agent, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leading = leaders(by, agreement.spaces.all())
        known = agreement.parties.filter(left="", actor__isnull=False).values("actor")
        _offer(self, "actor", leading.exclude(pk__in=known))
        _offer(self, "organisation", organisations_around(by, leading))


class RightForm(forms.Form):
    """A right granted in one of the groups."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    space = forms.ModelChoiceField(Space.objects.none(), label=_("In which group"), empty_label=None)
    right_kind = forms.ChoiceField(label=_("What we may do"), choices=GrantedRight.Kind.choices)
    how = forms.CharField(
        label=_("The agreed way to do it"), max_length=300, required=False,
        help_text=_("For example: twice a month, the text goes to the group first."),
    )  # fmt: skip

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["id"].initial = uuid7
        _offer(self, "space", agreement.spaces.order_by("sorting", "id"))


def leaders(by: Agent, spaces: Iterable[Space] | QuerySet[Space]) -> QuerySet[Actor]:
    """List who leads these spaces at present."""
    leading = Role.objects.present().filter(space__in=spaces).values("actor")
    people = viewable_actors(by).filter(pk__in=leading, erased_at=None, not_a_person=False)
    return people.order_by("sorting", "id")


def led_by(by: Agent, actors: QuerySet[Actor]) -> QuerySet[Space]:
    """List the spaces these people lead at present."""
    leading = Role.objects.present().filter(actor__in=actors.values("pk"), space__isnull=False)
    return viewable_spaces(by).filter(pk__in=leading.values("space")).order_by("sorting", "id")


def organisations_around(by: Agent, actors: QuerySet[Actor]) -> QuerySet[Organisation]:
    """List the organisations for which these people speak."""
    speaking = Role.objects.present().filter(actor__in=actors.values("pk"), organisation__isnull=False)
    return viewable_organisations(by).filter(pk__in=speaking.values("organisation")).order_by("sorting", "id")


def spaces_around(by: Agent, agreement: Agreement) -> QuerySet[Space]:
    """List the spaces an agreement is about, and what its parties lead besides."""
    parties = Actor.objects.filter(pk__in=agreement.parties.filter(left="").values("actor"))
    around = Q(pk__in=agreement.spaces.values("pk")) | Q(pk__in=led_by(by, parties).values("pk"))
    return viewable_spaces(by).filter(around).order_by("sorting", "id")


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def _every(months: int) -> str:
    return str(
        {3: _("every three months"), 6: _("twice a year"), 12: _("once a year"), 24: _("every two years")}[months]
    )


def _written(tag: str, names: dict[str, str]) -> str:
    if tag == "sr-latn":
        return str(_("Serbian, in Latin letters"))
    return names.get(tag, tag)
