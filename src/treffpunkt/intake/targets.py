"""What a file can be brought into: the protocol, and the registry that `jobs` fills."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError

Text = str | Promise
# A reason is a code of `wording` and its parts; the sentence is made when it is read, in the reader's language.
Reason = tuple[str, Mapping[str, Any]]
Choices = Sequence[tuple[str, Text]]


@dataclass(frozen=True)
class Field:
    """A field a column can fill: what it is, under which names a column goes by it, whether all rows may share it."""

    key: str
    label: Text
    kind: str = "text"
    synonyms: tuple[str, ...] = ()
    required: bool = False
    most: int = 300
    choices: Callable[[], Choices] | None = None
    # Whether one value may stand for all rows, whether that is all it can be, and the value to begin with.
    for_all: bool = False
    only_for_all: bool = False
    initial: str = ""
    help: Text = ""


@dataclass(slots=True)
class Incoming:
    """A row on its way in: its number, its values after cleaning, and what a person decided about it."""

    number: int
    values: dict[str, Any]
    decision: str = ""
    record_id: UUID | None = None


@dataclass(slots=True)
class Judgement:
    """What a row would do, and why; `plan` is the target's own and only lives until the row is applied."""

    row: Incoming
    verdict: str
    reasons: list[Reason] = field(default_factory=list)
    record_kind: str = ""
    record_id: UUID | None = None
    plan: Any = None


@dataclass(slots=True)
class Made:
    """What came of a row: a record made, or one changed, with what it held before."""

    number: int
    record_kind: str
    record_id: UUID
    before: dict[str, Any] | None = None


@dataclass(slots=True)
class Kept:
    """A record that undo leaves alone, and the code of the reason."""

    made_id: int
    code: str


@dataclass
class Run:
    """One pass over a file: for a dry run, or to apply it; targets keep here what they look up once."""

    import_id: UUID
    target: str
    by: Agent
    fixed: Mapping[str, Any] = field(default_factory=dict)
    applying: bool = False
    cache: dict[str, Any] = field(default_factory=dict)
    # Keys of rows already met in this file, with the number of the row.
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    makes: Counter[str] = field(default_factory=Counter)


class Target(Protocol):
    """A kind of records that files can be brought into."""

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> Text: ...

    @property
    def explains(self) -> Text: ...

    @property
    def icon(self) -> str: ...

    def fields(self) -> Sequence[Field]:
        """List the fields, the most important first."""

    def count(self, kind: str, number: int) -> str:
        """Say a number of records of a kind in words: “25,039 groups”."""

    def describe(self, ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, str]]:
        """Give what stands in records here, by field, for whoever decides whether a row means them."""

    def match(self, run: Run, rows: Sequence[Incoming]) -> list[Judgement]:
        """Judge rows, in their order; writes nothing."""

    def apply(self, run: Run, judgements: Sequence[Judgement]) -> list[Made]:
        """Write what was judged; called inside the transaction of these rows."""

    def settle(self, run: Run) -> None:
        """Renew what is summed up over records, once all rows are in or out; may be called twice."""

    def undo(self, run: Run, made: Sequence[tuple[int, Made]]) -> list[Kept]:
        """Take back what came of rows; whatever was touched since stays, and is returned."""


_targets: dict[str, Target] = {}


def register(target: Target) -> None:
    """Offer a target to those who import."""
    _targets[target.key] = target


def all_targets() -> list[Target]:
    """List what files can be brought into."""
    return list(_targets.values())


def get_target(key: str) -> Target:
    """Find a target by its key, or raise DomainError that names those there are."""
    try:
        return _targets[key]
    except KeyError:
        raise DomainError(
            _("There is no such target: %(key)s. Please choose one of %(known)s.")
            % {"key": key, "known": ", ".join(_targets)}
        ) from None
