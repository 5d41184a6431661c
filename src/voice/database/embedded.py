"""A Postgres of our own, for everyone who has none: start it, attach to it, stop it.

The server runs in a session of its own and outlives the process that started it, so that killing
the app harms no one else who is attached. Never trust a process number: ask "can I connect?".
"""

import asyncio
import fcntl
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Literal

import asyncpg

from voice.database import embedded_server
from voice.database.embedded_left import end_headless, listener
from voice.database.embedded_place import Place, only_one, take, wait_for
from voice.database.embedded_problem import PostgresProblem, in_plain_words, problem_from
from voice.database.embedded_user import AsRoot, account_for, binaries

__all__ = ["PostgresProblem", "binaries", "in_use", "leave", "leave_since", "start", "stop"]

Answer = Literal["ready", "no database", "busy", "silent"]
LONGEST_START = 300.0  # Seconds: after a power cut the server first mends its files.
LONGEST_STOP = 60.0
WAYS_TO_END = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 30.0))
STUCK = (
    "The database neither answers nor ends. If it runs in another container, stop it there,"
    " then try again."
)
# Open files of this process, by folder: each holds the lock that says "somebody is attached".
_attached: dict[Path, int] = {}


async def start(data_dir: Path, *, as_root: AsRoot = "choose") -> str:
    """Make sure that our Postgres runs over `data_dir`, and return its address.

    Any number of processes may call it at once: one starts the server, the rest attach. From then
    on, and until it ends or calls `leave`, this process counts as attached.

    Args:
        as_root: how to run the server when we are root; see `account_for`.

    Raises:
        PostgresProblem: it cannot start; the message says why and what to do.
    """
    place = _place(data_dir)
    with in_plain_words(place.folder):
        embedded_server.make_folders(place)
        await _attach(place)
        if await _ask(place) != "ready":
            async with only_one(place.starting):
                await _bring_up(place, as_root)
    return place.dsn()


async def stop(data_dir: Path) -> None:
    """Stop the server over `data_dir` at once, whoever is attached; all that was saved stays.

    Raises:
        PostgresProblem: it runs in another container, or does not end.
    """
    place = _place(data_dir)
    if not place.locks.exists():
        return
    with in_plain_words(place.folder):
        async with only_one(place.starting):
            await _shut_down(place)
    _detach(place)


async def leave(data_dir: Path) -> bool:
    """Stop using the server; stop it if nobody else uses it, and say whether it was stopped.

    Somebody else is every living process that called `start` and not `leave`, and every open
    connection. So close your own connections first.
    """
    place = _place(data_dir)
    _detach(place)
    if not place.locks.exists():
        return False
    with in_plain_words(place.folder):
        async with only_one(place.starting):
            alone = take(place.attached)
            if alone is None:
                return False
            try:
                if await _in_use(place):
                    return False
                await _shut_down(place)
            finally:
                os.close(alone)
    return True


def in_use() -> frozenset[Path]:
    """Return the data folders whose servers this process uses."""
    return frozenset(_attached)


async def leave_since(before: frozenset[Path]) -> None:
    """Leave every server that this process uses now and did not before, as a command's end does."""
    for data_dir in in_use() - before:
        await leave(data_dir)


def _place(data_dir: Path) -> Place:
    return Place(data_dir.absolute().resolve())


async def _attach(place: Place) -> None:
    if place.folder not in _attached:
        shared = await wait_for(place.attached, fcntl.LOCK_SH, seconds=LONGEST_STOP)
        _attached[place.folder] = shared


def _detach(place: Place) -> None:
    # Closed, not unlocked: children that share the open file keep the lock.
    if place.folder in _attached:
        os.close(_attached.pop(place.folder))


async def _ask(place: Place, database: str = "voice") -> Answer:
    """Ask the server whether it lets us in."""
    embedded_server.check_socket_folder(place)
    try:
        connection = await asyncpg.connect(place.dsn(database), timeout=5)
    except asyncpg.InvalidCatalogNameError:
        return "no database"
    except asyncpg.TooManyConnectionsError:
        return "ready"
    except (asyncpg.CannotConnectNowError, TimeoutError):
        return "busy"
    except PermissionError:
        raise
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return "silent"
    await connection.close()
    return "ready"


async def _bring_up(place: Place, as_root: AsRoot) -> None:
    """Start the server unless it runs; only the holder of the `starting` lock may."""
    running = await _wait_until_gone(place, LONGEST_STOP, unless_it_answers=True)
    if running is None:
        return await _wait_until_ready(place, place.log.stat().st_size)
    try:
        account = await asyncio.to_thread(account_for, place, as_root)
        begins = await asyncio.to_thread(embedded_server.launch, place, account, running)
    finally:
        os.close(running)
    await _wait_until_ready(place, begins)


async def _wait_until_gone(
    place: Place, seconds: float, *, unless_it_answers: bool = False
) -> int | None:
    """Wait for the last process of an earlier server to end.

    Returns:
        an open file that holds the `running` lock; None when the server still runs.
    """
    began = time.monotonic()
    while (running := take(place.running)) is None:
        waited = time.monotonic() - began
        if waited > seconds or (unless_it_answers and await _ask(place) != "silent"):
            return None
        if waited > 1:
            await asyncio.to_thread(end_headless, place)
        await asyncio.sleep(0.02)
    return running


async def _wait_until_ready(place: Place, begins: int) -> None:
    """Wait until the server lets us in; `begins` is where in the log its start begins."""
    began = heard = time.monotonic()
    while (now := time.monotonic()) < began + LONGEST_START:
        answer = await _ask(place)
        if answer == "ready":
            return
        if answer != "silent":
            heard = now
        elif (ended := take(place.running)) is not None:
            os.close(ended)
            raise problem_from(_end_of_log(place, begins), place.log)
        elif now > heard + LONGEST_STOP:
            raise PostgresProblem(STUCK)
        if answer == "no database":
            await _create_database(place)
        await asyncio.sleep(0.01)
    raise PostgresProblem(
        "The database has been mending its files for five minutes. Wait, then try again."
    )


async def _create_database(place: Place) -> None:
    connection = await asyncpg.connect(place.dsn("postgres"), timeout=10)
    try:
        await connection.execute("create database voice")
    finally:
        await connection.close()


async def _shut_down(place: Place) -> None:
    """Ask for a fast shutdown, which rolls back what is unfinished, and wait for the end.

    A Postgres 18 that is asked while it mends its files may wait for ever, so let it finish first.
    One that still does not end is told to drop everything; the next start mends its files.
    """
    running = await _wait_until_gone(place, LONGEST_STOP, unless_it_answers=True)
    if running is None:
        await _wait_while_busy(place)
    for how, seconds in WAYS_TO_END:
        if running is None:
            _tell_to_end(place, how)
            running = await _wait_until_gone(place, seconds)
    if running is None:
        raise PostgresProblem(STUCK)
    with suppress(OSError):
        place.sockets.rmdir()
    os.close(running)


async def _wait_while_busy(place: Place) -> None:
    for _ in range(200):  # Ten seconds.
        if await _ask(place, "postgres") != "busy":
            return
        await asyncio.sleep(0.05)


def _tell_to_end(place: Place, how: signal.Signals) -> None:
    pid = listener(place)
    if pid == 0:
        raise PostgresProblem("The database runs in another container. Stop it there.")
    if pid is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, how)


async def _in_use(place: Place) -> bool:
    """Whether anybody else is connected; those who have just left get a second to be gone."""
    if await _ask(place, "postgres") != "ready":
        return False
    connection = await asyncpg.connect(place.dsn("postgres"), timeout=10)
    try:
        for _ in range(20):
            others = await connection.fetchval(
                "select count(*) from pg_stat_activity"
                " where backend_type = 'client backend' and pid <> pg_backend_pid()"
            )
            if not others:
                return False
            await asyncio.sleep(0.05)
    finally:
        await connection.close()
    return True


def _end_of_log(place: Place, begins: int) -> str:
    return place.log.read_bytes()[begins:][-4000:].decode(errors="replace")
