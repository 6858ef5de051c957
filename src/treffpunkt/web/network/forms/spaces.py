"""The forms of spaces."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError
from treffpunkt.network import rules
from treffpunkt.network.addresses import recognise
from treffpunkt.network.models import Space
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import active_staff
from treffpunkt.vocabulary.models import Platform
from treffpunkt.web.network.forms.base import PlaceField, RecordForm
from treffpunkt.web.network.similar import looks

_LOOK = {
    "hx-post": reverse_lazy("web:network:recognised"),
    "hx-trigger": "change",
    "hx-target": "#recognised",
    "hx-swap": "outerHTML",
}


class SpaceForm(RecordForm):
    """A space; from its pasted address follow platform, kind and the one spelling that is kept."""

    platform = forms.ModelChoiceField(
        Platform.objects.all(),
        label=_("Platform"),
        required=False,
        empty_label=_("as the address says"),
    )
    space_kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("as the address says")), *Space.Kind.choices]
    )
    place = PlaceField(label=_("Region or town"), help_text=_("Only where the group belongs to a place."))

    class Meta:
        model = Space
        fields = (
            "address",
            "name",
            "short_name",
            "platform",
            "space_kind",
            "language",
            "communities",
            "women_only",
            "members",
            "visibility",
            "place",
            "audience",
            "content",
            "rules",
            "link_policy",
            "post_approval",
            "check_due",
        )
        labels = {
            "address": _("Address"),
            "name": _("Name"),
            "short_name": _("German short name"),
            "language": _("Language"),
            "communities": _("Communities"),
            "women_only": _("For women only"),
            "members": _("Members"),
            "visibility": _("Who can see it"),
            "audience": _("Who meets here"),
            "content": _("What it is about"),
            "rules": _("Rules of the group, in short"),
            "link_policy": _("Are links allowed?"),
            "post_approval": _("Do posts wait for approval?"),
            "check_due": _("Look in again on"),
        }
        help_texts = {
            "address": _("Paste the link as you have it; we tidy it."),
            "name": _("As the group calls itself, in its own script."),
            "short_name": _("So that colleagues who do not read the script know which one it is."),
            "members": _("As the platform shows it. It is potential reach, not people."),
        }
        widgets = {
            "address": forms.TextInput(
                attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off", "spellcheck": "false", **_LOOK}
            ),
            "name": forms.TextInput(attrs={"autocomplete": "off", **looks("similar_spaces")}),
            "communities": forms.CheckboxSelectMultiple,
            "rules": forms.Textarea(attrs={"rows": "3"}),
            "content": forms.Textarea(attrs={"rows": "3"}),
        }

    def __init__(self, *args: Any, by: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        communities = self.fields["communities"]
        assert isinstance(communities, forms.ModelMultipleChoiceField)
        communities.queryset = rules.communities_of(by)
        if not rules.sees_all(by):
            communities.required = True
        language = self.fields["language"]
        assert isinstance(language, forms.ModelChoiceField)
        language.empty_label = str(_("not known"))

    def beside(self, current: Model) -> SpaceForm:
        """Make the form of what stands now."""
        return SpaceForm(instance=current, by=self.by)  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        """Let the address say what it knows."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        known = None
        if values.get("address"):
            try:
                known = recognise(values["address"], platform=getattr(values.get("platform"), "pk", ""))
            except DomainError as error:
                self.add_error("address", str(error.message))
        if known is not None:
            values["address"] = known.address
            values["platform"] = values.get("platform") or Platform.objects.filter(pk=known.platform).first()
            values["space_kind"] = values.get("space_kind") or known.kind
        if not values.get("platform"):
            self.add_error("platform", _("Please choose the platform."))
        if not values.get("space_kind"):
            platform = values.get("platform")
            values["space_kind"] = (platform.kinds or [Space.Kind.GROUP])[0] if platform else Space.Kind.GROUP
        return values


class MoveForm(forms.Form):
    """The next state of a space, and why."""

    state = forms.ChoiceField(label=_("New state"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("Needed where a group is dormant or lost: those who come later will ask."),
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, label) for key, label in Space.State.choices if space.may_move_to(key)]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where something is being lost."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("state") in (Space.State.DORMANT, Space.State.LOST) and not values.get("reason"):
            self.add_error("reason", _("Please say why, in a few words."))
        return values


class SuccessionForm(forms.Form):
    """A task about who leads a group after its only administrator."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("What"), max_length=300)
    owner = forms.ModelChoiceField(Staff.objects.none(), label=_("Who"), required=False, empty_label=_("nobody yet"))
    due = forms.DateField(label=_("Due"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = active_staff()
