"""What a database holds, who else works with it, and how it becomes empty."""

from __future__ import annotations

from pathlib import Path

import psycopg

# All that the installation has made in its schema; what extensions have made is not ours.
_EMPTY = """
do $do$
declare made record;
begin
  for made in
    select format('drop %s if exists public.%I cascade',
                  case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
                                 when 'f' then 'foreign table' else 'table' end, c.relname) as statement
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype in ('e', 'i'))
    order by c.relkind = 'S'
  loop execute made.statement; end loop;
  for made in
    select format('drop routine if exists %s cascade', p.oid::regprocedure) as statement
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop execute made.statement; end loop;
  for made in
    select format('drop type if exists public.%I cascade', t.typname) as statement
    from pg_type t left join pg_class c on c.oid = t.typrelid
    where t.typnamespace = 'public'::regnamespace and (t.typtype in ('e', 'd', 'r') or c.relkind = 'c')
      and not exists (select 1 from pg_depend d where d.objid = t.oid and d.deptype = 'e')
  loop execute made.statement; end loop;
end $do$;
"""


def emptied() -> str:
    """Give the statements that remove everything the installation holds."""
    return "set client_min_messages = warning;\n" + _EMPTY


def filled(url: str, files: Path) -> str:
    """Say in a few words what an installation holds that somebody would miss; empty where it holds nothing."""
    found = []
    with psycopg.connect(url) as connection:
        for table, word in (("people_staff", "accounts"), ("network_space", "groups"), ("network_actor", "people")):
            if connection.execute("select to_regclass(%s)", [f"public.{table}"]).fetchone() == (None,):
                continue
            row = connection.execute(psycopg.sql.SQL("select count(*) from {}").format(psycopg.sql.Identifier(table)))
            number = (row.fetchone() or (0,))[0]
            found += [f"{number} {word}"] if number else []
    stored = sum(1 for path in files.rglob("*") if path.is_file()) if files.is_dir() else 0
    return ", ".join(found + ([f"{stored} files"] if stored else []))


def in_use(url: str) -> bool:
    """Say whether anybody else is connected to the database."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select exists (select 1 from pg_stat_activity where datname = current_database() "
            "and pid <> pg_backend_pid() and backend_type = 'client backend')"
        ).fetchone()
        return bool(row and row[0])
