"""Scripts that a browser keeps to work without a connection: each sees the pages below its own address, no others."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse


def worker_script(name: str) -> HttpResponse:
    """Give a built script by its name, asked for anew each time; 404 where it is not built."""
    response = HttpResponse(_script(name), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _script(name: str) -> str:
    found = finders.find(f"ui/built/{name}.js")
    if not found:
        raise Http404
    return Path(str(found)).read_text()
