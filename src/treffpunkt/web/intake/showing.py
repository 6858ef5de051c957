"""What the pages of imports show: counts as sentences, rows with their reasons, what undo left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.text import fold
from treffpunkt.intake import queries
from treffpunkt.intake.models import Import, Row
from treffpunkt.intake.targets import Target, get_target
from treffpunkt.intake.wording import numbers, sentence, stays
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.web.records import Label, labels

V = Row.Verdict
# What wants a person's eye comes first.
ORDER = (V.DOUBTFUL, V.WRONG, V.NEW, V.CHANGED, V.SAME)
KINDS = {V.DOUBTFUL: "attention", V.WRONG: "urgent", V.NEW: "good", V.CHANGED: "step", V.SAME: "quiet"}
STILL = timedelta(minutes=2)
STATES = {"checked": "attention", "applied": "good", "failed": "urgent", "undone": "quiet"}


@dataclass(frozen=True)
class Tab:
    """A verdict with the number of its rows."""

    verdict: str
    label: str | Promise
    count: int
    kind: str


@dataclass(frozen=True)
class Line:
    """A row as its table shows it."""

    row: Row
    values: list[tuple[str, str]]
    reason: str
    record: Label | None
    # Of a doubtful row: what stands here, and whether the row says the same; what only the row says is left blank.
    beside: list[tuple[str, str, bool]]


class Shown:
    """An import in words and numbers."""

    def __init__(self, found: Import) -> None:
        self.found = found

    @cached_property
    def target(self) -> Target | None:
        """Give what the file holds."""
        return get_target(self.found.target) if self.found.target else None

    @property
    def kind(self) -> str:
        """Give the meaning of the state."""
        return STATES.get(self.found.state, "step")

    @property
    def done(self) -> int:
        """Count the rows behind us; what is written counts by row numbers, which begin below the header."""
        return min(self.found.done, self.found.rows)

    @property
    def stands_still(self) -> bool:
        """Say whether nothing has moved for so long that the worker may be gone."""
        return now() - self.found.changed_at > STILL

    @cached_property
    def tabs(self) -> list[Tab]:
        """List the verdicts that occur."""
        counts = self.found.counts
        return [Tab(one.value, one.label, counts[one], KINDS[one]) for one in ORDER if counts.get(one)]

    @property
    def summary(self) -> str:
        """Say what the dry run found."""
        counts = self.found.counts
        parts = [
            ngettext("%(count)s new", "%(count)s new", counts.get("new", 0)) % {"count": num(counts.get("new", 0))},
            ngettext("%(count)s changed", "%(count)s changed", counts.get("changed", 0))
            % {"count": num(counts.get("changed", 0))},
            ngettext("%(count)s the same", "%(count)s the same", counts.get("same", 0))
            % {"count": num(counts.get("same", 0))},
            ngettext("%(count)s doubtful", "%(count)s doubtful", counts.get("doubtful", 0))
            % {"count": num(counts.get("doubtful", 0))},
            ngettext("%(count)s wrong", "%(count)s wrong", counts.get("wrong", 0))
            % {"count": num(counts.get("wrong", 0))},
        ]
        rows = ngettext("%(count)s row", "%(count)s rows", self.found.rows) % {"count": num(self.found.rows)}
        return _("%(rows)s: %(parts)s.") % {"rows": rows, "parts": ", ".join(parts)}

    @property
    def makes(self) -> str:
        """Say what applying makes."""
        return self._say("makes")

    @property
    def made(self) -> str:
        """Say what was made."""
        return self._say("made")

    @property
    def altered(self) -> str:
        """Say what was changed."""
        return self._say("altered")

    @property
    def removed(self) -> str:
        """Say what undo removed."""
        return self._say("removed")

    @property
    def left(self) -> int:
        """Count the rows that were not brought in."""
        counts = self.found.counts
        return int(counts.get("wrong", 0) + counts.get("doubtful", 0) + counts.get("left_out", 0))

    @cached_property
    def decided(self) -> int:
        """Count the doubtful rows that will be written as well."""
        counts = queries.decided(self.found)
        return int(counts.get("same", 0) + counts.get("new", 0))

    @property
    def writes(self) -> bool:
        """Say whether there is anything to write."""
        counts = self.found.counts
        return bool(counts.get("new") or counts.get("changed") or self.decided)

    def _say(self, what: str) -> str:
        return numbers(self.target, self.found.counts.get(what, {})) if self.target else ""


def choose_verdict(found: Import, asked: str) -> str:
    """Choose which rows are shown: those asked for, else the first that want a person's eye."""
    if asked in V.values:
        return asked
    return next((one.value for one in ORDER if found.counts.get(one)), V.NEW.value)


def lines(by: Agent, rows: Sequence[Row], target: Target) -> list[Line]:
    """Show rows: one query for each kind of record named in them."""
    names = {field.key: str(field.label) for field in target.fields()}
    found = labels(by, [(row.record_kind, row.record_id) for row in rows if row.record_id and row.record_kind])
    known = target.describe({row.record_id for row in rows if row.record_id in found and row.verdict == V.DOUBTFUL})
    return [
        Line(
            row=row,
            values=[(names.get(key, key), value[:120]) for key, value in row.values.items()],
            reason=sentence(row.reasons, target),
            record=found.get(row.record_id) if row.record_id else None,
            beside=[
                (names.get(key, key), value[:120], fold(value) == fold(row.values.get(key, "")))
                for key, value in known.get(row.record_id, {}).items()
            ]
            if row.record_id
            else [],
        )
        for row in rows
    ]


def stayed(by: Agent, found: Import) -> list[tuple[Label, str | Promise]]:
    """List what undo left alone, and why."""
    if found.state != Import.State.UNDONE:
        return []
    results = queries.stayed(found)
    names = labels(by, [(one.record_kind, one.record_id) for one in results])
    unnamed = Label(text=_("a record without a page"))
    return [(names.get(one.record_id, unnamed), stays(one.stays)) for one in results]


_STEPS = (
    ("uploaded", gettext_lazy("File")),
    ("columns", gettext_lazy("Columns")),
    ("checked", gettext_lazy("Check")),
    ("applied", gettext_lazy("Brought in")),
)
_PLACES = {"uploaded": 0, "columns": 1, "checking": 2, "checked": 2, "applying": 3, "applied": 3}


def steps(state: str) -> list[dict[str, object]]:
    """Say where an import stands in its life."""
    place = _PLACES.get(state, 2)
    return [
        {"label": label, "done": number < place or state == "applied", "current": number == place}
        for number, (_key, label) in enumerate(_STEPS)
    ]
