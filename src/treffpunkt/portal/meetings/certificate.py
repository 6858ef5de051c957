"""A certificate of attendance for whoever was there, under the name she types; the name is kept nowhere."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from treffpunkt.core.text import tidy
from treffpunkt.meetings import outside, pdf
from treffpunkt.meetings.certificate import certificate, may_have
from treffpunkt.people.limits import Limit
from treffpunkt.portal.door import Guest, behind_link, closed, render, speak

PER_LINK = Limit("certificates.link", 20, 3600)


class CertificateForm(forms.Form):
    """The name on the certificate, and whether it says what the meeting was about."""

    name = forms.CharField(
        label=gettext_lazy("Your name, as it shall stand there"),
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    with_topics = forms.BooleanField(
        label=gettext_lazy("Say what the meeting was about"),
        help_text=gettext_lazy("Otherwise neither topic nor group stands on it."),
        required=False,
    )

    def clean_name(self) -> str:
        """Take out what nobody can see; refuse letters that the document could not show."""
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Please enter a name."))
        if not pdf.can_write(name):
            raise forms.ValidationError(_("We cannot print some of these letters. Please write the name in others."))
        return name


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link("invitation", "minutes")
def shown(guest: Guest) -> HttpResponse:
    """Ask for the name, or give the certificate."""
    invited = outside.invitation_of_holder(guest.by)
    if invited is None:
        return closed(guest.request)
    if guest.is_elsewhere:
        return redirect(guest.url("about_you"))
    with speak(guest.chosen["lang"] or invited.language):
        form = CertificateForm(guest.request.POST or None)
        there = may_have(invited)
        if there and form.is_valid():
            if not PER_LINK.count(guest.link.pk):
                return _document(guest, certificate(
                    invited, language=translation.get_language() or "en", style=guest.digits, **form.cleaned_data
                ))  # fmt: skip
            form.add_error(None, _("That was very fast. Please wait a moment before you write again."))
        context = {
            "title": _("Certificate of attendance"),
            "form": form,
            "there": there,
            "language_links": guest.language_links("certificate"),
        }
        return render(guest, "portal/meetings/certificate.html", context)


def _document(guest: Guest, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="treffpunkt.pdf"'
    response["Cache-Control"] = "no-store"
    guest.remember_answer(response)
    return response
