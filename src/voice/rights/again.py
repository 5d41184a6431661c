"""After a backup was restored: what was taken back since it was made goes again.

A backup knows nothing of what came after it. The ids of responses that are gone are kept as hashes,
apart from it; here they are held against what came back.
"""

from collections.abc import Sequence

from voice.database import sql
from voice.database.pool import Connection
from voice.jobs import queue
from voice.rights import retention
from voice.rights.retention import Hold

SQL = sql.load(__file__)


async def gone(db: Connection) -> list[bytes]:
    """Return the hashes of all responses that are gone; none before there was such a list."""
    if not await db.fetchval(SQL.gone_is_kept):
        return []
    return [row["sha256"] for row in await db.fetch(SQL.gone)]


async def hold_again(db: Connection, held: Sequence[Hold]) -> None:
    """Put these holds, which stood in the database that was replaced, unless they stand already."""
    standing = {(one.survey_id, one.wave) for one in await retention.holds(db)}
    for one in held:
        if (one.survey_id, one.wave) not in standing:
            await retention.hold(db, one.survey_id, one.wave, one.reason)


async def forget_again(db: Connection, hashes: Sequence[bytes]) -> int:
    """Remove these responses, in the caller's transaction, and sign everybody out.

    Themes that knew the responses are found again by the worker.

    Returns:
        how many responses went again.
    """
    await db.execute(SQL.keep_gone, list(hashes))
    found = await db.fetch(SQL.remove_again, list(hashes))
    for survey, wave in sorted({(row["survey_id"], row["wave"]) for row in found}):
        await queue.add(db, "find_again", (survey, wave))
    await db.execute(SQL.end_sessions)
    return len(found)
