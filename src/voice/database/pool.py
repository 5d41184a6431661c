"""Connections: one transaction for each request or job."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from voice.database import embedded
from voice.errors import VoiceError
from voice.languages.say import later
from voice.settings import Settings

AWAY = later("Your words are still in your browser. Go back, wait a minute, and press Next again.")
PATIENCE = 10.0  # Seconds until we say that no connection is to be had.

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
else:  # asyncpg's types take no parameters at run time, and its own check knows the pool's proxy.
    Connection = asyncpg.Connection
    Pool = asyncpg.Pool


async def address(settings: Settings) -> str:
    """Return the address of the database; start our own Postgres when none is set."""
    return settings.database_url or await embedded.start(settings.data_dir)


class Part(StrEnum):
    """A part of Voice, as the database knows it; `grants.sql` says what each may see and do."""

    WEB = "voice_web"
    WORKER = "voice_worker"
    REPORTS = "voice_reports"


def _settings(part: Part | None) -> dict[str, str]:
    return {} if part is None else {"role": part.value}


async def connect(dsn: str, part: Part | None = None) -> "asyncpg.Connection[asyncpg.Record]":
    """Open one connection, with the rights of a part of Voice; None keeps those of the owner."""
    return await asyncpg.connect(dsn, timeout=10, server_settings=_settings(part))


class DatabaseAway(VoiceError):
    """The database does not answer just now."""

    status = 503
    title = later("We are not ready just now")


LOST = (OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError)


@asynccontextmanager
async def request_connection(pool: Pool, settings: Settings) -> AsyncGenerator[Connection, None]:
    """Give a request one connection; each statement is a transaction of its own.

    An own Postgres that was killed is started again first, once.

    Raises:
        DatabaseAway: there is no connection to be had.
    """
    try:
        connection = await pool.acquire(timeout=PATIENCE)
    except LOST:
        connection = await _acquire_again(pool, settings)
    try:
        yield connection
    finally:
        await pool.release(connection)


@asynccontextmanager
async def request_transaction(pool: Pool, settings: Settings) -> AsyncGenerator[Connection, None]:
    """Give a request one connection and one transaction; an error undoes it all.

    Raises:
        DatabaseAway: as `request_connection`.
    """
    async with request_connection(pool, settings) as connection, connection.transaction():
        yield connection


async def see_only(db: Connection, asked_of: Sequence[str]) -> None:
    """Let the rest of the transaction see only what belongs to these surveys and families."""
    names = ",".join(asked_of) or "none"
    await db.execute("select set_config('voice.surveys', $1, true)", names)


async def _acquire_again(pool: Pool, settings: Settings) -> "PoolConnectionProxy[asyncpg.Record]":
    try:
        await address(settings)
        return await pool.acquire(timeout=PATIENCE)
    except LOST:
        raise DatabaseAway(AWAY) from None


@asynccontextmanager
async def open_pool(
    dsn: str, size: int, part: Part, *, least: int = 1
) -> AsyncGenerator[Pool, None]:
    """Hold a pool of at most `size` connections open, each with the rights of a part of Voice.

    `least` of them are made at once, so that an address that is wrong is told at the start.
    """
    rights = _settings(part)
    async with asyncpg.create_pool(
        dsn, min_size=least, max_size=size, server_settings=rights, reset=_as_it_is
    ) as pool:
        yield pool


async def _as_it_is(_: Connection) -> None:
    """Leave a connection as it is between two requests: what we set ends with its transaction.

    An open transaction is rolled back all the same. Asking Postgres to reset the rest, too, would
    cost every request a trip to the database.
    """


@asynccontextmanager
async def transaction(dsn: str, part: Part | None = None) -> AsyncGenerator[Connection, None]:
    """Give one connection with the rights of a part, and one transaction; an error undoes it."""
    connection = await connect(dsn, part)
    try:
        async with connection.transaction():
            yield connection
    finally:
        await connection.close()
