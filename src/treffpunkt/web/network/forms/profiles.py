"""The forms of professional profiles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.network import rules
from treffpunkt.network.models import Profile
from treffpunkt.network.profile_links import canonical
from treffpunkt.people.models import Staff
from treffpunkt.web.network.forms.base import RecordForm

_ADDRESS = {"dir": "ltr", "inputmode": "url", "autocomplete": "off", "spellcheck": "false"}


class AddressesField(forms.CharField):
    """Several addresses, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": "2", **_ADDRESS}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Write a list as lines."""
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """Read lines as a list."""
        return [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]


class ProfileForm(RecordForm):
    """A professional profile; its address is reduced to the one spelling that is kept."""

    also = AddressesField(
        label=_("Other addresses of the same profile"),
        required=False,
        help_text=_(
            "One a line. Facebook, for example, gives a profile a number besides its name; in groups people see only that."
        ),
    )

    class Meta:
        model = Profile
        fields = ("platform", "address", "name", "also", "staff", "note")
        labels = {
            "platform": _("Platform"),
            "address": _("Address, handle or number"),
            "name": _("Name shown on the platform"),
            "staff": _("Whose"),
            "note": _("Note"),
        }
        help_texts = {
            "address": _("Paste the link as you have it; we tidy it."),
            "name": _(
                "Whoever checks the profile on our public page sees this name, never the name of the account here."
            ),
            "note": _("Only for the team: which phone it is on, who knows the password."),
        }
        widgets = {"address": forms.TextInput(attrs=_ADDRESS), "note": forms.Textarea(attrs={"rows": "3"})}

    def __init__(self, *args: Any, by: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        platform = self.fields["platform"]
        assert isinstance(platform, forms.ModelChoiceField)
        platform.empty_label = str(_("Choose a platform"))
        if rules.sees_all(by):
            staff = self.fields["staff"]
            assert isinstance(staff, forms.ModelChoiceField)
            # Whose it is now stays to choose, even where they no longer work here.
            staff.queryset = Staff.objects.filter(Q(is_active=True) | Q(pk=self.instance.staff_id)).order_by("name")
            staff.empty_label = str(_("the whole team's"))
        else:
            del self.fields["staff"]

    def beside(self, current: Model) -> ProfileForm:
        """Make the form of what stands now."""
        return ProfileForm(instance=current, by=self.by)  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        """Say beside the field from which address nobody can tell the profile."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        platform = getattr(values.get("platform"), "pk", "")
        for name, texts in (("address", [values.get("address", "")]), ("also", values.get("also") or [])):
            if any(text and not canonical(text, platform) for text in texts):
                self.add_error(
                    name, _("From this nobody can tell which profile it is. Copy the address of the profile itself.")
                )
        return values


class ProfileStateForm(forms.Form):
    """What has become of a profile."""

    state = forms.ChoiceField(label=_("New state"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, label) for key, label in Profile.State.choices if profile.may_move_to(key)]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]
