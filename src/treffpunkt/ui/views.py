"""The kit's own pages: choosing a language, and the style guide."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from treffpunkt.people.models import Staff
from treffpunkt.people.services import change_settings
from treffpunkt.ui import styleguide as guide
from treffpunkt.ui.pages import page


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of a language: in the account, else in a cookie."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    user = request.user
    if isinstance(user, Staff) and chosen in settings.STAFF_LANGUAGES:
        change_settings(by=user, name=user.name, language=chosen, time_zone=user.time_zone, theme=user.theme)
    if chosen in settings.OUTSIDE_LANGUAGES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=settings.LANGUAGE_COOKIE_AGE or 180 * 24 * 3600,
            path=settings.LANGUAGE_COOKIE_PATH, secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True, samesite="Lax",
        )  # fmt: skip
    return response


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component of the kit; only while developing and in the demo."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False) or getattr(settings, "TESTING", False)):
        raise Http404
    response = page(request, "ui/styleguide.html", guide.context(request) | {"here": reverse("ui:styleguide")})
    response["X-Robots-Tag"] = "noindex"
    return response
