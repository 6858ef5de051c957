"""Before the first passkey or app is added: a fresh code by mail, so that a stolen session makes no way in."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from treffpunkt.people.limits import Limit
from treffpunkt.people.second_step import Adapter, code_field
from treffpunkt.ui.pages import StaffRequest, page

FRESH = 300  # seconds a proof holds, as the library's own do
VALID = 600  # seconds a code holds
_SENT = "fresh_code"  # in the session: the code's hash and when it was sent
_MAILS = Limit("again.mail", 5, 900)
_TRIES = Limit("again.code", 5, VALID)


class FreshCodeForm(forms.Form):
    """The code that has just come by mail."""

    code = code_field(_("The code from the mail"))

    def __init__(self, *args: Any, request: StaffRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_code(self) -> str:
        """Check the code, a few times for each that was sent."""
        code: str = self.cleaned_data["code"]
        known, sent_at = self.request.session.get(_SENT, ("", 0))
        too_often = _TRIES.count(self.request.user.pk, known)
        if too_often or time.time() > sent_at + VALID or not constant_time_compare(_hash(self.request, code), known):
            raise Adapter().validation_error("incorrect_code")
        return code


def needs_proof(request: HttpRequest) -> bool:
    """Say whether somebody without any second step has not just typed a code that came by mail."""
    if not request.user.is_authenticated or get_reauthentication_flows(request.user):
        return False  # nobody yet, or the library asks for the second step itself
    proofs = [one["at"] for one in get_authentication_records(request, request.user) if one.get("method") == "code"]
    return not any(time.time() - at < FRESH for at in proofs)


def prove(request: StaffRequest) -> HttpResponse:
    """Send a code when asked to, and take it."""
    forth = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(forth, allowed_hosts=None):
        forth = reverse("web:settings:access")
    sent = _SENT in request.session
    if request.method == "POST" and "send" in request.POST:
        sent = _send(request)
        form = FreshCodeForm(request=request)
    else:
        form = FreshCodeForm(request.POST or None, request=request)
        if form.is_valid():
            del request.session[_SENT]
            record_authentication(request, request.user, "code", email=request.user.email, reauthenticated=True)
            return redirect(forth)
    return page(request, "web/signin/fresh_code.html", {"form": form, "sent": sent})


def _send(request: StaffRequest) -> bool:
    if _MAILS.count(request.user.pk):
        return _SENT in request.session
    adapter = get_adapter(request)
    code = adapter.generate_login_code()
    request.session[_SENT] = (_hash(request, code), time.time())
    adapter.send_mail("account/email/login_code", request.user.email, {"user": request.user, "code": code})
    return True


def _hash(request: StaffRequest, code: str) -> str:
    plain = "".join(code.split()).replace("-", "").upper()
    return salted_hmac(f"treffpunkt.fresh_code.{request.user.pk}", plain, algorithm="sha256").hexdigest()
