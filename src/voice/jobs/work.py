"""Run jobs until told to stop, through every loss of the database."""

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.models import Job
from pgqueuer.domain.types import QueueExecutionMode

from voice.database.pool import Part, connect

Run = Callable[[bytes], Awaitable[None]]
TRIES = 5
HEARTBEAT = timedelta(seconds=10)
LONGEST_PAUSE = 10.0
LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError)

log = logging.getLogger("voice.jobs")


class JobFailed(Exception):
    """A job fell over. The message names the job and the kind of error, never what was in it."""


async def work(
    find_database: Callable[[], Awaitable[str]],
    jobs: Mapping[str, Run],
    *,
    drain: bool = False,
    stop: asyncio.Event | None = None,
) -> None:
    """Run jobs as they come; with `drain`, until none waits.

    When the database goes away the worker asks for its address again, with growing pauses, so
    that an own Postgres that was killed is started anew. A job that fails is tried again five
    times with growing pauses, then parked.

    Args:
        find_database: gives the address of the database, and starts it when it must.
        jobs: name -> what to do with the payload.
        drain: return when the queue is empty, for `voice work --once`.
        stop: set it to end after the jobs in hand.
    """
    stop = stop or asyncio.Event()
    pause = 0.2
    while not stop.is_set():
        try:
            await _work_once(await find_database(), jobs, drain, stop)
            return
        except* LOST as lost:
            log.warning("The database is away (%s); trying again.", _kind(lost))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def _work_once(dsn: str, jobs: Mapping[str, Run], drain: bool, stop: asyncio.Event) -> None:
    db = await connect(dsn, Part.WORKER)
    try:
        manager = QueueManager(Queries(AsyncpgDriver(db)))
        manager.shutdown = stop
        for name, run in jobs.items():
            _register(manager, name, run)
        await manager.run(
            batch_size=2,
            max_concurrent_tasks=4,
            mode=QueueExecutionMode.drain if drain else QueueExecutionMode.continuous,
            shutdown_on_listener_failure=True,
            heartbeat_timeout=HEARTBEAT,
            dequeue_timeout=timedelta(seconds=5),
        )
    finally:
        await asyncio.wait_for(asyncio.shield(_close(db)), 5)


def _register(manager: QueueManager, name: str, run: Run) -> None:
    async def once(job: Job) -> None:
        try:
            await run(job.payload or b"null")
        except LOST as error:
            raise JobFailed(f"{name}: {type(error).__name__}") from None
        except Exception as error:
            # The traceback says where; the message could hold an answer, so it is left out.
            raise JobFailed(f"{name}: {type(error).__name__}").with_traceback(
                error.__traceback__
            ) from None

    manager.entrypoint(
        name,
        accepts_context=False,
        on_failure="hold",
        executor_factory=functools.partial(DatabaseRetryEntrypointExecutor, max_attempts=TRIES),
    )(once)


async def _close(db: asyncpg.Connection) -> None:
    try:
        await db.close(timeout=3)
    except LOST:
        db.terminate()


def _kind(group: BaseExceptionGroup[BaseException]) -> str:
    first: BaseException = group
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return type(first).__name__
