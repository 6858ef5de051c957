"""Numbers, times, names and fields as people say and use them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django import forms
from django.utils import timezone, translation

from treffpunkt.ui import widgets
from treffpunkt.ui.templatetags import ui


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (999, "999"),
        (23400, "23\u202f400"),
        (-1234567, "-1\u202f234\u202f567"),
        (2.5, "2.5"),
        (None, "–"),
    ],
)
def test_numbers_have_thin_spaces(value, said):
    assert ui.num(value) == said


@pytest.mark.parametrize(("value", "said"), [(0, "0"), (1, "under 5"), (4, "under 5"), (5, "5"), (None, "–")])
def test_small_cells_are_hidden(value, said):
    assert ui.few(value) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (-1, "yesterday"),
        (1, "tomorrow"),
        (-9, "9 days ago"),
        (3, "in 3 days"),
        (-37, "5 weeks ago"),
        (-160, "5 months ago"),
        (-1000, "2 years ago"),
    ],
)
def test_times_are_said_from_today(days, said):
    assert f">{said}</time>" in ui.ago(timezone.localdate() + timedelta(days=days))


def test_nothing_is_never():
    assert ui.ago(None) == "never"


def test_names_keep_their_own_direction():
    assert ui.bdi("نساء برلين", "ar") == '<bdi lang="ar" dir="rtl">نساء برلين</bdi>'
    assert ui.bdi("<b>Ana</b>") == '<bdi dir="ltr">&lt;b&gt;Ana&lt;/b&gt;</bdi>'
    assert ui.ltr("+49 30 12") == '<bdi dir="ltr">+49 30 12</bdi>'


def test_icon_is_hidden_from_readers_unless_labelled():
    assert 'aria-hidden="true"' in ui.icon("sun")
    assert 'role="img" aria-label="Close"' in ui.icon("x", "", "Close")
    assert "icon-turn" in ui.icon("chevron-right")


class Sample(forms.Form):
    """One field of each kind that matters."""

    name = forms.CharField(help_text="As it stands there.")
    day = forms.DateField(initial=lambda: timezone.datetime(2026, 11, 26).date())
    at = forms.DateTimeField(required=False)
    kinds = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    one = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    sure = forms.BooleanField()


def test_field_is_tied_to_its_help_and_error():
    html = widgets.draw(Sample({})["name"])

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_error id_name_help"' in html
    assert "input w-full" in html


def test_days_and_times_are_native():
    form = Sample()

    assert 'type="date"' in widgets.draw(form["day"])
    assert 'value="2026-11-26"' in widgets.draw(form["day"])
    assert 'type="datetime-local"' in widgets.draw(form["at"])


def test_groups_are_told_apart():
    form = Sample()

    assert [widgets.kind(form[name]) for name in ("name", "kinds", "one", "sure")] == [
        "line",
        "options",
        "options",
        "check",
    ]
    assert "checkbox" in widgets.options(form["kinds"])[0].tag()
    assert "radio" in widgets.options(form["one"])[0].tag()
