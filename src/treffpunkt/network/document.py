"""What is stored about a person as a document to keep: one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from treffpunkt.core.clock import today
from treffpunkt.core.text import language_direction
from treffpunkt.network.stored import WITH_NAME, Category, day

_LOOK = (
    "body{font:1rem/1.5 'Noto Sans',system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "h1{line-height:1.2}h2{margin-block:2rem .25rem;font-size:1.15rem}"
    "table{border-collapse:collapse;width:100%}th,td{padding:.4rem .6rem;border-bottom:1px solid #ddd;"
    "text-align:start;vertical-align:top;overflow-wrap:anywhere}th{width:12rem;font-weight:600}"
    "p{margin-block:.25rem}.quiet{color:#555;font-size:.9rem}"
)


def document(categories: Sequence[Category]) -> str:
    """Write the document in the language spoken."""
    language = translation.get_language() or "en"
    return format_html(
        '<!doctype html>\n<html lang="{}" dir="{}">\n<head><meta charset="utf-8"><title>{}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><style>{}</style></head>\n'
        "<body>\n<h1>{}</h1>\n<p>{}</p>\n{}\n</body>\n</html>\n",
        language,
        language_direction(language),
        _("What we have stored about you"),
        SafeString(_LOOK),
        _("What we have stored about you"),
        _("%(network)s, on %(day)s") % {"network": settings.NETWORK_NAME, "day": day(today())},
        format_html_join("\n", "{}", ((_section(one),) for one in categories)),
    )


def _section(one: Category) -> SafeString:
    facts = (
        (_("What for"), one.purpose),
        (_("Legal basis"), one.basis),
        (_("Where from"), one.source),
        (_("Kept until"), day(one.until) if one.until else WITH_NAME),
    )
    return format_html(
        "<section><h2>{}</h2>\n{}\n<table>{}</table></section>",
        one.title,
        format_html_join("\n", '<p class="quiet">{}: {}</p>', facts),
        format_html_join("\n", '<tr><th scope="row"><bdi>{}</bdi></th><td dir="auto">{}</td></tr>', one.lines),
    )
