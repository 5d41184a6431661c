"""Jobs of every day: queued once a day, however many workers there are."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from voice.database import sql
from voice.database.pool import Part, transaction
from voice.jobs import queue
from voice.jobs.work import LOST

SQL = sql.load(__file__)
EVERY = 600.0  # Seconds between two looks at the calendar.
log = logging.getLogger("voice.jobs")


async def queue_today(dsn: str, names: Sequence[str]) -> list[str]:
    """Queue each of these jobs unless that was done today; return the names of those queued."""
    queued = []
    async with transaction(dsn, Part.WORKER) as db:
        await db.execute(SQL.forget_old_days)
        for name in names:
            if await db.fetchval(SQL.first_today, name):
                await queue.add(db, name, None, once=name)
                queued.append(name)
    return queued


async def keep_queueing(
    find_database: Callable[[], Awaitable[str]], names: Sequence[str], stop: asyncio.Event
) -> None:
    """Queue the jobs of each day until told to stop, through every loss of the database."""
    while not stop.is_set():
        try:
            await queue_today(await find_database(), names)
        except LOST as lost:
            log.warning("The database is away (%s); trying again.", type(lost).__name__)
        try:
            await asyncio.wait_for(stop.wait(), EVERY)
        except TimeoutError:
            continue
