"""The page on which staff ask for a code, and the one that opens a new account."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import RequestLoginCodeView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from treffpunkt.links.services import LinkClosed, find
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import active_staff, invited_by_link
from treffpunkt.people.services.accounts import INVITATION
from treffpunkt.ui.pages import page


class SignInView(RequestLoginCodeView):  # type: ignore[misc]
    """Ask for the mail address; in the demo, name the accounts of the demo story."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's accounts, in the demo only."""
        people = list(active_staff().order_by("created_at")[:8]) if settings.DEMO else []
        context: dict[str, Any] = super().get_context_data(**kwargs)
        name = settings.OIDC_NAME
        url = reverse("openid_connect_login", args=["organisation"]) if name else ""
        return context | {
            "demo_accounts": people,
            "story_is_told": settings.DEMO and not people,
            "organisation": {"name": name, "url": url} if name else None,
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Let the page look again and again until the people of the demo story are there."""
        response: HttpResponse = super().render_to_response(context, **kwargs)
        if context["story_is_told"]:
            response["Refresh"] = "2"
        return response

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponseRedirect | None:
        # Whoever mistyped the address must get out of waiting for a code that never comes.
        if request.method == "POST" or "other" in request.GET:
            return None
        redirect: HttpResponseRedirect | None = super()._redirect_to_pending_stage(request, stage)
        return redirect


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Open a new account through the link of its invitation: once, and only when a person asks for it."""
    staff = _invited(token)
    if staff is None:
        return page(request, "web/signin/invited.html", {"open": False}, status=410)
    if request.method == "POST":
        record_authentication(request, staff, method="code", email=staff.email)
        response: HttpResponse = perform_login(request, Login(user=staff, email=staff.email))
        return response
    with translation.override(staff.language):
        return page(request, "web/signin/invited.html", {"open": True})


def _invited(token: str) -> Staff | None:
    try:
        link = find(token, INVITATION)
    except LinkClosed:
        return None
    return invited_by_link(link.subject_id)
