"""What templates say and draw again and again, worked out once."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.translation import override

from treffpunkt.ui.templatetags.ui import icon


@pytest.mark.parametrize("tag", ['{% icon "plus" %}', "{% icon name %}", '{% icon "plus" "" label="" %}'])
def test_an_icon_is_the_same_however_it_is_named(tag):
    assert Template(tag).render(Context({"name": "plus"})) == icon("plus")


def test_an_icon_named_by_a_variable_follows_it():
    template = Template("{% for name in names %}{% icon name %}{% endfor %}")

    assert template.render(Context({"names": ["plus", "x"]})) == icon("plus") + icon("x")


def test_an_icon_may_be_kept_under_a_name():
    assert Template('{% icon "plus" as drawn %}[{{ drawn }}]').render(Context()) == f"[{icon('plus')}]"


def test_words_are_said_in_the_language_of_each_reader():
    template = Template('{% translate "Save" %}')
    with override("de"):
        german = template.render(Context())
    with override("en"):
        assert (german, template.render(Context())) == ("Speichern", "Save")
