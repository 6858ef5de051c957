"""The database: reachable, of a good version, served by a modest role, complete, and its clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from treffpunkt.core.clock import now
from treffpunkt.upkeep.findings import ATTENTION, BROKEN, GOOD, Finding

OLDEST = 15
FULL = 0.85  # of the connections

_FACTS = """
    select current_setting('server_version_num')::int / 10000,
        split_part(current_setting('server_version'), ' ', 1),
        role.rolsuper or role.rolbypassrls,
        exists (select 1 from pg_class where oid = to_regclass('django_migrations')
                and pg_get_userbyid(relowner) = current_user),
        current_setting('data_checksums') = 'on',
        current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on',
        coalesce((select checksum_failures from pg_stat_database where datname = current_database()), 0),
        (select count(*) from pg_stat_activity where backend_type = 'client backend'),
        current_setting('max_connections')::int
    from pg_roles role where role.rolname = current_user
"""


def check_database() -> Iterator[Finding]:
    """Look at server, role and migrations."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS)
        facts = cursor.fetchone()
    found = [*_server(facts), *_migrations()]
    if not found:
        yield Finding(
            "database", GOOD, _("PostgreSQL %(version)s answers, and every migration is there.") % {"version": facts[1]}
        )
    yield from found


def _server(facts: Any) -> Iterator[Finding]:
    number, version, mighty, owner, checksums, safe, failures, used, most = facts
    if number < OLDEST:
        yield Finding(
            "database", BROKEN, _("PostgreSQL %(version)s is too old.") % {"version": version},
            _("Move to PostgreSQL 15 or newer."),
        )  # fmt: skip
    if failures:
        yield Finding(
            "database", BROKEN, _("The database has found damaged pages: %(number)s.") % {"number": failures},
            _("Stop everything, copy the data folder, look at the disk and restore the last good backup."),
        )  # fmt: skip
    if not safe:
        yield Finding(
            "database", BROKEN, _("A power cut can destroy the database: fsync or full_page_writes is off."),
            _("Switch both on in the settings of PostgreSQL."),
        )  # fmt: skip
    if mighty:
        yield Finding(
            "database", ATTENTION, _("Pages are served by a role that may do everything in the database."),
            _("Give TREFFPUNKT_DATABASE_URL a role that is no superuser and does not bypass row-level security."),
        )  # fmt: skip
    elif owner:
        yield Finding(
            "database", ATTENTION, _("Pages are served by the role that owns the tables."),
            _("Name a second role: TREFFPUNKT_DATABASE_URL serves, TREFFPUNKT_OWNER_DATABASE_URL migrates."),
        )  # fmt: skip
    if not checksums:
        yield Finding(
            "database", ATTENTION, _("The database would not notice a damaged disk: data checksums are off."),
            _("Stop PostgreSQL and switch them on with pg_checksums --enable."),
        )  # fmt: skip
    if used > most * FULL:
        yield Finding(
            "database", ATTENTION,
            _("%(used)s of %(most)s connections to the database are in use.") % {"used": used, "most": most},
            _("Raise max_connections, or put PgBouncer in front."),
        )  # fmt: skip


def _migrations() -> Iterator[Finding]:
    loader = MigrationLoader(connection)
    done = set(loader.applied_migrations)
    missing = [key for key in loader.graph.nodes if key not in done]
    ours = {app for app, _name in loader.disk_migrations or {}}
    unknown = [key for key in done if key[0] in ours and key not in (loader.disk_migrations or {})]
    if missing:
        yield Finding(
            "database", BROKEN, _("The database lacks %(number)s migrations.") % {"number": len(missing)},
            _("Run: treffpunkt upgrade"),
        )  # fmt: skip
    if unknown:
        yield Finding(
            "database", BROKEN, _("The database was written by a newer version."),
            _("Install that version again, or restore the backup from before the upgrade."),
        )  # fmt: skip


APART, FAR_APART = timedelta(seconds=2), timedelta(seconds=60)
_CLOCK = "select clock_timestamp(), (select max(created_at) from journal_entry where id >= %s)"


def check_clock() -> Iterator[Finding]:
    """Compare our clock with the database's, and with what was written last."""
    # Ids tell when they were made: what lies behind this one was made in the future.
    horizon = f"{int((now() + timedelta(minutes=5)).timestamp() * 1000):012x}"
    with connection.cursor() as cursor:
        before = now()
        cursor.execute(_CLOCK, [f"{horizon[:8]}-{horizon[8:]}-7000-8000-000000000000"])
        theirs, ahead = cursor.fetchone()
        after = now()
    apart = _apart(theirs, before, after)
    if apart > APART:
        yield Finding(
            "clock", BROKEN if apart > FAR_APART else ATTENTION,
            _("The clocks of this machine and of the database are %(seconds)s seconds apart.")
            % {"seconds": round(apart.total_seconds())},
            _("Let both machines set their clocks by the network (systemd-timesyncd, chrony)."),
        )  # fmt: skip
    if ahead is not None:
        yield Finding(
            "clock", ATTENTION, _("Something was written at a time that has not come yet: a clock was wrong."),
            _("Check the time of every machine (timedatectl)."),
        )  # fmt: skip
    if apart <= APART and ahead is None:
        yield Finding("clock", GOOD, _("The clocks agree."))


def _apart(theirs: datetime, before: datetime, after: datetime) -> timedelta:
    """Say how far their time lies outside the moments between which we asked."""
    return max(before - theirs, theirs - after, timedelta())
