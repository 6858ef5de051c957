"""Taking back what `repointing` wrote down, step by step from the last to the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.errors import DomainError
from treffpunkt.network.services.images import check_keys, column, delete, images, put_back, update


@dataclass(frozen=True)
class Obstacle:
    """A row that has changed since: its kind, its key, and the columns in question."""

    kind: str
    pk: str
    columns: tuple[str, ...] = ()


class ChangedSince(DomainError):
    """Somebody has changed rows since; which ones stand in `obstacles`, and nothing was taken back."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(_("This has been changed since and cannot be taken back any more."))
        self.obstacles = list(obstacles)


def go_back(steps: Sequence[Mapping[str, Any]]) -> None:
    """Take back every step, or raise ChangedSince before anything is written.

    A row that points elsewhere by now, or a value that is another one, is in the way; a row that is gone, or whose
    other columns have changed, is not. Rows that are worked out anew anyway are never in the way.
    """
    obstacles = [one for step in steps for one in _in_the_way(step)]
    if obstacles:
        raise ChangedSince(obstacles)
    for step in reversed(steps):
        try:
            with transaction.atomic():
                _take_back(step)
        except IntegrityError as error:
            model = _model(step)
            if not _is_derived(model):
                raise ChangedSince([Obstacle(step["model"], _key(model, step))]) from error
    try:
        check_keys()
    except IntegrityError as error:
        raise ChangedSince([]) from error


def _in_the_way(step: Mapping[str, Any]) -> Iterator[Obstacle]:
    model = _model(step)
    if _is_derived(model):
        return
    if step["do"] == "move":
        for image in images(model, step["rows"]):
            if str(image[step["column"]]) != step["to"]:
                yield Obstacle(step["model"], str(image[column(model._meta.pk)]), (step["column"],))
    elif step["do"] == "change":
        for image in images(model, [step["row"]]):
            other = tuple(name for name, value in step["after"].items() if name in image and image[name] != value)
            if other:
                yield Obstacle(step["model"], str(step["row"]), other)


def _take_back(step: Mapping[str, Any]) -> None:
    model = _model(step)
    if step["do"] == "move":
        update(model, step["rows"], {step["column"]: step["from"]})
    elif step["do"] == "change":
        known = {str(one.column) for one in model._meta.concrete_fields}
        update(model, [step["row"]], {name: value for name, value in step["before"].items() if name in known})
    elif step["do"] == "drop":
        put_back(model, step["before"])
    elif step["do"] == "add":
        delete(model, step["rows"])


def _model(step: Mapping[str, Any]) -> type[Model]:
    return apps.get_model(step["model"])


def _is_derived(model: type[Model]) -> bool:
    return bool(getattr(model, "DERIVED", False))


def _key(model: type[Model], step: Mapping[str, Any]) -> str:
    if step["do"] == "drop":
        return str(step["before"][column(model._meta.pk)])
    return str(step.get("row") or next(iter(step.get("rows", ())), ""))
