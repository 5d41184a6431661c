"""After a backup was restored: what was taken back since it was made goes again.

A backup knows nothing of what came after it. The ids of responses that are gone are kept as hashes,
apart from it; here they are held against what came back.
"""

from collections.abc import Sequence
from datetime import datetime

from voice.database import sql
from voice.database.pool import Connection
from voice.jobs import queue
from voice.rights import retention
from voice.rights.retention import Removed
from voice.settings import Settings

SQL = sql.load(__file__)


async def gone(db: Connection) -> list[bytes]:
    """Return the hashes of all responses that are gone; none before there was such a list."""
    if not await db.fetchval(SQL.gone_is_kept):
        return []
    return [row["sha256"] for row in await db.fetch(SQL.gone)]


async def forget_again(
    db: Connection, settings: Settings, hashes: Sequence[bytes], now: datetime
) -> tuple[int, Removed]:
    """Remove these responses, then all words whose time has come, in the caller's transaction.

    Everybody is signed out, too. Themes that knew the responses are found again by the worker.

    Returns:
        how many responses went again, and what went because of its age.
    """
    await db.execute(SQL.keep_gone, list(hashes))
    found = await db.fetch(SQL.remove_again, list(hashes))
    for survey, wave in sorted({(row["survey_id"], row["wave"]) for row in found}):
        await queue.add(db, "find_again", (survey, wave))
    await db.execute(SQL.end_sessions)
    return len(found), await retention.remove(db, settings, now)
