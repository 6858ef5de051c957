"""Signing in through the organisation: only for accounts that exist, found by a verified mail address."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from treffpunkt.people.queries import by_addresses
from treffpunkt.ui.pages import page

# Some say it in words, and the library hands on what they say.
_TRUE = (True, "true")


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Take the organisation's word for a mail address, and for nothing else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody is made by signing in."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account; the link between both is found anew each time and stored nowhere."""
        verified = [address.email for address in sociallogin.email_addresses if address.verified in _TRUE]
        staff = by_addresses(verified)
        if staff is None:
            raise ImmediateHttpResponse(no_account(request))
        sociallogin.user = staff
        sociallogin.state["process"] = "login"

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Say in our words that it did not work; what the other side said is no business of the page."""
        raise ImmediateHttpResponse(page(request, "web/signin/organisation_failed.html", status=401))


@login_not_required
def no_account(request: HttpRequest) -> HttpResponse:
    """Say that the organisation knows somebody whom we do not."""
    return page(request, "web/signin/no_account.html", status=403)


# The names are those the library looks for.
urlpatterns = [
    path("sign-in/with/<str:provider_id>/", views.login, name="openid_connect_login"),
    path("sign-in/with/<str:provider_id>/back/", views.callback, name="openid_connect_callback"),
]
