"""What an export counts beyond the replies. It writes nothing."""

from voice.database import sql
from voice.database.pool import Connection

SQL = sql.load(__file__)


async def own_voices(db: Connection) -> tuple[int, int]:
    """Return how many answers children and young people gave themselves, and how many there are."""
    row = await db.fetchrow(SQL.own_voices)
    return (row["own"], row["every"]) if row else (0, 0)
