"""`{% url %}`, `{% translate %}` and `{% icon %}` as they always are, but what never changes is worked out once.

A long page looks up an address and says the same word in every row; Django works each of them out anew.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Parser, Token, Variable
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from treffpunkt.ui.templatetags import ui
from treffpunkt.ui.templatetags.ui import icon

register = template.Library()

_ANY = UUID(int=0)
_drawn: Any = ui.register.tags["icon"]


class KeptURL(URLNode):
    """The address of a page without parameters, or of one record's page."""

    def render(self, context: template.Context) -> str:
        """Fill the record's id into the address of its kind; anything else is left to Django."""
        if self.kwargs or self.asvar or len(self.args) > 1:
            return super().render(context)
        given = [argument.resolve(context) for argument in self.args]
        if given and type(given[0]) is not UUID:
            return super().render(context)
        urls = str(get_urlconf() or settings.ROOT_URLCONF)
        kept = address(str(self.view_name.resolve(context)), bool(given), urls, get_script_prefix())
        return mark_safe(kept.replace(str(_ANY), str(given[0])) if given else kept)


@lru_cache(maxsize=512)
def address(name: str, of_record: bool, urls: str, prefix: str) -> str:
    """Look an address up; for a record's page with a place for its id. Raises NoReverseMatch."""
    return reverse(name, urlconf=urls, args=[_ANY] if of_record else [])


class Kept(template.Node):
    """What Django need not watch over while it is rendered: nothing in it can fail that is worth a place in the page."""

    def render_annotated(self, context: template.Context) -> str:
        """Render without noting where an error came from."""
        return self.render(context)


class KeptIcon(Kept):
    """An icon whose name stands in the template."""

    def __init__(self, words: list[str]) -> None:
        self.words = words

    def render(self, _context: template.Context) -> SafeString:
        """Draw it."""
        return icon(*self.words)


class KeptWords(Kept):
    """Words that stand in the template itself, in each language that was asked for."""

    def __init__(self, node: TranslateNode) -> None:
        self.node = node
        self.said: dict[str | None, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        """Say the words in the reader's language."""
        language = get_language()
        said = self.said.get(language)
        if said is None:
            said = self.said[language] = mark_safe(self.node.render(context))
        return said


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """`{% url "web:meetings:detail" meeting.pk %}`"""
    node = django_url(parser, token)
    return KeptURL(node.view_name, node.args, node.kwargs, node.asvar)


@register.tag("translate")
def translate(parser: Parser, token: Token) -> template.Node:
    """`{% translate "Save" %}`; with a variable, a filter or `as` it is Django's own."""
    node = do_translate(parser, token)
    return KeptWords(node) if _stands_here(node) else node


@register.tag("icon")
def kept_icon(parser: Parser, token: Token) -> template.Node:
    """`{% icon "plus" %}`; with a variable it is drawn anew each time."""
    node = _drawn(parser, token)
    given = [] if node.kwargs or node.target_var else node.args
    literal = [str(one.var) for one in given if not one.filters and not isinstance(one.var, Variable)]
    return KeptIcon(literal) if given and len(literal) == len(given) else node


def _stands_here(node: Any) -> bool:
    words = node.filter_expression
    return (
        isinstance(words, FilterExpression)
        and not words.filters
        and not node.asvar
        and not node.noop
        and getattr(words.var, "literal", None) is not None
        and (node.message_context is None or not getattr(node.message_context.var, "lookups", None))
    )
