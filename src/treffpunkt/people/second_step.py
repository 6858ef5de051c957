"""Passkeys, authenticator app and recovery codes: our words and our post around the library's checks."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from cryptography.fernet import Fernet, InvalidToken
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.people.limits import Limit
from treffpunkt.people.models import Staff
from treffpunkt.people.sessions import device

# A code of the app holds for half a minute and a little; nobody uses it twice, whichever process is asked.
_USED = Limit("totp.used", 1, 120)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Name things as our pages do, and keep the app's secret encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That did not fit. Please try again."),
    }

    def get_totp_label(self, user: Staff) -> str:
        """Name the account in the app."""
        return user.email

    def _get_site_name(self) -> str:
        return "Treffpunkt"

    def encrypt(self, text: str) -> str:
        """Encrypt with a key from the installation's secret, so that a dump alone opens nothing."""
        return _key().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read what `encrypt` wrote; after a change of the installation's secret no code fits any more."""
        try:
            return _key().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def generate_authenticator_name(self, user: Staff, type: Any) -> str:
        """Propose the device as the passkey's name."""
        return device(context.request.headers.get("User-Agent", "")) or _("Passkey")


def _key() -> Fernet:
    digest = hashlib.sha256(b"treffpunkt.second_step" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def code_field(label: Any) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "autofocus": True}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attributes))


class _Once:
    """Take each code of the app only once."""

    authenticator: Authenticator
    user: Staff

    def clean_code(self) -> str:
        """Check the code, and that it was not used before."""
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and _USED.count(self.user.pk, code):
            raise Adapter().validation_error("incorrect_code")
        return code


class SetUpAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of the app proves that it is set up."""

    code = code_field(gettext_lazy("Code the app shows"))


class CodeForm(_Once, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    code = code_field(gettext_lazy("Code of the app, or a recovery code"))


class CodeAgainForm(_Once, ReauthenticateForm):  # type: ignore[misc]
    """The second step again, before it is changed."""

    code = code_field(gettext_lazy("Code of the app, or a recovery code"))


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey: what the browser made, and a name."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=60, required=False,
        help_text=gettext_lazy("So that you know it again in the list."),
    )  # fmt: skip
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True, required=False)


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
