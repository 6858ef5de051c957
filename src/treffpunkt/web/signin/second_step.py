"""The library's pages of passkeys, app and recovery codes, in our dress."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.generic import RedirectView

from treffpunkt.web.signin.fresh_code import needs_proof, prove

T = "web/signin/"


class _Proved:
    """Whoever has just made a passkey or typed the app's code need not show again that it is them."""

    request: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask for a fresh code by mail where there is no second step yet that could be asked for."""
        if needs_proof(request):
            return redirect(f"{reverse('prove')}?{urlencode({'next': request.path})}")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def form_valid(self, form: Any) -> HttpResponse:
        """Note the proof before the recovery codes are shown."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        record_authentication(self.request, self.request.user, "mfa", reauthenticated=True)
        return response


class AddPasskeyView(_Proved, webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Make a passkey."""


class SetUpAppView(_Proved, totp.ActivateTOTPView):  # type: ignore[misc]
    """Set the app up."""


_overview = RedirectView.as_view(pattern_name="web:settings:access")

# The names are those the library looks for.
urlpatterns = [
    path("sign-in/second/", base.AuthenticateView.as_view(template_name=T + "second.html"), name="mfa_authenticate"),
    path(
        "sign-in/passkey/",
        login_not_required(webauthn.LoginWebAuthnView.as_view()),
        name="mfa_login_webauthn",
    ),
    path("again/", ReauthenticateView.as_view(template_name=T + "again.html"), name="account_reauthenticate"),
    path("again/mail/", prove, name="prove"),
    path("again/code/", base.ReauthenticateView.as_view(template_name=T + "again.html"), name="mfa_reauthenticate"),
    path(
        "again/passkey/",
        webauthn.ReauthenticateWebAuthnView.as_view(template_name=T + "again_passkey.html"),
        name="mfa_reauthenticate_webauthn",
    ),
    path("settings/access/ways/", _overview, name="mfa_index"),
    path("settings/access/passkeys/", _overview, name="mfa_list_webauthn"),
    path(
        "settings/access/passkeys/add/",
        AddPasskeyView.as_view(template_name=T + "passkey_add.html"),
        name="mfa_add_webauthn",
    ),
    path(
        "settings/access/passkeys/<int:pk>/",
        webauthn.EditWebAuthnView.as_view(template_name=T + "passkey_edit.html"),
        name="mfa_edit_webauthn",
    ),
    path(
        "settings/access/passkeys/<int:pk>/remove/",
        webauthn.RemoveWebAuthnView.as_view(template_name=T + "passkey_remove.html"),
        name="mfa_remove_webauthn",
    ),
    path(
        "settings/access/app/",
        SetUpAppView.as_view(template_name=T + "app_add.html"),
        name="mfa_activate_totp",
    ),
    path(
        "settings/access/app/off/",
        totp.DeactivateTOTPView.as_view(template_name=T + "app_remove.html"),
        name="mfa_deactivate_totp",
    ),
    path(
        "settings/access/codes/",
        codes.ViewRecoveryCodesView.as_view(template_name=T + "codes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "settings/access/codes/new/",
        codes.GenerateRecoveryCodesView.as_view(template_name=T + "codes_new.html"),
        name="mfa_generate_recovery_codes",
    ),
    path("settings/access/codes/file/", codes.DownloadRecoveryCodesView.as_view(), name="mfa_download_recovery_codes"),
]
