"""The radar: what is wrong with our access, worst first, each with its remedy; and from when on it speaks."""

from __future__ import annotations

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from treffpunkt.agreements import rules
from treffpunkt.agreements.health import radar
from treffpunkt.agreements.health.limits import days
from treffpunkt.agreements.services.thresholds import set_thresholds
from treffpunkt.agreements.services.watching import make_task
from treffpunkt.core.errors import require
from treffpunkt.ui.pages import StaffRequest, own_address, page
from treffpunkt.web.access.finding import LIMITS_KEY, chosen, counted, limits, rows
from treffpunkt.web.access.forms import ThresholdsForm
from treffpunkt.web.network.answering import sent, tried

# As many of each kind are read, and as many rows shown.
OF_EACH, SHOWN = 100, 60


@require_safe
def health(request: StaffRequest) -> HttpResponse:
    """Show the radar; three queries besides those of every page."""
    by = request.user
    require(rules.may_watch(by))
    found = radar(by, limits(), most=OF_EACH)
    kind = request.GET.get("kind", "")
    kinds = counted(found)
    if kind in {key for key, _title, _number in kinds}:
        found = [one for one in found if one.kind == kind]
    else:
        kind = ""
    context = {
        "rows": list(rows(found[:SHOWN])),
        "kinds": kinds,
        "kind": kind,
        "most": OF_EACH,
        "more": len(found) > SHOWN,
        "may_set": rules.may_set_thresholds(by),
    }
    return page(request, "web/access/health.html", context)


@require_POST
def remedy(request: StaffRequest) -> HttpResponse:
    """Make the task of a finding, in one tap."""
    by = request.user
    require(rules.may_watch(by))
    finding = chosen(radar(by, limits(), most=OF_EACH), request.POST.get("finding") or request.GET.get("finding", ""))
    if finding is None:
        messages.success(request, _("This has settled itself in the meantime."))
    else:
        made = make_task(by=by, finding=finding)
        messages.success(request, _("The task is made.") if made.state == "open" else _("Saved."))
    return redirect(own_address(request.POST.get("next", "")) or reverse("web:access:health"))


def thresholds(request: StaffRequest) -> HttpResponse:
    """Say from how many days on the radar speaks of something."""
    by = request.user
    require(rules.may_set_thresholds(by))
    form = ThresholdsForm(sent(request), initial=dict(days()))
    if form.is_valid():
        values = dict(form.cleaned_data)
        if tried(form, lambda: (set_thresholds(by=by, days=values), True)[1]):
            cache.delete(LIMITS_KEY)
            messages.success(request, _("Saved."))
            return redirect("web:access:health")
    return page(request, "web/access/thresholds.html", {"form": form})
