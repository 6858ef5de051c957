"""What is noted by hand: an agreement on paper or in a chat, an answer, the next review, a successor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from treffpunkt.agreements import rules
from treffpunkt.agreements.looking import MOST, kind_of
from treffpunkt.agreements.models import Agreement, Signature
from treffpunkt.core import clock
from treffpunkt.core.agent import Agent
from treffpunkt.core.text import tidy


class FileField(forms.FileField):
    """A picture or a plain PDF, known by its content; gives the bytes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})
        )
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> bytes | None:  # type: ignore[override]
        """Read the file, or say why it is not taken."""
        found: Any = super().clean(data, initial)
        if not found:
            return None
        if (found.size or 0) > MOST:
            raise forms.ValidationError(_("The file is larger than %(size)s MB.") % {"size": MOST // 2**20})
        content: bytes = found.read()
        if not kind_of(content):
            raise forms.ValidationError(
                _("Only pictures (JPEG, PNG, WebP) and plain PDF files are kept, nothing that can act.")
            )
        return content


class AgreedForm(forms.Form):
    """That somebody agreed on paper or in a chat."""

    way = forms.ChoiceField(
        label=_("How"),
        choices=[(Signature.Way.PAPER, _("on paper")), (Signature.Way.CHAT, _("in a chat"))],
        widget=forms.RadioSelect,
        initial=Signature.Way.PAPER,
    )
    name = forms.CharField(label=_("Signed as"), max_length=120, help_text=_("A name or a handle, as they chose it."))
    at = forms.DateTimeField(label=_("When"), widget=forms.DateTimeInput, initial=clock.now)
    quote = forms.CharField(
        label=_("Their words in the chat"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    evidence = FileField(
        label=_("Scan, or a picture of the chat"), required=False,
        help_text=_("JPEG, PNG, WebP or a plain PDF, up to 10 MB. Only those who work on the agreement see it."),
    )  # fmt: skip

    def clean_name(self) -> str:
        """Take out what nobody can see."""
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Please choose a name or a handle."))
        return name

    def clean(self) -> dict[str, Any]:
        """Ask for what shows it: the scan of a paper, words or a picture of a chat; in the past."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("at") and values["at"] > clock.now():
            self.add_error("at", _("That day is still to come."))
        elif values.get("at") and values["at"].year < 2000:
            self.add_error("at", _("This day lies too far away."))
        if "evidence" in self.errors:
            return values
        if values.get("way") == Signature.Way.PAPER and not values.get("evidence"):
            self.add_error("evidence", _("Please add the scan of the signed paper."))
        if values.get("way") == Signature.Way.CHAT and not (values.get("quote") or values.get("evidence")):
            self.add_error("quote", _("Please add their words, or a picture of the chat."))
        return values


class EvidenceForm(forms.Form):
    """One more file that shows that something was agreed."""

    evidence = FileField(
        label=_("File"),
        help_text=_("JPEG, PNG, WebP or a plain PDF, up to 10 MB. Only those who work on the agreement see it."),
    )


class AnswerForm(forms.Form):
    """Our answer to a question or a proposal."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7, required=False)
    text = forms.CharField(
        label=_("Your answer, in their language"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_text(self) -> str:
        """Take out what nobody can see."""
        text = tidy(self.cleaned_data["text"], lines=True)
        if not text:
            raise forms.ValidationError(_("Nothing has been written yet."))
        return text


class ReviewForm(forms.Form):
    """That it still suits, and when it is looked at next."""

    next_on = forms.DateField(label=_("Look at it again on"), widget=forms.DateInput)

    def clean_next_on(self) -> Any:
        """A day to come."""
        day = self.cleaned_data["next_on"]
        if day <= clock.today():
            raise forms.ValidationError(_("The next time lies in the past."))
        return day


class EndForm(forms.Form):
    """Ending it from our side."""

    tell = forms.BooleanField(label=_("Write to them that it has ended"), required=False, initial=True)


class ReplaceForm(forms.Form):
    """Another agreement that takes its place."""

    successor = forms.ModelChoiceField(Agreement.objects.none(), label=_("The agreement that takes its place"))

    def __init__(self, *args: Any, by: Agent, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = rules.viewable(by).filter(state=Agreement.State.IN_FORCE).exclude(pk=agreement.pk)
        if agreement.spaces.exists():
            rows = rows.filter(spaces__in=agreement.spaces.all())
        field = self.fields["successor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Agreement.objects.filter(pk__in=rows.values("pk")).order_by("sorting", "id")
