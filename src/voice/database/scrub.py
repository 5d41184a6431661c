"""Deleted is deleted: what was taken out of the tables goes from the database's files as well.

Postgres leaves a deleted row where it lies until another is written over it, and its log keeps a
copy until that is overwritten. Here the tables that hold words, and keys to words, are written
anew, and the log so far is closed and removed.
"""

import asyncpg

from voice.database import sql
from voice.database.pool import Connection, Part, connect

SQL = sql.load(__file__)
TABLES = (
    SQL.rewrite_comments,
    SQL.rewrite_keys,
    SQL.rewrite_flags,
    SQL.rewrite_contacts,
    SQL.rewrite_suggestions,
    SQL.rewrite_themes,
    SQL.rewrite_descriptions,
    SQL.rewrite_packs,
)


async def scrub(dsn: str) -> bool:
    """Write the tables that hold words anew, one after another, and remove the log before it.

    A table is closed to everybody while it is written: one to two seconds for 100,000 comments.

    Returns:
        True when the log went too; False where the database does not let us (it is not our own, and
        its owner did not say so: `docs/protection.md`).

    Raises:
        asyncpg.LockNotAvailableError: a table was in use for too long; try later.
    """
    db = await connect(dsn, Part.WORKER)
    try:
        await db.execute(SQL.patience)
        for table in TABLES:
            await db.execute(table)
        return await _remove_log(db)
    finally:
        await db.close()


async def _remove_log(db: Connection) -> bool:
    try:
        await db.execute(SQL.close_log)
        await db.execute(SQL.checkpoint)
    except asyncpg.InsufficientPrivilegeError:
        return False
    return True
