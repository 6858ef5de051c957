"""Long lists at constant cost: filters and order in the address, pages by position, counts with a cap.

A page begins after a row, which the address names by its id: no OFFSET, and no name in the address. The
state of a list is only ever its query string, so every view of it can be linked, kept and exported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db.models import BooleanField, Expression, F, Model, Q, QuerySet, Value
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from treffpunkt.ui.templatetags.ui import num

M = TypeVar("M", bound=Model)
ROWS = 50
CAP = 1000
# What belongs to the place in the list, not to what is listed.
PLACE = ("after", "before", "at")


@dataclass(frozen=True)
class Sort:
    """An order of a list: its name in the address, its label, and its fields as in `order_by`.

    The id is added as the last field. Empty values come last in either direction.
    """

    key: str
    label: str | Promise
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """How many rows there are, counted up to a cap."""

    number: int
    capped: bool

    def __str__(self) -> str:
        if self.capped:
            return _("more than %(number)s") % {"number": num(self.number)}
        return num(self.number)

    def __bool__(self) -> bool:
        return self.number > 0


def capped_count(rows: QuerySet[Any], cap: int = CAP) -> Counted:
    """Count rows, but no further than the cap: “more than 1 000” is enough to know."""
    number = rows.order_by()[: cap + 1].count()
    return Counted(min(number, cap), number > cap)


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    url: str


class Filters(forms.Form):
    """The filters of a list, read from the address; what cannot be read is ignored.

    A field `state` filters `state=value`; a method `filter_state(rows, value)` filters differently. The
    field `q` is the search field and always needs `filter_q`.
    """

    q = forms.CharField(label="", required=False, max_length=100, strip=True)
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter_%s")
        super().__init__(data if data is not None else {}, **kwargs)
        for name, field_ in self.fields.items():
            field_.required = False
            if not field_.label and name == "q":
                field_.label = _("Search in this list")
        if not hasattr(self, "filter_q"):
            del self.fields["q"]

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """Give the filters that are on and could be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if not _is_empty(value)}

    def apply(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Narrow the rows to what the filters ask for."""
        for name, value in self.chosen.items():
            own = getattr(self, f"filter_{name}", None)
            if own is not None:
                rows = own(rows, value)
            elif isinstance(value, (list, tuple, QuerySet)):
                rows = rows.filter(**{f"{name}__in": value})
            else:
                rows = rows.filter(**{name: value})
        return rows

    def label_of(self, name: str, value: Any) -> str:
        """Say a chosen filter in words."""
        field_ = self.fields[name]
        if isinstance(field_, forms.BooleanField):
            return str(field_.label)
        choices = dict(_flat(getattr(field_, "choices", ())))
        values = value if isinstance(value, (list, tuple, QuerySet)) else [value]
        words = [str(choices.get(str(getattr(one, "pk", one)), one)) for one in values]
        return ", ".join(words)


def _is_empty(value: Any) -> bool:
    if isinstance(value, QuerySet):
        return value.query.is_empty()
    return value in (None, "", [], False)


def _flat(choices: Any) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            flat += _flat(label)
        else:
            flat.append((str(getattr(key, "value", key)), label))
    return flat


class _Beyond(Expression):
    """`(a, b) > (x, y)`: the rows beyond one row, as the index has them."""

    conditional = True

    def __init__(self, names: Sequence[str], values: Sequence[Any], comparison: str) -> None:
        super().__init__(output_field=BooleanField())
        self.comparison = comparison
        self.left: list[Any] = [F(name) for name in names]
        self.right: list[Any] = list(values)

    def get_source_expressions(self) -> list[Any]:
        return [*self.left, *self.right]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        half = len(self.left)
        self.left, self.right = list(exprs[:half]), list(exprs[half:])

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, right, params = [], [], []
        for one in self.left:
            sql, own = compiler.compile(one)
            left.append(sql)
            params += own
        for one in self.right:
            sql, own = compiler.compile(one)
            right.append(sql)
            params += own
        return f"({', '.join(left)}) {self.comparison} ({', '.join(right)})", tuple(params)


@dataclass
class Column:
    """The head of a column that can order the list."""

    label: str | Promise
    url: str
    direction: str  # "ascending", "descending" or "" (not by this one)


@dataclass
class Listing(Generic[M]):
    """One page of a list, with everything its template needs."""

    rows: list[M]
    filters: Filters | None
    sort: Sort
    count: Counted
    first: int
    next_url: str
    previous_url: str
    chips: list[Chip]
    columns: dict[str, Column]
    clear_url: str
    query: str
    path: str
    sorts: list[tuple[str, str | Promise, bool]] = field(default_factory=list)

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def last(self) -> int:
        """Number the last row shown."""
        return self.first + len(self.rows) - 1

    @property
    def filtered(self) -> bool:
        """Say whether any filter is on."""
        return bool(self.chips)


def chosen_rows(
    request: HttpRequest, rows: QuerySet[M], *, filters: Filters | None, sorts: Sequence[Sort]
) -> QuerySet[M]:
    """Give all rows a list stands for, filtered and in its order: what an export writes."""
    narrowed = filters.apply(rows) if filters is not None else rows
    _sort, terms = _order(request.GET, sorts)
    return narrowed.order_by(*(_term(rows.model, name, descending) for name, descending in terms))


def listing(
    request: HttpRequest,
    rows: QuerySet[M],
    *,
    sorts: Sequence[Sort],
    filters: Filters | None = None,
    size: int = ROWS,
) -> Listing[M]:
    """Read one page of a list; costs three queries at most, however long the list is."""
    narrowed = filters.apply(rows) if filters is not None else rows
    sort, terms = _order(request.GET, sorts)
    back = "before" in request.GET
    position = _position(rows, request.GET.get("before" if back else "after", ""), terms)
    at = _whole(request.GET.get("at")) if position is not None else 0
    back = back and position is not None
    ordered = narrowed.order_by(*(_term(rows.model, name, descending, back) for name, descending in terms))
    if position is not None:
        ordered = ordered.filter(_beyond(rows.model, terms, position, back))
    found = list(ordered[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    return _assembled(
        request, found, filters=filters, sorts=sorts, sort=sort, falling=terms[0][1],
        more=more, back=back, placed=position is not None, at=at, count=lambda: capped_count(narrowed),
    )  # fmt: skip


def order_of(given: QueryDict, sorts: Sequence[Sort]) -> tuple[Sort, bool]:
    """Give the order the address names, and whether it is turned round."""
    sort, _terms = _order(given, sorts)
    return sort, given.get("sort", "") == f"-{sort.key}"


def assembled(
    request: HttpRequest,
    found: Sequence[Any],
    *,
    sorts: Sequence[Sort],
    filters: Filters | None,
    number: int,
    more: bool,
    back: bool,
    placed: bool,
) -> Listing[Any]:
    """Make a page of rows that no single queryset holds; `placed` says that it begins after a row, by its `pk`."""
    sort, terms = _order(request.GET, sorts)
    return _assembled(
        request, list(found), filters=filters, sorts=sorts, sort=sort, falling=terms[0][1], more=more,
        back=back and placed, placed=placed, at=_whole(request.GET.get("at")) if placed else 0,
        count=lambda: Counted(number, False),
    )  # fmt: skip


def _assembled(
    request: HttpRequest,
    found: list[Any],
    *,
    filters: Filters | None,
    sorts: Sequence[Sort],
    sort: Sort,
    falling: bool,
    more: bool,
    back: bool,
    placed: bool,
    at: int,
    count: Callable[[], Counted],
) -> Listing[Any]:
    has_next = True if back else more
    has_previous = more if back else placed
    first = (max(at - len(found) + 1, 1) if has_previous else 1) if back else at + 1
    counted = count() if (has_next or has_previous) else Counted(len(found), False)
    if counted.capped and not has_next and (last := first + len(found) - 1) > counted.number:
        counted = Counted(last, False)  # whoever has come to the end has counted them all
    here = request.path
    return Listing(
        rows=found,
        filters=filters,
        sort=sort,
        count=counted,
        first=first if found else 0,
        next_url=_url(request.GET, here, after=str(found[-1].pk), at=str(first + len(found) - 1))
        if has_next and found
        else "",
        previous_url=_url(request.GET, here, before=str(found[0].pk), at=str(first - 1))
        if has_previous and found and first > 1
        else "",
        chips=_chips(request.GET, here, filters),
        columns=_columns(request.GET, here, sorts, sort, falling),
        clear_url=here,
        query=_url(request.GET, "").removeprefix("?"),
        path=here,
        sorts=[(one.key, one.label, one is sort) for one in sorts],
    )


def _order(given: QueryDict, sorts: Sequence[Sort]) -> tuple[Sort, list[tuple[str, bool]]]:
    """Choose the order the address names (`-key` turns it round), ending with the id."""
    wanted = given.get("sort", "")
    sort = next((one for one in sorts if one.key == wanted.removeprefix("-")), sorts[0])
    turned = wanted == f"-{sort.key}"
    terms = [(name.removeprefix("-"), name.startswith("-") != turned) for name in sort.fields]
    return sort, [*terms, ("pk", terms[-1][1])]


def _term(model: type[Model], name: str, descending: bool, back: bool = False) -> OrderBy:
    """Order by one field, empty values last (first when reading backwards).

    Where nothing is empty we must not say so: PostgreSQL would no longer use the index backwards.
    """
    down = descending != back
    if not _nullable(model, name):
        return OrderBy(F(name), descending=down)
    return OrderBy(F(name), descending=down, nulls_first=True if back else None, nulls_last=None if back else True)


def _nullable(model: type[Model], name: str) -> bool:
    """Say whether a field of a row can be empty; what is not a plain field may be."""
    if name == "pk":
        return False
    try:
        return bool(model._meta.get_field(name).null)
    except (FieldDoesNotExist, AttributeError):
        return True


def _position(rows: QuerySet[Any], given: str, terms: Sequence[tuple[str, bool]]) -> tuple[Any, ...] | None:
    """Look up the row a page begins after; nothing where it is gone."""
    try:
        key = UUID(given) if rows.model._meta.pk.get_internal_type() == "UUIDField" else int(given)
    except ValueError:
        return None
    names = [name for name, _down in terms]
    try:
        found = rows.model._base_manager.filter(pk=key).values_list(*names).first()
    except FieldError:  # ordered by something the query works out
        found = rows.order_by().filter(pk=key).values_list(*names).first()
    return tuple(found) if found is not None else None


def _beyond(model: type[Model], terms: Sequence[tuple[str, bool]], position: Sequence[Any], back: bool) -> Any:
    """Give the condition for the rows after the position (before it, when reading backwards)."""
    directions = {descending for _name, descending in terms}
    if len(directions) == 1 and not any(_nullable(model, name) for name, _down in terms):
        comparison = "<" if directions.pop() != back else ">"
        return _Beyond(
            [name for name, _down in terms],
            [_value(model, n, v) for (n, _d), v in zip(terms, position, strict=True)],
            comparison,
        )
    condition, same = Q(pk__in=[]), Q()
    for (name, descending), value in zip(terms, position, strict=True):
        condition |= same & _past(model, name, value, descending, back)
        same &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return condition


def _past(model: type[Model], name: str, value: Any, descending: bool, back: bool) -> Q:
    if value is None:  # empty ones are the last: nothing is past them, everything else is before
        return Q(**{f"{name}__isnull": False}) if back else Q(pk__in=[])
    past = Q(**{f"{name}__{'lt' if descending != back else 'gt'}": value})
    if not back and _nullable(model, name):
        past |= Q(**{f"{name}__isnull": True})
    return past


def _value(model: type[Model], name: str, value: Any) -> Value:
    field_ = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return Value(value, output_field=field_)  # type: ignore[arg-type]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _url(given: QueryDict, path: str, *, without: Sequence[str] = (), **changes: str) -> str:
    values = given.copy()
    for name in (*PLACE, *without):
        values.pop(name, None)
    for name in [name for name in values if not any(values.getlist(name))]:
        values.pop(name)
    for name, value in changes.items():
        values[name] = value
    text = values.urlencode()
    return f"{path}?{text}" if text else path


def _chips(given: QueryDict, path: str, filters: Filters | None) -> list[Chip]:
    if filters is None:
        return []
    return [
        Chip(filters.label_of(name, value), _url(given, path, without=[name])) for name, value in filters.chosen.items()
    ]


def _columns(given: QueryDict, path: str, sorts: Sequence[Sort], sort: Sort, falling: bool) -> dict[str, Column]:
    columns = {}
    for one in sorts:
        turned = given.get("sort") == f"-{one.key}"
        direction = ("descending" if falling else "ascending") if one is sort else ""
        key = one.key if one is not sort or turned else f"-{one.key}"
        columns[one.key] = Column(one.label, _url(given, path, sort=key), direction)
    return columns
