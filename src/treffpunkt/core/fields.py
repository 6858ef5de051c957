"""Fields that every module may use."""

from __future__ import annotations

from typing import Any

from django.db import models

from treffpunkt.core.text import sort_key


class SortKey(models.CharField):  # type: ignore[type-arg]
    """The key by which a record is ordered, taken from other fields whenever the row is written.

    Compared byte by byte (COLLATE "C"), so that the order is the same on every database. `bulk_update` does not
    renew it.
    """

    def __init__(self, *sources: str, **options: Any) -> None:
        self.sources = sources
        options |= {"max_length": 200, "db_collation": "C", "editable": False, "default": ""}
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """Tell a migration which fields the key is taken from."""
        name, path, _, options = super().deconstruct()
        for fixed in ("max_length", "db_collation", "editable", "default"):
            options.pop(fixed, None)
        return name, path, list(self.sources), options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Take the key from the first source that is not empty."""
        text = next((value for name in self.sources if (value := getattr(model_instance, name))), "")
        key = sort_key(text)
        setattr(model_instance, self.attname, key)
        return key
