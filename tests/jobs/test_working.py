"""The worker takes up what others left, begins again after trouble, and outlasts a clock that jumps."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from treffpunkt.core.jobs import defer
from treffpunkt.intake.models import Alias
from treffpunkt.intake.running import Held
from treffpunkt.jobs import working
from treffpunkt.launch import logs

pytestmark = pytest.mark.django_db(transaction=True)


def in_worker(work: Callable[[App], Coroutine[Any, Any, Any]]) -> Any:
    """Do something as the worker's process does it: with connections of its own."""

    async def run(here: App) -> Any:
        async with here.open_async():
            return await work(here)

    # In a thread: a browser that is open in this process keeps a loop going in the main one.
    with app.replace_connector(app.connector.get_worker_connector()) as here, ThreadPoolExecutor(1) as beside:
        return beside.submit(lambda: asyncio.run(run(here))).result()


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def begun(name: str, *, silent: float, lock: str | None = None) -> int:
    """A job that a worker has begun, who gave its last sign of life some seconds ago."""
    (worker,) = rows(
        "insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s)) returning id",
        silent,
    )
    ((job,),) = rows(
        "insert into procrastinate_jobs (queue_name, task_name, queueing_lock, status, worker_id, args) "
        "values ('default', %s, %s, 'doing', %s, '{}') returning id",
        name,
        lock,
        *worker,
    )
    return job


def state(job: int) -> str:
    return rows("select status::text from procrastinate_jobs where id = %s", job)[0][0]


def test_jobs_of_a_silent_worker_are_taken_up_and_those_of_a_living_one_are_not():
    dead, alive = begun("intake.apply", silent=60), begun("intake.apply", silent=1)

    in_worker(working.take_up)

    assert (state(dead), state(alive)) == ("todo", "doing")


def test_of_jobs_that_wait_only_once_one_is_enough():
    first, second = (begun("post.deliver", silent=60, lock="post.deliver") for _ in range(2))
    in_worker(working.take_up)
    assert sorted([state(first), state(second)]) == ["aborted", "todo"]

    third, other = begun("post.deliver", silent=60, lock="post.deliver"), begun("intake.apply", silent=60)
    in_worker(working.take_up)
    assert (state(third), state(other)) == ("aborted", "todo")


def test_job_begins_again_after_trouble_and_not_after_its_own_mistake():
    job = Job(id=1, task_name="x", queue="default", lock=None, queueing_lock=None, attempts=3)
    decide = working.AfterTrouble().get_retry_decision

    for trouble in (OperationalError("server closed the connection"), Held()):
        wait = decide(exception=trouble, job=job).retry_at.timestamp() - time.time()
        assert 5 < wait < 9
    assert decide(exception=ValueError(), job=job) is None


def test_job_that_a_job_asks_for_commits_with_its_data_or_not_at_all():
    async def work(here: App) -> None:
        await asyncio.to_thread(ask)

    def ask() -> None:
        with transaction.atomic():
            defer("network.renew_plan", once="wanted in vain")
            transaction.set_rollback(True)
        with transaction.atomic():
            defer("network.renew_plan", once="wanted")
        connection.close()

    in_worker(work)

    assert rows("select queueing_lock from procrastinate_jobs") == [("wanted",)]


def test_clock_set_back_leaves_nothing_in_the_future():
    rows(
        "insert into procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp) "
        "values ('post.deliver_due', '', extract(epoch from now())::bigint + 86400)"
    )
    begun("intake.apply", silent=60)
    rows(
        "update procrastinate_jobs set status = 'todo', attempts = 1, scheduled_at = now() + interval '1 day', "
        "worker_id = null"
    )

    in_worker(working.mind_the_clock)

    assert rows("select 1 from procrastinate_periodic_defers") == []
    assert rows("select scheduled_at <= now() from procrastinate_jobs") == [(True,)]


def test_timetable_goes_on_after_the_clock_was_set_back():
    at = time.time()
    timetable = working.Deferrer(registry=app.periodic_registry)
    every_minute = [key for key, task in app.periodic_registry.periodic_tasks.items() if task.cron == "* * * * *"]

    def due(moment: float) -> set[str]:
        return {task.task.name for task, _ in timetable.get_previous_tasks(moment)}

    assert every_minute
    assert {name for name, _ in every_minute} <= due(at + 86400)
    assert {name for name, _ in every_minute} <= due(at)
    assert not {name for name, _ in every_minute} & due(at)


def test_failed_job_keeps_what_the_database_said_out_of_log_and_tables(caplog):
    handle = "samira.haddad.koeln"

    def keep_twice() -> None:
        try:
            for _ in range(2):
                Alias.objects.create(kind="network.actor", key=handle, record_id=None)
        finally:
            connection.close()

    async def fail(here: App) -> None:
        task = here.task(name="test.keep_twice", queue="test")(keep_twice)
        try:
            await task.defer_async()
            # Its own queue alone: a job of the timetable would leave a connection behind.
            await here.run_worker_async(queues=["test"], wait=False, install_signal_handlers=False, listen_notify=False)
        finally:
            here.tasks.pop("test.keep_twice")

    in_worker(fail)

    ((state_of_job,),) = rows("select status::text from procrastinate_jobs where task_name = 'test.keep_twice'")
    assert state_of_job == "failed"
    broken = [record for record in caplog.records if record.exc_info]
    assert any(handle in str(record.exc_info[1]) for record in broken)  # that is what must not come through
    for machine in (False, True):
        form = logs.formatter(machine=machine, debug=False)
        said = "\n".join(form.format(record) for record in caplog.records)
        assert handle not in said
        assert "23505 intake_alias alias_once" in said
    for table in ("procrastinate_jobs", "procrastinate_events"):
        assert rows(f"select 1 from {table} t where t::text like %s", f"%{handle}%") == []
