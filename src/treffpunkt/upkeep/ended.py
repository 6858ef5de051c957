"""What a database knows to have ended for good, as it is written into the list outside of it.

Asked for as SQL, since `restore` asks the database that it is about to replace, of whatever version, without Django.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from treffpunkt.upkeep.listing import Ended

LINK = "links.link"
# What may begin again, named by what the journal calls it.
CLOSED, OPENED = "staff.deactivated", "staff.reactivated"
SECOND_STEP = "staff.second_step_changed"
PHONE = "actor.phone_lost"
ROLES = "staff.roles_changed"
CODES = "staff.recovery_codes"

_MOMENT = "to_char({} at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US+00:00')"
_AT = _MOMENT.format("e.created_at")
# Each with the tables that it needs, which a database of an earlier version may not have.
_QUESTIONS = (
    (  # with what was decided about texts, read so that a table without this column is no error
        ("upkeep_erasure",),
        """
        select record_kind, record_id::text, '', array(select jsonb_array_elements_text(to_jsonb(e)->'which'))
        from upkeep_erasure e
        """,
    ),
    (("links_link",), f"select '{LINK}', id::text, '', '{{}}'::text[] from links_link where revoked_at is not null"),
    (
        ("journal_entry",),
        f"""
        select distinct on (e.subject_id) e.verb, e.subject_id::text, {_AT}, '{{}}'::text[]
        from journal_entry e where e.verb in ('{CLOSED}', '{OPENED}') order by e.subject_id, e.created_at desc
        """,
    ),
    (  # with the moments at which the ways in that are left were made
        ("journal_entry", "mfa_authenticator"),
        f"""
        select distinct on (e.subject_id) '{SECOND_STEP}', e.subject_id::text, {_AT}, array(
          select {_MOMENT.format("a.created_at")} from mfa_authenticator a
          where a.user_id = e.subject_id and a.created_at <= e.created_at order by 1
        )
        from journal_entry e where e.verb in ('{SECOND_STEP}', 'staff.second_step_forgotten')
        order by e.subject_id, e.created_at desc
        """,
    ),
    (  # with the roles that are left
        ("journal_entry", "people_staff"),
        f"""
        select distinct on (e.subject_id) e.verb, e.subject_id::text, {_AT}, s.roles::text[]
        from journal_entry e join people_staff s on s.id = e.subject_id
        where e.verb = '{ROLES}' order by e.subject_id, e.created_at desc
        """,
    ),
    (  # with when they were made, and a bit for each that was used
        ("mfa_authenticator",),
        f"""
        select '{CODES}', a.user_id::text, {_MOMENT.format("a.last_used_at")},
          array[{_MOMENT.format("a.created_at")}, a.data->>'used_mask']
        from mfa_authenticator a
        where a.type = 'recovery_codes' and a.last_used_at is not null and a.data->>'used_mask' is not null
        """,
    ),
    (  # with the channels that are not safe
        ("journal_entry", "network_channel"),
        f"""
        select distinct on (e.subject_id) e.verb, e.subject_id::text, {_AT}, array(
          select c.id::text from network_channel c where c.actor_id = e.subject_id and not c.safe order by 1
        )
        from journal_entry e where e.verb = '{PHONE}' order by e.subject_id, e.created_at desc
        """,
    ),
)


def known(ask: Callable[[str], Iterable[tuple[Any, ...]]]) -> set[Ended]:
    """Give all that a database knows to have ended; `ask` runs a statement and gives its rows."""
    found = set()
    for tables, question in _QUESTIONS:
        if all(list(ask(f"select to_regclass('public.{table}')")) != [(None,)] for table in tables):
            found |= {Ended(kind, pk, at, tuple(which)) for kind, pk, at, which in ask(question)}
    return found
