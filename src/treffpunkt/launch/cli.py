"""The command `treffpunkt`."""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from treffpunkt.launch import backup, doctor, logs, restore, upgrade
from treffpunkt.launch.installation import opened
from treffpunkt.launch.problems import Problem
from treffpunkt.launch.up import is_loopback, prepare, up

PORT = 8000
PASSED_ON: dict[str, tuple[str, ...]] = {"import": ("import_file",), "mail": ("take_mail",), "manage": ()}
OWNERS = {"migrate", "flush", "sqlmigrate", "dbshell"}  # management commands that need the tables' owner
ROLES = ("coordinator", "counsellor", "legal_reviewer", "system_administrator")


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, do what it asks and return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words and words[0] in PASSED_ON:  # argparse would take their options for its own
            return _with_django(*PASSED_ON[words[0]], *words[1:])
        options = _parser().parse_args(words)
        code: int = options.run(options)
    except Problem as problem:
        print(f"treffpunkt: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="treffpunkt",
        description="Start and tend an installation of Treffpunkt. Its data lie in TREFFPUNKT_HOME; its database is "
        "the one of TREFFPUNKT_DATABASE_URL, else an embedded one.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(name: str, run: object, says: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=says, description=says)
        command.set_defaults(run=run)
        return command

    everything = add("up", up, "Run everything: database, web and worker, until Ctrl-C.")
    _listening(everything)
    everything.add_argument("--demo", action="store_true", help="fill an empty database with the demo story")
    web = add("web", _web, "Run a web server.")
    _listening(web)
    # Whoever starts us prepares everything meanwhile.
    web.add_argument("--prepared", action="store_true", help=argparse.SUPPRESS)
    add("worker", _worker, "Run a worker for the background jobs.")
    add("migrate", _migrate, "Bring the database and the static files up to date.")
    add("import", None, "Import a file: treffpunkt import FILE --target NAME (more with --help).")
    add("mail", None, "Take mail that came in: treffpunkt mail < MAIL (more with --help).")
    staff = add("createstaff", _create_staff, "Make an account for a member of staff.")
    staff.add_argument("--email", required=True)
    staff.add_argument("--name", required=True)
    staff.add_argument("--role", required=True, action="append", choices=ROLES, help="may be given several times")
    staff.add_argument("--language", default="de", choices=("de", "en"))
    backup.add_arguments(add("backup", backup.run, "Write database and files into one file, while everything runs."))
    restore.add_arguments(add("restore", restore.run, "Bring back what a backup holds, in place of what is here."))
    upgrade.add_arguments(add("upgrade", upgrade.run, "Back up, migrate and check after a new version was installed."))
    doctor.add_arguments(add("doctor", doctor.run, "Look whether everything is well, and say the remedy where not."))
    releasing = add("release", _release, "Let out the messages that are held back after a restore.")
    releasing.add_argument("--discard", action="store_true", help="do not send those that waited")
    add("manage", None, "Run a management command of Django.")
    return parser


def _listening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or PORT))


def _web(options: argparse.Namespace) -> int:
    """Serve pages; no line is written per request, since links to outsiders' pages are secrets."""
    if os.environ.get("TREFFPUNKT_DEMO") and not is_loopback(options.host):
        raise Problem(f"The demo runs on this machine only: leave out --host {options.host}.")
    with opened() as installation:
        environment = installation.environment(pages=True)
        if not options.prepared:
            if installation.needs_migrating():
                raise Problem("The database is not up to date. Run: treffpunkt migrate")
            prepare(installation, environment)
        os.environ.update(environment)
        os.environ.pop("TREFFPUNKT_OWNER_DATABASE_URL", None)  # nothing that serves pages knows the owner's password
        from granian.constants import Interfaces
        from granian.server import Server

        workers = int(os.environ.get("TREFFPUNKT_WEB_WORKERS") or max(1, (os.cpu_count() or 1) // 2))
        with _figures(installation.home, options.port) as folder:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
            Server(
                "treffpunkt.site.wsgi:application",
                address=options.host,
                port=options.port,
                interface=Interfaces.WSGI,
                workers=workers,
                blocking_threads=int(os.environ.get("TREFFPUNKT_WEB_THREADS") or 4),
                log_access=False,
                log_level="warning",  # type: ignore[arg-type]
                log_dictconfig=logs.config(),
                respawn_failed_workers=True,
                respawn_interval=0.5,
                workers_kill_timeout=2,
                process_name=None,
                websockets=False,
            ).serve()
    return 0


@contextmanager
def _figures(home: Path, port: int) -> Iterator[str]:
    """Give an empty folder in which the processes of this web server add up what they measure.

    It lies in memory where there is a place for that: the files are mapped, and writing to a mapped file on a full
    disk kills the process.
    """
    ours = hashlib.sha256(f"{home}:{port}".encode()).hexdigest()[:16]
    for folder in (Path(f"/dev/shm/treffpunkt-{os.geteuid()}-{ours}"), home / "figures" / str(port)):
        shutil.rmtree(folder, ignore_errors=True)
        try:
            folder.mkdir(mode=0o700, parents=folder.is_relative_to(home))
        except OSError:
            continue
        try:
            yield str(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return
    raise Problem(f"No folder could be made for what is measured, neither in memory nor in {home}.")


def _worker(_: argparse.Namespace) -> int:
    with opened() as installation:
        if installation.needs_migrating():
            raise Problem("The database is not up to date. Run: treffpunkt migrate")
        os.environ.update(installation.environment())
        _setup()
        from treffpunkt.jobs.working import work

        work(int(os.environ.get("TREFFPUNKT_WORKER_JOBS") or 4))
    return 0


def _migrate(_: argparse.Namespace) -> int:
    with opened() as installation:
        prepare(installation, installation.environment())
    return 0


def _create_staff(options: argparse.Namespace) -> int:
    with opened() as installation:
        os.environ.update(installation.environment())
        _setup()
        from treffpunkt.core.agent import SYSTEM
        from treffpunkt.core.errors import DomainError
        from treffpunkt.people.services import create_staff

        try:
            create_staff(
                by=SYSTEM, email=options.email, name=options.name, roles=options.role, language=options.language
            )
        except DomainError as error:
            raise Problem(str(error)) from error
    print(f"{options.email} may sign in now, with a code that comes by mail.")
    return 0


def _release(options: argparse.Namespace) -> int:
    with opened() as installation:
        os.environ.update(installation.environment())
        _setup()
        from treffpunkt.core.agent import SYSTEM
        from treffpunkt.post.holding import held, release_messages

        if held() is None:
            print("No messages are held back.")
            return 0
        number = release_messages(by=SYSTEM, send=not options.discard)
    print(f"{number} messages will not be sent." if options.discard else f"{number} messages may go out now.")
    return 0


def _with_django(*arguments: str) -> int:
    with opened() as installation:
        os.environ.update(installation.environment(as_owner=bool(OWNERS.intersection(arguments[:1]))))
        return _django(*arguments)


def _django(*arguments: str) -> int:
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["treffpunkt", *arguments])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _setup() -> None:
    import django

    django.setup()
