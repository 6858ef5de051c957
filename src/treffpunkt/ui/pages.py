"""One answer for two askers: the whole page for a browser, one part of it for HTMX."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import BaseForm, BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string, select_template
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from treffpunkt.core import prepared

if TYPE_CHECKING:
    from treffpunkt.people.models import Staff

M = TypeVar("M", bound=Model)

_PART = re.compile(r"[a-z][a-z0-9-]{0,40}\Z")


class StaffRequest(HttpRequest):
    """A request of somebody signed in."""

    user: Staff


def one_or_404(write: Callable[..., QuerySet[M, Any]], *values: Any) -> M:
    """Fetch the one row of a prepared query, or answer 404: see `core.prepared.rows`."""
    found: M | None = prepared.first(write, *values)
    if found is None:
        raise Http404
    return found


def wanted_part(request: HttpRequest) -> str:
    """Name the part of the page HTMX will put in place; empty where it wants the whole page."""
    headers = request.headers
    if headers.get("HX-Request") != "true" or headers.get("HX-Boosted") or headers.get("HX-History-Restore-Request"):
        return ""
    target = headers.get("HX-Target", "")
    return target if _PART.match(target) else ""


def own_address(wanted: str) -> str:
    """Give the address of ours that a form names to go back to; empty where it is anything else."""
    ours = wanted.startswith("/") and wanted.isprintable() and len(wanted) < 1000
    return wanted if ours and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int | None = None,
) -> HttpResponse:
    """Answer with the page, or with the part that HTMX asks for; 422 when a form in it has errors.

    The part `list` of `web/network/spaces.html` is the file `web/network/spaces__list.html`, which the
    page includes. A page without such a file answers whole, and HTMX picks what `hx-select` names.
    """
    values = dict(context or {})
    part = wanted_part(request)
    if status is None:
        status = 422 if any(_has_errors(value) for value in values.values()) else 200
    names = [template.removesuffix(".html") + f"__{part}.html", template] if part else [template]
    chosen = select_template(names)
    html = chosen.render(values, request)
    if part and chosen.template.name != template and messages.get_messages(request):
        html += render_to_string("ui/_toasts.html", {"out_of_band": True}, request)
    response = HttpResponse(html, status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def _has_errors(value: object) -> bool:
    if isinstance(value, BaseForm):
        return value.is_bound and bool(value.errors)
    if isinstance(value, BaseFormSet):
        return value.is_bound and (bool(value.total_error_count()))
    return False
