"""Every address of the house: staff pages at the root, the other faces below their own names."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("treffpunkt.web.signin.urls")),
    path("", include("treffpunkt.web.urls")),
    path("l/", include("treffpunkt.portal.urls")),
    path("", include("treffpunkt.public.urls")),
    path("", include("treffpunkt.ui.urls")),
]

handler400 = "treffpunkt.ui.errors.bad_request"
handler403 = "treffpunkt.ui.errors.forbidden"
handler404 = "treffpunkt.ui.errors.not_found"
handler429 = "treffpunkt.ui.errors.too_many"
handler500 = "treffpunkt.ui.errors.broken"
