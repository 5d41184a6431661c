"""Connections: one transaction for each request or job."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from voice.database import embedded
from voice.settings import Settings

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
else:  # asyncpg's types take no parameters at run time, and its own check knows the pool's proxy.
    Connection = asyncpg.Connection
    Pool = asyncpg.Pool


async def address(settings: Settings) -> str:
    """Return the address of the database; start our own Postgres when none is set."""
    return settings.database_url or await embedded.start(settings.data_dir)


async def connect(dsn: str) -> "asyncpg.Connection[asyncpg.Record]":
    """Open one connection."""
    return await asyncpg.connect(dsn, timeout=10)


@asynccontextmanager
async def open_pool(dsn: str, size: int) -> AsyncGenerator[Pool, None]:
    """Hold a pool of at most `size` connections open."""
    async with asyncpg.create_pool(dsn, min_size=1, max_size=size) as pool:
        yield pool


@asynccontextmanager
async def transaction(dsn: str) -> AsyncGenerator[Connection, None]:
    """Give one connection and one transaction; an error undoes it all."""
    connection = await connect(dsn)
    try:
        async with connection.transaction():
            yield connection
    finally:
        await connection.close()
