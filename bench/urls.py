"""The application's own addresses, and the floor beside them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from treffpunkt.network.models import Space

_PLAIN = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Floor</title></head><body><ul>
{% for pk, name, members in rows %}<li><a href="/{{ pk }}/">{{ name }}</a> {{ members }}</li>
{% endfor %}</ul></body></html>"""
_template = None


def floor(request: HttpRequest) -> HttpResponse:
    """Answer with 25 rows of one indexed query in a plain template: what no page can do without."""
    global _template
    _template = _template or engines["django"].from_string(_PLAIN)
    rows = Space.objects.order_by("sorting", "id").values_list("pk", "name", "members")[:25]
    return HttpResponse(_template.render({"rows": rows}))


urlpatterns = [path("bench/floor/", floor), path("", include("treffpunkt.site.urls"))]
handler400 = "treffpunkt.ui.errors.bad_request"
handler403 = "treffpunkt.ui.errors.forbidden"
handler404 = "treffpunkt.ui.errors.not_found"
handler500 = "treffpunkt.ui.errors.broken"
