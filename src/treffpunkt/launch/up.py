"""`treffpunkt up`: everything one machine needs, in one terminal."""

from __future__ import annotations

import argparse
import fcntl
import ipaddress
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from treffpunkt.launch import children, gate, logs, places
from treffpunkt.launch.embedded import Busy
from treffpunkt.launch.installation import Installation, opened
from treffpunkt.launch.problems import Problem
from treffpunkt.launch.supervisor import Kept, Supervisor, child


class Stopped(Exception):
    """Somebody asked us to stop before everything ran."""


def up(options: argparse.Namespace) -> int:
    """Start database, web and worker, and stay until a signal; return the exit code."""
    host, port, demo = options.host, options.port, options.demo
    if demo and not is_loopback(host):
        raise Problem(
            f"The demo opens everybody's mail to everybody, so it runs on this machine only: leave out --host {host}."
        )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_early)
    try:
        with _only_one(places.prepared_home(), host, port), _claimed(host, port) as claim, _database() as installation:
            address = _address(host, port)
            environment = _environment(installation, host, port, demo=demo)
            with Supervisor() as supervisor:
                claim.close()
                with gate.shut(installation.home):
                    supervisor.keep(*_server(installation), _web(installation, environment, host, port))
                    prepare(installation, environment)
                empty = _is_empty(installation)
                supervisor.keep(
                    child("worker", command("worker"), environment), *_story(environment, wanted=demo and empty)
                )
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(number, supervisor.ask_to_stop)
                _welcome(address, demo=demo, empty=empty)
                supervisor.run()
    except Stopped:
        return 0
    print("Treffpunkt has stopped.", flush=True)
    return 0


def _web(installation: Installation, environment: dict[str, str], host: str, port: int) -> Kept:
    """Start the web server at once: it loads while the database is prepared, and waits at the gate."""
    given = environment | {"TREFFPUNKT_DATABASE_URL": installation.app_url}
    return child("web", [*command("web"), "--host", host, "--port", str(port), "--prepared"], given)


def _server(installation: Installation) -> list[Kept]:
    """Keep the embedded database running, where it is ours."""
    server = installation.server
    return [Kept("database", server.start_again, process=server.process)] if server else []


def _story(environment: dict[str, str], *, wanted: bool) -> list[Kept]:
    """Tell the demo story while web server and worker already run; the sign-in page waits for its people."""
    telling = [sys.executable, "-m", "treffpunkt.launch.prepare", "demo"]
    return [child("story", telling, environment, once=True)] if wanted else []


def command(name: str) -> list[str]:
    """Give the command line of one of our own commands."""
    return [sys.executable, "-m", "treffpunkt.launch", name]


def prepare(installation: Installation, environment: dict[str, str]) -> None:
    """Migrate and collect static files, each only where something is missing."""
    static = installation.needs_static_files()
    if installation.needs_migrating():
        with installation.migrating() as needed:
            if needed:
                print("Bringing the database up to date ...", flush=True)
                restored = installation.was_restored()
                _run(
                    "the database",
                    environment | installation.environment(as_owner=True),
                    "database",
                    *["static"] * static,
                )
                installation.let_serve()
                if restored:
                    _run("restored data", environment, "restored")
                installation.note_migrated()
                if static:
                    installation.note_static_files()
                    static = False
    if static:
        _run("the static files", environment, "static")
        installation.note_static_files()


def _run(what: str, environment: dict[str, str], *tasks: str) -> None:
    """Run some of the preparations in a process that ends with us; a Problem where one fails."""
    command = [sys.executable, "-m", "treffpunkt.launch.prepare", *tasks]
    process = children.start(command, when_orphaned=signal.SIGTERM, env=environment)
    try:
        if process.wait():
            raise Problem(f"Preparing {what} failed; the reason stands above.")
    finally:
        if process.poll() is None:
            children.kill_group(process, signal.SIGTERM)
            try:
                process.wait(1)
            except subprocess.TimeoutExpired:
                children.kill_group(process, signal.SIGKILL)
                process.wait()


def _is_empty(installation: Installation) -> bool:
    """Say whether nobody has an account yet."""
    with psycopg.connect(installation.app_url) as connection:
        return connection.execute("select 1 from people_staff limit 1").fetchone() is None


def _environment(installation: Installation, host: str, port: int, *, demo: bool) -> dict[str, str]:
    environment = installation.environment()
    environment.setdefault("TREFFPUNKT_BASE_URL", _address(host, port))
    environment.setdefault("TREFFPUNKT_LOG", "json" if logs.as_json() else "text")
    environment.pop("TREFFPUNKT_DEMO", None)
    if demo:
        environment["TREFFPUNKT_DEMO"] = "1"
    return environment


@contextmanager
def _database() -> Iterator[Installation]:
    try:
        with opened(alone=True) as installation:
            yield installation
    except Busy as error:
        raise Problem(
            f"{error} Wait until that command is done, or choose another folder: TREFFPUNKT_HOME=/another/folder"
        ) from error


@contextmanager
def _only_one(home: Path, host: str, port: int) -> Iterator[None]:
    """Hold the data folder, so that a second `up` on it says where the first one runs."""
    with (home / "up").open("a+") as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            note.seek(0)
            raise Problem(
                f"Treffpunkt already runs on this data{note.read()}. Stop it there with Ctrl-C, or choose another "
                "folder: TREFFPUNKT_HOME=/another/folder"
            ) from error
        note.truncate(0)
        note.write(f" at {_address(host, port)} (process {os.getpid()})")
        note.flush()
        yield
        note.truncate(0)


@contextmanager
def _claimed(host: str, port: int) -> Iterator[socket.socket]:
    """Hold the port before anything is started, until the web server takes it over."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except PermissionError as error:
            raise Problem(
                f"Ports below 1024 are the system's. Choose another one: make run PORT={_free(host)}"
            ) from error
        except OSError as error:
            raise Problem(
                f"Port {port} on {host} is taken or not ours ({error.strerror}). "
                f"Choose another one: make run PORT={_free(host)}"
            ) from error
        yield probe


def _free(host: str) -> int:
    for port in range(8001, 8100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return 8123


def _address(host: str, port: int) -> str:
    name = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _welcome(address: str, *, demo: bool, empty: bool) -> None:
    if demo and empty:
        how = (
            "The demo story is being told, a few seconds. Then choose one of the people on the sign-in page;\n"
            "  her code lies in the Outbox that page links to."
        )
    elif demo:
        how = "Choose one of the people on the sign-in page; her code lies in the Outbox that page links to."
    elif empty:
        how = (
            "Make the first account: "
            "treffpunkt createstaff --email you@example.org --name 'Your Name' --role coordinator"
        )
    else:
        how = "Sign in with your mail address; the code comes by mail."
    print(f"\n  Treffpunkt runs at {address}\n  {how}\n  Ctrl-C stops it.\n", flush=True)


def _stop_early(*_: object) -> None:
    raise Stopped
