"""The forms of people: the record, the ways to reach them, what they are where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from treffpunkt.core import clock
from treffpunkt.network.models import Actor, Channel, Role
from treffpunkt.people.queries import active_staff
from treffpunkt.web.network.finding import OfferingForm
from treffpunkt.web.network.forms.base import LanguagesField, RecordForm, language_choices
from treffpunkt.web.network.similar import looks


class ActorForm(RecordForm):
    """A person, team or page; a name or a handle is enough."""

    first_language = forms.ChoiceField(
        label=_("We write to them in"), required=False, help_text=_("Invitations and minutes come in this language.")
    )
    languages = LanguagesField(label=_("Also speaks"))

    class Meta:
        model = Actor
        fields = (
            "name",
            "reading",
            "handle",
            "actor_kind",
            "languages",
            "owner",
            "next_touch",
            "note",
            "not_a_person",
            "consent_for",
            "consent_how",
            "consent_at",
        )
        labels = {
            "name": _("Name"),
            "reading": _("In Latin letters"),
            "handle": _("Handle"),
            "actor_kind": _("Kind"),
            "owner": _("Who of us knows them"),
            "next_touch": _("Next contact on"),
            "note": _("Note"),
            "not_a_person": _("Not a person: a machine or a shared account"),
            "consent_for": _("Agreed that we store"),
            "consent_how": _("Agreed how"),
            "consent_at": _("Agreed on"),
        }
        help_texts = {
            "reading": _("So that colleagues who do not read the script know who it is. Not needed for Serbian."),
            "handle": _("As it stands on the platform, for example @layla."),
            "note": _("They can ask to read this. Write what helps, no judgement."),
            "consent_how": _("For example by chat, on the phone, at the meeting."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off", **looks("similar_actors")}),
            "handle": forms.TextInput(
                attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", **looks("similar_actors")}
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = active_staff()
        owner.empty_label = str(_("nobody yet"))
        chosen = list(self.instance.languages or ())
        choices = language_choices(chosen)
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]
        self.fields["first_language"].choices = [("", _("not known")), *choices]  # type: ignore[attr-defined]
        self.initial.update({"first_language": chosen[0] if chosen else "", "languages": chosen[1:]})

    def clean(self) -> dict[str, Any]:
        """Ask for a name or a handle."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("name") and not values.get("handle"):
            self.add_error("name", _("A name or a handle is needed."))
        return values

    def values(self) -> dict[str, Any]:
        """Give what was typed; the language in which we write stands first."""
        values = super().values()
        first = values.pop("first_language")
        also = [tag for tag in values["languages"] if tag != first]
        return values | {"languages": [first, *also] if first else also}


class ChannelForm(forms.Form):
    """A way to reach somebody."""

    channel_kind = forms.ChoiceField(label=_("Channel"), choices=Channel.Kind.choices)
    value = forms.CharField(
        label=_("Address, number or handle"),
        max_length=320,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    preferred = forms.BooleanField(label=_("They like to be reached here"), required=False)
    safe = forms.BooleanField(
        label=_("Safe: nobody else reads it"),
        required=False,
        initial=True,
        help_text=_("Through a channel that is not safe nothing is ever sent."),
    )

    def clean(self) -> dict[str, Any]:
        """See that a mail address is one."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("channel_kind") == Channel.Kind.MAIL and values.get("value"):
            try:
                validate_email(values["value"])
            except ValidationError as error:
                self.add_error("value", error)
        return values


class RoleForm(forms.Form):
    """What somebody is in a space or an organisation, since when, and how we know."""

    role = forms.ChoiceField(label=_("Role"), choices=[])
    since = forms.DateField(label=_("Since"), required=False, widget=forms.DateInput)
    evidence = forms.CharField(
        label=_("How we know"), max_length=300, required=False, help_text=_("For example: said so at the meeting.")
    )

    ROLES: tuple[Role.Kind, ...] = (
        Role.Kind.ADMINISTRATOR,
        Role.Kind.MODERATOR,
        Role.Kind.AUTHOR,
        Role.Kind.OPINION_LEADER,
    )

    def __init__(self, *args: Any, roles: tuple[Role.Kind, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles or self.ROLES]  # type: ignore[attr-defined]


class SomebodyForm(OfferingForm, RoleForm):
    """Somebody for a space or an organisation: chosen among those we know, or new."""

    name = forms.CharField(
        label=_("Name or handle"),
        max_length=200,
        help_text=_("We look whether we know them already."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "chosen", "role", "since", "evidence")


class PlaceOfRoleForm(OfferingForm, RoleForm):
    """A space or organisation for somebody: by its address or name."""

    where = forms.CharField(
        label=_("Group or organisation"),
        max_length=500,
        help_text=_("Its address, or its name as we have it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("where", "chosen", "role", "since", "evidence")


class EndRoleForm(forms.Form):
    """The last day of a role."""

    until = forms.DateField(label=_("Last day"), initial=clock.today, widget=forms.DateInput)


class StandingForm(forms.Form):
    """Where we stand with somebody."""

    standing = forms.ChoiceField(label=_("Standing"), choices=Actor.Standing.choices, widget=forms.RadioSelect)


class LostPhoneForm(forms.Form):
    """Which channels somebody else may read now."""

    unsafe = forms.MultipleChoiceField(
        label=_("Was on this phone, so it is not safe any more"),
        help_text=_("Through a channel that is not safe nothing is ever sent."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, channels: Iterable[Channel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        safe = [one for one in channels if one.safe]
        field = self.fields["unsafe"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one.pk), f"{one.get_channel_kind_display()}: {one.value}") for one in safe]
        # A mailbox has a password of its own; a chat opens with the phone.
        field.initial = [str(one.pk) for one in safe if one.channel_kind != Channel.Kind.MAIL]
        if not safe:
            del self.fields["unsafe"]

    def clean(self) -> dict[str, Any]:
        """Give the chosen channels as ids."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        return values | {"unsafe": [UUID(pk) for pk in values.get("unsafe", [])]}


class EraseForm(forms.Form):
    """The word that somebody really means it."""

    sure = forms.BooleanField(label=_("I want to erase this for good"))
