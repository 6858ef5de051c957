"""The worker: it does the jobs, takes up those of dead workers, and outlasts a database that is away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError
from procrastinate import App, exceptions, periodic, retry
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext, JobResult
from procrastinate.jobs import Job, Status
from procrastinate.worker import Worker

from treffpunkt.intake.running import Held

BEAT = 2  # seconds between two signs of life
DEAD_AFTER = 8  # seconds without one: its jobs are taken up by others
LOOK = 2  # seconds between two looks for such jobs
STOP = 0.3  # seconds before running jobs are asked to leave off; what cannot is killed and taken up again
LONGEST_WAIT = 300  # seconds before a job that met trouble begins again
TROUBLE = (OperationalError, InterfaceError, psycopg.OperationalError, Held)

# Those of workers that give no sign of life, or are gone. Of jobs of which one may wait at a time, one does.
_TAKE_UP = """
with dead as (
    select job.id, job.queueing_lock
    from procrastinate_jobs job left join procrastinate_workers worker on worker.id = job.worker_id
    where job.status = 'doing'
    and (worker.id is null or worker.last_heartbeat < now() - make_interval(secs => %(seconds)s))
    for update of job skip locked
), numbered as (
    select id, queueing_lock, row_number() over (partition by coalesce(queueing_lock, id::text) order by id) as place
    from dead
)
select case
    when place > 1 or exists (
        select 1 from procrastinate_jobs waits where waits.queueing_lock = dead.queueing_lock and waits.status = 'todo'
    )
    then procrastinate_finish_job_v1(id, 'aborted', false)
    else procrastinate_retry_job_v2(id, now(), null, null, null)
end
from numbered dead
"""
# What a clock that was ahead for a while has left in the future.
_FORGET_FUTURE = """
delete from procrastinate_periodic_defers where defer_timestamp > extract(epoch from now()) + 90
"""
_BRING_FORWARD = """
update procrastinate_jobs set scheduled_at = now()
where status = 'todo' and attempts > 0 and scheduled_at > now() + make_interval(secs => %(seconds)s)
"""


class AfterTrouble(retry.BaseRetryStrategy):
    """Begin a job again when database or another worker kept it from its work; after its own mistake never."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> retry.RetryDecision | None:
        """Say when: after a second, then ever later."""
        if not isinstance(exception, TROUBLE):
            return None
        return retry.RetryDecision(retry_in={"seconds": min(LONGEST_WAIT, 2 ** min(job.attempts, 9))})


class Deferrer(periodic.PeriodicDeferrer):
    """The timetable, for which a clock that was set back is no reason to wait until it has caught up."""

    def get_previous_tasks(self, at: float) -> Iterable[periodic.TaskAtTime]:
        """List what is due, forgetting what was done in a future that did not come."""
        self.last_defers = {key: done for key, done in self.last_defers.items() if done <= at}
        return super().get_previous_tasks(at)


class SteadyWorker(Worker):
    """A worker that looks after the jobs of dead ones, and ends rather than lose sight of its own."""

    def _start_side_tasks(self) -> list[asyncio.Task[Any]]:
        return [*super()._start_side_tasks(), asyncio.create_task(self._look_after_jobs(), name="look_after_jobs")]

    async def _periodic_deferrer(self) -> None:
        await Deferrer(registry=self.app.periodic_registry, **self.app.periodic_defaults).worker()

    async def _persist_job_status(
        self,
        job: Job,
        status: Status,
        retry_decision: retry.RetryDecision | None,
        context: JobContext,
        job_result: JobResult | None,
    ) -> None:
        try:
            await super()._persist_job_status(job, status, retry_decision, context, job_result)
        except exceptions.UniqueViolation:  # another of its kind waits already and will do the same
            await super()._persist_job_status(job, Status.ABORTED, None, context, job_result)
        except exceptions.ConnectorException:
            self.stop()  # type: ignore[no-untyped-call]  # still ours; once we are gone somebody takes it up
            raise

    async def _look_after_jobs(self) -> None:
        """Take up what dead workers left, now and then also what a jump of the clock has put off."""
        await _go_on_with_mail(self.app)
        turn = 0
        while True:
            await take_up(self.app)
            if turn % 15 == 0:
                await mind_the_clock(self.app)
            turn += 1
            await asyncio.sleep(LOOK)


def work(concurrency: int) -> None:
    """Do jobs until a signal; raises where the database stays away."""
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as here:
        asyncio.run(_work(here, concurrency))


async def take_up(here: App) -> None:
    """Let the jobs of dead workers begin again; one that waits anyway is enough."""
    await here.connector.execute_query_all_async(_TAKE_UP, seconds=DEAD_AFTER)


async def mind_the_clock(here: App) -> None:
    """After the clock was set back, go on with what stands in the future."""
    await here.connector.execute_query_async(_FORGET_FUTURE)
    await here.connector.execute_query_async(_BRING_FORWARD, seconds=2 * LONGEST_WAIT)


async def _work(here: App, concurrency: int) -> None:
    async with here.open_async():
        here.perform_import_paths()  # type: ignore[no-untyped-call]
        for task in here.tasks.values():
            task.retry_strategy = task.retry_strategy or AfterTrouble()
        worker = SteadyWorker(
            app=here,
            concurrency=concurrency,
            update_heartbeat_interval=BEAT,
            stalled_worker_timeout=10 * DEAD_AFTER,
            shutdown_graceful_timeout=STOP,
            task_middleware=here.worker_defaults["task_middleware"],
        )
        await worker.run()  # type: ignore[no-untyped-call]


async def _go_on_with_mail(here: App) -> None:
    """Whatever a round left that ended in the middle."""
    try:
        await here.configure_task("post.deliver", queue="post", queueing_lock="post.deliver").defer_async()
    except exceptions.AlreadyEnqueued:
        return
