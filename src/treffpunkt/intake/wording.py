"""The reasons of rows in sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from treffpunkt.intake.targets import Target

SENTENCES: dict[str, str | Promise] = {
    "missing": gettext_lazy("“%(field)s” is missing."),
    "too_long": gettext_lazy("“%(field)s” is longer than %(most)s characters."),
    "no_number": gettext_lazy("“%(value)s” in “%(field)s” is not a number."),
    "no_url": gettext_lazy("“%(value)s” in “%(field)s” is not the address of a page."),
    "no_mail": gettext_lazy("“%(value)s” in “%(field)s” is not a mail address."),
    "no_phone": gettext_lazy("“%(value)s” in “%(field)s” is not a phone number."),
    "no_flag": gettext_lazy("“%(value)s” in “%(field)s” is neither yes nor no."),
    "no_date": gettext_lazy("“%(value)s” in “%(field)s” is not a day."),
    "no_language": gettext_lazy("“%(value)s” in “%(field)s” is not a language we know."),
    "not_offered": gettext_lazy("“%(value)s” in “%(field)s” is none of the values offered."),
    "unknown": gettext_lazy("“%(field)s”: there is nothing called “%(value)s” yet."),
    "unknown_space": gettext_lazy(
        "There is no group called “%(value)s” yet. Choose a platform, and it is made; or import the groups first."
    ),
    "refused": gettext_lazy("“%(value)s” in “%(field)s”: %(why)s"),
    "ended": gettext_lazy("The role was ended here and stays so."),
    "ragged": gettext_lazy("The row has %(cells)s cells, but there are only %(columns)s columns."),
    "repeated": gettext_lazy("Row %(row)s of this file says the same."),
    "contradicts": gettext_lazy("Row %(row)s of this file names it too, with other values."),
    "name_alike": gettext_lazy("Perhaps it is “%(name)s”, which is here already."),
    "found_alike": gettext_lazy("Is “%(name)s”, which is here already: name and details agree."),
    "name_twice": gettext_lazy("Several are called “%(name)s”."),
    "changes": gettext_lazy("Changes: %(fields)s."),
    "kept": gettext_lazy("Was changed here and stays: %(fields)s."),
    "makes": gettext_lazy("Makes as well: %(what)s."),
    "erased": gettext_lazy("Was erased by wish and stays so."),
    "has_role": gettext_lazy("Is known already."),
    "no_space": gettext_lazy("There is no group called “%(value)s” here. Please import the groups first."),
    "no_figure": gettext_lazy("The row counts neither members nor posts."),
    "future": gettext_lazy("“%(value)s” in “%(field)s” is still to come."),
    "left_out": gettext_lazy("Left out: things have changed since the check. Please check the file again."),
}
# Why undo leaves a record alone.
STAYS: dict[str, str | Promise] = {
    "changed": gettext_lazy("was changed here since"),
    "used": gettext_lazy("other records depend on it"),
    "touched": gettext_lazy("something was noted about it since"),
    "later": gettext_lazy("a later import builds on it"),
}


def sentence(reasons: Iterable[tuple[str, Mapping[str, Any]]], target: Target) -> str:
    """Say the reasons of a row."""
    labels = {field.key: str(field.label) for field in target.fields()}
    said = []
    for code, parts in reasons:
        words = dict(parts)
        if "field" in words:
            words["field"] = labels.get(words["field"], words["field"])
        if "fields" in words:
            so_far = words.get("so_far", {})
            named = [_named(labels.get(key, key), so_far.get(key, "")) for key in words["fields"]]
            words["fields"] = pgettext("between fields", ", ").join(named)
        if "what" in words:
            words["what"] = ", ".join(target.count(kind, 1) for kind in words["what"])
        said.append(str(SENTENCES[code]) % words if code in SENTENCES else code)
    return " ".join(said)


def _named(label: str, so_far: str) -> str:
    """Name a field, with what stands in it so far."""
    return _("%(field)s (so far %(value)s)") % {"field": label, "value": so_far} if so_far else label


def stays(code: str) -> str | Promise:
    """Say why undo left a record alone."""
    return STAYS.get(code, code)


def numbers(target: Target, counts: Mapping[str, int]) -> str:
    """Say how many records of each kind: “25,039 groups, 12 persons”."""
    parts = [target.count(kind, number) for kind, number in counts.items() if number]
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
