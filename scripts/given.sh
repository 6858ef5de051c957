#!/bin/sh
# A PostgreSQL of the distribution with PgBouncer in transaction mode before it, for `make test DATABASE=given`.
#   eval "$(sudo scripts/given.sh)"   install what is missing, start both, say where they are
#   sudo scripts/given.sh stop        stop both
#   sudo scripts/given.sh remove      stop both and forget their data
# Debian or Ubuntu, as root. The cluster is one of its own, beside any other on the machine; it is for tests:
# its data do not survive a power cut. GIVEN_PORT and GIVEN_POOLER_PORT choose other ports.
set -eu

NAME=treffpunkt_given
PORT=${GIVEN_PORT:-5439}
POOLER_PORT=${GIVEN_POOLER_PORT:-6439}
STATE=/var/lib/treffpunkt-given

[ "$(id -u)" = 0 ] || { echo "This needs root: sudo scripts/given.sh" >&2; exit 1; }

version() { ls /usr/lib/postgresql 2>/dev/null | sort -n | tail -1; }

install() {
  [ -n "$(version)" ] && command -v pg_createcluster >/dev/null && command -v pgbouncer >/dev/null && return
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql pgbouncer; } >&2
}

secrets() {
  mkdir -p "$STATE"
  chown postgres "$STATE"
  chmod 700 "$STATE"
  for role in owner app; do
    [ -s "$STATE/$role" ] || (umask 077; od -An -N24 -tx1 /dev/urandom | tr -d ' \n' > "$STATE/$role")
  done
}

as_postgres() { su postgres -s /bin/sh -c "$1"; }

database() {
  if ! pg_lsclusters -h | grep -q "^$(version) *$NAME "; then
    pg_createcluster --port "$PORT" --locale C.UTF-8 --encoding UTF8 "$(version)" "$NAME" >&2
    cat >> "/etc/postgresql/$(version)/$NAME/postgresql.conf" <<END
# for tests
fsync = off
full_page_writes = off
synchronous_commit = off
max_connections = 200
jit = off
END
  fi
  pg_lsclusters -h | grep -q "^$(version) *$NAME .* online" || pg_ctlcluster "$(version)" "$NAME" start >&2
  # The owner may end the serving role's connections: a test's database is dropped whoever still uses it.
  as_postgres "psql -q -v ON_ERROR_STOP=1 -p $PORT" >&2 <<END
do \$\$ begin
  create role treffpunkt_owner login createdb;
exception when duplicate_object then null; end \$\$;
do \$\$ begin
  create role treffpunkt_app login;
exception when duplicate_object then null; end \$\$;
alter role treffpunkt_owner password '$(cat "$STATE/owner")';
alter role treffpunkt_app password '$(cat "$STATE/app")';
grant pg_signal_backend to treffpunkt_owner;
select 'create database treffpunkt owner treffpunkt_owner'
  where not exists (select from pg_database where datname = 'treffpunkt') \gexec
END
}

pooler() {
  (umask 077
   printf '"treffpunkt_app" "%s"\n' "$(cat "$STATE/app")" > "$STATE/users"
   cat > "$STATE/pgbouncer.ini" <<END
[databases]
* = host=127.0.0.1 port=$PORT
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $POOLER_PORT
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $STATE/users
pool_mode = transaction
default_pool_size = 10
max_client_conn = 500
server_check_delay = 0
logfile = $STATE/pgbouncer.log
pidfile = $STATE/pgbouncer.pid
END
  )
  chown postgres "$STATE/users" "$STATE/pgbouncer.ini"
  if running; then kill -HUP "$(cat "$STATE/pgbouncer.pid")"; else as_postgres "pgbouncer -q -d $STATE/pgbouncer.ini" >&2; fi
}

running() { [ -s "$STATE/pgbouncer.pid" ] && kill -0 "$(cat "$STATE/pgbouncer.pid")" 2>/dev/null; }

say() {
  app=treffpunkt_app:$(cat "$STATE/app")
  cat <<END
export TREFFPUNKT_DATABASE_URL=postgresql://$app@127.0.0.1:$POOLER_PORT/treffpunkt
export TREFFPUNKT_DIRECT_DATABASE_URL=postgresql://$app@127.0.0.1:$PORT/treffpunkt
export TREFFPUNKT_OWNER_DATABASE_URL=postgresql://treffpunkt_owner:$(cat "$STATE/owner")@127.0.0.1:$PORT/treffpunkt
END
}

stop() {
  if running; then kill -INT "$(cat "$STATE/pgbouncer.pid")"; fi
  if pg_lsclusters -h | grep -q "^$(version) *$NAME .* online"; then pg_ctlcluster "$(version)" "$NAME" stop -m fast; fi
}

case "${1:-start}" in
  start) install; secrets; database; pooler; say ;;
  stop) stop ;;
  remove) stop; pg_dropcluster "$(version)" "$NAME"; rm -rf "$STATE" ;;
  *) sed -n '2,7s/^# *//p' "$0" >&2; exit 2 ;;
esac
