"""A contact in two taps: what the sheet offers, and how the second tap is taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from treffpunkt.network.models import Actor, Contact
from treffpunkt.network.services.taking_back import Before, before
from treffpunkt.ui.pages import StaffRequest
from treffpunkt.ui.templatetags.ui import day

# In the session: what was logged last, and how the person stood before. It goes with the session.
_LAST = "contact"


def standing_before(record: Any) -> Before | None:
    """Remember how somebody stands before a contact is logged; of a group or organisation nothing changes."""
    return before(record) if isinstance(record, Actor) else None


def say_logged(request: StaffRequest, contact: Contact, was: Before | None) -> None:
    """Say that it is logged, when the next contact is due, and offer to take it back."""
    said: Any = _("The contact is logged.")
    undo = ""
    if was is not None and contact.actor_id is not None:
        actor = Actor.objects.get(pk=contact.actor_id)
        if actor.next_touch:
            said = format_html("{} {}", said, format_html(_("Next contact: {}."), day(actor.next_touch)))
        if actor.version == was.version + 1:
            request.session[_LAST] = {"id": str(contact.pk), **was.plain()}
            undo = f"undo:{reverse('web:network:take_back')}"
    messages.success(request, said, extra_tags=undo)


def last_logged(request: StaffRequest) -> tuple[Contact, Before] | None:
    """Give what was logged last on this device, and how the person stood before; once."""
    kept = request.session.pop(_LAST, None)
    if not isinstance(kept, dict):
        return None
    contact = Contact.objects.filter(pk=kept.pop("id"), staff=request.user).first()
    return (contact, Before(**kept)) if contact is not None else None
