"""The worker says that it lives, again and again, so that others can tell when it does not."""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable

from voice.database.pool import Part, transaction
from voice.jobs.work import LOST
from voice.upkeep import store

EVERY = 20.0  # Seconds.
log = logging.getLogger("voice.upkeep")


async def keep_saying_alive(
    find_database: Callable[[], Awaitable[str]], stop: asyncio.Event
) -> None:
    """Say that this worker lives until told to stop, through every loss of the database.

    It is said from the loop that takes up jobs: a worker that hangs says nothing.
    """
    worker = f"{socket.gethostname()} {os.getpid()}"
    while not stop.is_set():
        try:
            async with transaction(await find_database(), Part.WORKER) as db:
                await store.live(db, worker)
        except LOST as lost:
            log.warning("The database is away (%s); trying again.", type(lost).__name__)
        try:
            await asyncio.wait_for(stop.wait(), EVERY)
        except TimeoutError:
            continue
