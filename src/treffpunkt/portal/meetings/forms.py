"""What a guest may send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from treffpunkt.core import prepared
from treffpunkt.core.dates import digits, spoken_languages
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.core.text import tidy
from treffpunkt.meetings.models import Invitation, Meeting, Needs
from treffpunkt.vocabulary.models import Language

LANGUAGES_OFFERED = 60
CHILDREN = range(6)


class AnswerForm(forms.Form):
    """An answer to an invitation, whom the guest brings, what she needs, and what she wants us to know."""

    # Whether her words may tell who somebody is, so that she is asked.
    asks_to_keep = False

    answer = forms.ChoiceField(
        choices=[
            ("accepted", _("Yes, I am coming")),
            ("tentative", _("Maybe")),
            ("declined", _("I cannot come")),
        ]
    )
    companions = forms.BooleanField(
        label=_("I bring one person"), help_text=_("We do not need to know who it is."), required=False
    )
    interpreting = forms.ChoiceField(label=_("Interpreting into my language"), required=False)
    children = forms.ChoiceField(label=_("Child care: how many children?"), required=False)
    sign_language = forms.BooleanField(label=_("Sign language"), required=False)
    step_free = forms.BooleanField(label=_("A way without steps"), required=False)
    other = forms.CharField(
        label=_("Something else that helps you to take part"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    keep = forms.BooleanField(label=_("Send it as it stands"), required=False)
    remark = forms.CharField(
        label=_("Is there something we should know?"),
        help_text=_("For example a question you would like to talk about."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, invited: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting = invited.meeting
        if not invited.may_bring:
            del self.fields["companions"]
        if meeting.form == Meeting.Form.ONLINE:
            del self.fields["children"], self.fields["step_free"]
        else:
            none = pgettext_lazy("child care", "none")
            self.fields["children"].choices = [(n, str(n) if n else none) for n in CHILDREN]  # type: ignore[attr-defined]
        rows = [row for row in prepared.rows(_languages) if row[0] not in meeting.languages][:LANGUAGES_OFFERED]
        offered = sorted(rows, key=lambda row: row[1].casefold())
        self.fields["interpreting"].choices = [("", _("not needed")), *offered]  # type: ignore[attr-defined]

    def clean_remark(self) -> str:
        """Take out what nobody can see."""
        return tidy(self.cleaned_data["remark"], lines=True)

    def clean_other(self) -> str:
        """Take out what nobody can see."""
        return tidy(self.cleaned_data["other"])

    def needs(self) -> dict[str, Any]:
        """Give what the service takes."""
        names = ("interpreting", "children", "sign_language", "step_free", "other")
        given = {name: self.cleaned_data[name] for name in names if name in self.fields}
        if "children" in given:
            given["children"] = int(given["children"] or 0)
        return given | {"keep_findings": self.cleaned_data["keep"]}

    def company(self, *, added: bool) -> int | None:
        """Give whom she brings; where she cannot see what she said before, an empty box says nothing."""
        if "companions" not in self.fields:
            return None
        return 1 if self.cleaned_data["companions"] else (None if added else 0)

    def show_findings(self, error: PersonalDataFound) -> None:
        """Ask about words that may tell who somebody is."""
        words = ", ".join(one.of(self.cleaned_data["other"]) for one in error.findings)
        self.asks_to_keep = True
        self.add_error(
            "other",
            _("This may tell who somebody is: %(words)s. Please leave it out, or send it as it stands.")
            % {"words": words},
        )

    @property
    def has_needs(self) -> bool:
        """Say whether something stands in one of these fields, or is wrong with it."""
        return any(field.errors or field.value() not in ("", "0", 0, None, False) for field in self.asks_for_needs)

    @property
    def asks_for_needs(self) -> list[Any]:
        """List the fields about needs, for the page."""
        names = ("interpreting", "children", "sign_language", "step_free", "other")
        return [self[name] for name in names if name in self.fields]


def _languages() -> QuerySet[Language, tuple[str, str]]:
    return Language.objects.order_by("position", "tag").values_list("tag", "own_name")


def initial(invited: Invitation, needs: Needs | None) -> dict[str, Any]:
    """Give what a guest said before as the initial values of the form."""
    found: dict[str, Any] = {"remark": invited.remark, "companions": bool(invited.companions)}
    if needs:
        names = ("interpreting", "children", "sign_language", "step_free", "other")
        found |= {name: getattr(needs, name) for name in names}
    return found


def said(needs: Needs, language: str, digits_style: str) -> list[str]:
    """Say in her language what a guest needs."""
    number = digits(needs.children, language, digits_style)
    children = ngettext("Child care: %(count)s child", "Child care: %(count)s children", needs.children)
    interpreting = spoken_languages([needs.interpreting], language) if needs.interpreting else ""
    parts = (
        gettext("Interpreting into %(language)s") % {"language": interpreting} if interpreting else "",
        children % {"count": number} if needs.children else "",
        gettext("Sign language") if needs.sign_language else "",
        gettext("A way without steps") if needs.step_free else "",
        needs.other,
    )
    return [part for part in parts if part]
