"""Signing in with a code by mail: our own texts and our own post instead of the library's mails."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import RequestLoginCodeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid4

from treffpunkt.people.models import Staff
from treffpunkt.post.services import Receiver, send


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves, and sign-in codes travel through our post."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by coordination or system administration only."""
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say nothing the page itself says better, and that may be untrue (sent) or in the wrong language."""
        if message_template not in {"account/messages/login_code_sent.txt", "account/messages/logged_in.txt"}:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the sign-in code for its account; the code itself is gone once delivered."""
        staff = context.get("user") or Staff.objects.filter(email__iexact=email, is_active=True).first()
        if staff is None or "code" not in context:
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
