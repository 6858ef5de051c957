"""The second lock: policies of row-level security, written into migrations.

The owner of the tables, who migrates, backs up and restores, is not bound by them; the serving role is.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

# Asked once a query, not once a row; empty where nobody has said who acts.
SUBJECT = "(select nullif(current_setting('app.subject', true), ''))"
IS_SYSTEM = f"{SUBJECT} = 'system'"
# The id of the member of staff who acts; nothing for anybody else.
STAFF = (
    "(select case when current_setting('app.subject', true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'"
    " then current_setting('app.subject', true)::uuid end)"
)


def holds_link(purpose: str, column: str) -> str:
    """Say in SQL that whoever acts came through a link of this purpose to the record in `column`."""
    return f"'{purpose}:' || {column} = {SUBJECT}"


def second_lock(table: str, *, sees: str) -> RunSQL:
    """Let only those reach a row of the table of whom `sees` (SQL over its columns) is true, and the system.

    What is written must be visible to its writer as well; a use case that hides a row from whoever hides it, or that
    must reach rows nobody in particular may read, acts as the system for that one step (`core.subject.as_system`).
    """
    return RunSQL(
        [
            f"alter table {table} enable row level security",
            f"create policy {table}_seen on {table} using ({IS_SYSTEM} or {sees}) with check ({IS_SYSTEM} or {sees})",
        ],
        [f"drop policy {table}_seen on {table}", f"alter table {table} disable row level security"],
    )


def looks_up(name: str, arguments: str, query: str) -> RunSQL:
    """Make a yes-or-no question that a policy may ask about rows under a second lock, its own table's as well.

    It looks with the eyes of the tables' owner, so `query` must tell nothing but what the policy needs.
    """
    return RunSQL(_looking("create function", name, arguments, query), f"drop function {name}")


def looks_up_anew(name: str, arguments: str, query: str, *, before: str) -> RunSQL:
    """Let such a question ask something else than `before`; the policies that ask it stay."""
    change = "create or replace function"
    return RunSQL(_looking(change, name, arguments, query), _looking(change, name, arguments, before))


def _looking(make: str, name: str, arguments: str, query: str) -> str:
    return (
        f"{make} {name}({arguments}) returns boolean language sql stable security definer"
        f" set search_path = public, pg_temp as $$ {query} $$"
    )
