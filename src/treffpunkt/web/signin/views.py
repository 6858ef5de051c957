"""The page on which staff ask for a code."""

from __future__ import annotations

from typing import Any

from allauth.account.views import RequestLoginCodeView
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect

from treffpunkt.people.queries import active_staff


class SignInView(RequestLoginCodeView):  # type: ignore[misc]
    """Ask for the mail address; in the demo, name the accounts of the demo story."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's accounts, in the demo only."""
        demo = active_staff().order_by("created_at")[:8] if settings.DEMO else []
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_accounts": demo}

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponseRedirect | None:
        # Whoever mistyped the address must get out of waiting for a code that never comes.
        if request.method == "POST" or "other" in request.GET:
            return None
        redirect: HttpResponseRedirect | None = super()._redirect_to_pending_stage(request, stage)
        return redirect
