"""What views share when a service says no."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError, Stale
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.network.services.spaces import KnownSpace
from treffpunkt.web.network.forms.base import RecordForm
from treffpunkt.web.rows import address_of

T = TypeVar("T")


def sent(request: HttpRequest) -> QueryDict | None:
    """Give what was typed: nothing where the page is only being opened."""
    return request.POST if request.method == "POST" else None


def tried(form: forms.BaseForm, act: Callable[[], T], *, stale: bool = True) -> T | None:
    """Do it, or write on the form why it could not be done; nothing that was typed is lost.

    Without `stale` the caller hears of Stale itself.
    """
    try:
        return act()
    except PersonalDataFound:
        raise  # the view shows where, and asks
    except Stale as error:
        if not stale:
            raise
        if isinstance(form, RecordForm):
            form.show_stale(error)
        else:
            form.add_error(None, str(error.message))
    except KnownSpace as error:
        form.add_error("address" if "address" in form.fields else None, _known(error))
    except DomainError as error:
        form.add_error(None, str(error.message))
    return None


def _known(error: KnownSpace) -> str:
    if error.space_id is None:
        return str(error.message)
    return format_html(
        '{} <a class="link" href="{}">{}</a>',
        str(error.message),
        address_of("web:network:space") % error.space_id,
        _("Open it"),
    )
