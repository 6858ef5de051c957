"""How long things are kept: shown to everybody on the staff, chosen by coordination."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from treffpunkt.core.errors import require
from treffpunkt.retention import rules
from treffpunkt.retention.periods import PERIODS
from treffpunkt.retention.queries import lines
from treffpunkt.retention.services import set_periods
from treffpunkt.ui.pages import StaffRequest, page


class RetentionForm(forms.Form):
    """A number for each period."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for period in PERIODS:
            widget = forms.NumberInput(attrs={"class": "input w-full"})
            self.fields[period.key] = forms.IntegerField(
                label=period.title,  # type: ignore[arg-type]
                min_value=period.least,
                max_value=period.most,
                widget=widget,
            )


def retention(request: StaffRequest) -> HttpResponse:
    """Show every period with what its last round took, and take other numbers."""
    require(rules.may_see(request.user))
    shown = lines()
    if request.method == "POST":
        require(rules.may_change(request.user))
    form = RetentionForm(request.POST or None, initial={line.period.key: line.number for line in shown})
    if form.is_valid():
        set_periods(by=request.user, numbers=form.cleaned_data)
        messages.success(request, _("The periods are kept. They hold from tonight."))
        return redirect("web:settings:retention")
    return page(
        request,
        "web/settings/retention.html",
        {
            "form": form,
            "lines": [(line, form[line.period.key]) for line in shown],
            "may_change": rules.may_change(request.user),
        },
    )
