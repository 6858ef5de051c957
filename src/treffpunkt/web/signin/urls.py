"""Signing in with a code by mail, and out."""

from __future__ import annotations

from allauth.account.views import AccountInactiveView, ConfirmLoginCodeView, LogoutView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from treffpunkt.web.signin import organisation, second_step
from treffpunkt.web.signin.views import SignInView, invited

_to_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_request_login_code", query_string=True))

# The names are those the library looks for; there is one way in, so two of them lead to the same page.
urlpatterns = [
    path("sign-in/", SignInView.as_view(template_name="web/signin/mail.html"), name="account_request_login_code"),
    path("sign-in/mail/", _to_sign_in, name="account_login"),
    path("sign-in/none/", _to_sign_in, name="account_signup"),
    path(
        "sign-in/code/",
        ConfirmLoginCodeView.as_view(template_name="web/signin/code.html", extra_context={"demo": settings.DEMO}),
        name="account_confirm_login_code",
    ),
    path("sign-in/invited/<str:token>/", invited, name="invited"),
    path("sign-out/", LogoutView.as_view(template_name="web/signin/out.html"), name="account_logout"),
    path(
        "sign-in/closed/",
        AccountInactiveView.as_view(template_name="web/signin/closed.html"),
        name="account_inactive",
    ),
    *second_step.urlpatterns,
    *organisation.urlpatterns,
]
