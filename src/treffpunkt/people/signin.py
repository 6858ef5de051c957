"""Signing in with a code by mail: our own texts and our own post instead of the library's mails."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import RequestLoginCodeForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid4

from treffpunkt.journal.services import record
from treffpunkt.people.models import Staff
from treffpunkt.people.services.accounts import arrive
from treffpunkt.people.sessions import DEVICE, device
from treffpunkt.post.services import Receiver, send

# Other reports of the library are untrue (a code was “sent” to an address unknown to us) or go without saying.
_SAID = {
    "mfa/messages/totp_activated.txt": _("The app is set up. After the code by mail it is asked for its own."),
    "mfa/messages/totp_deactivated.txt": _("The app is switched off."),
    "mfa/messages/webauthn_added.txt": _("The passkey is kept. Next time it opens your account without a code."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("These are your new codes. The old ones open nothing any more."),
}


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves, and sign-in codes travel through our post."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by coordination or system administration only."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Open the session, and note which browser it is; whoever was invited has come."""
        super().login(request, user)
        request.session[DEVICE] = device(request.headers.get("User-Agent", ""))
        arrive(staff=user)

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Keep out whoever was invited too long ago."""
        if user.invitation_ran_out:
            shut: HttpResponse = self.respond_user_inactive(request, user)
            return shut
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        message: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Say in our words what the library reports, and nothing where the page itself says it better."""
        said = message or _SAID.get(message_template or "")
        if said:
            super().add_message(request, level, None, *args, message=str(said), **kwargs)

    def send_notification_mail(self, template_prefix: str, user: Staff, *args: Any, **kwargs: Any) -> None:
        """Write to the account's owner that the ways to sign in have changed, and note it in the journal."""
        record(user, "staff.second_step_changed", user)
        send(
            "people/changed",
            to=Receiver(kind=user.kind, id=UUID(str(user.pk)), mail=user.email),
            language=user.language,
            occasion=f"second-step:{uuid4()}",
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the sign-in code for its account; the code itself is gone once delivered."""
        staff = context.get("user") or Staff.objects.filter(email__iexact=email, is_active=True).first()
        if staff is None or "code" not in context or staff.invitation_ran_out:
            return
        send(
            "people/code",
            to=Receiver(kind=staff.kind, id=UUID(str(staff.pk)), mail=staff.email),
            language=staff.language,
            secret={"code": str(context["code"])},
            occasion=f"code:{uuid4()}",
        )


class RequestCodeForm(RequestLoginCodeForm):
    """Ask for the mail address of the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)
