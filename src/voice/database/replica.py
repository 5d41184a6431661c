"""A copy of the database to read reports from, where there is one; it may be away."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING

import asyncpg

from voice.database.pool import LOST, Connection, Part, Pool, open_pool, request_transaction
from voice.settings import Settings

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

SHORT_PATIENCE = 2.0  # Seconds until we read from the database itself.
LEFT_ALONE = 30.0  # Seconds: nobody waits for a copy that was away a moment ago.


class Reports:
    """Where reports are read: from the copy while it answers, else from the database itself."""

    def __init__(self, itself: Pool, copy: Pool | None) -> None:
        """Remember both; `copy` is None where there is none."""
        self._itself, self._copy = itself, copy
        self._away_until = 0.0

    @asynccontextmanager
    async def transaction(self, settings: Settings) -> AsyncGenerator[Connection, None]:
        """Give a request one connection and one transaction that may read and nothing else.

        Raises:
            DatabaseAway: neither has a connection.
        """
        found = await self._of_copy()
        if found is None or self._copy is None:
            async with request_transaction(self._itself, settings) as db:
                yield db
            return
        try:
            async with found.transaction(readonly=True):
                yield found
        finally:
            await self._copy.release(found)

    async def _of_copy(self) -> "PoolConnectionProxy[asyncpg.Record] | None":
        if self._copy is None or monotonic() < self._away_until:
            return None
        try:
            return await self._copy.acquire(timeout=SHORT_PATIENCE)
        except (*LOST, asyncpg.PostgresError):  # It may be starting, too, or not have our role yet.
            self._away_until = monotonic() + LEFT_ALONE
            return None


@asynccontextmanager
async def open_reports(dsn: str, settings: Settings) -> AsyncGenerator[Reports, None]:
    """Hold the connections for reports open: to the database, and to its copy if there is one."""
    size, copy = settings.pool_size, settings.reports_database_url
    async with open_pool(dsn, size, Part.REPORTS) as itself:
        if not copy:
            yield Reports(itself, None)
            return
        async with open_pool(copy, size, Part.REPORTS, least=0) as read_only:
            yield Reports(itself, read_only)
