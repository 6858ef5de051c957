"""The database of the house."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connections, transaction
from django.db.backends.postgresql import base

from treffpunkt.core import subject

_TOUCHES_ROWS = re.compile(r"\s*(?:select|insert|update|delete|with|declare)\b", re.IGNORECASE)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that touches no rows without saying who acts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_in_a_transaction)

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        acting = subject.acting()
        if not autocommit and acting:
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute(subject.TELL, [acting])


def _in_a_transaction(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Give a statement that stands alone a transaction of its own, since only there somebody can act."""
    connection = context["connection"]
    alone = not connection.in_atomic_block and connection.get_autocommit()
    if (
        not alone
        or not subject.acting()
        or connections[connection.alias] is not connection
        or not (isinstance(sql, str) and _TOUCHES_ROWS.match(sql))
    ):
        return execute(sql, params, many, context)
    with transaction.atomic(using=connection.alias):
        return execute(sql, params, many, context)
