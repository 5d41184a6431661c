"""How many rows each table has, whatever tables there are."""

from voice.database import sql
from voice.database.pool import Connection

SQL = sql.load(__file__)


async def tables(db: Connection) -> list[str]:
    """Return the names of all tables."""
    return [row["tablename"] for row in await db.fetch(SQL.tables)]


async def count(db: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        name: await db.fetchval(SQL.count.format(table=f'"{name}"')) for name in await tables(db)
    }


async def snapshot(db: Connection) -> str:
    """Return the name of what this connection's transaction sees, for another connection."""
    return str(await db.fetchval(SQL.snapshot))


async def look_again(db: Connection) -> None:
    """Let the planner look at all tables."""
    await db.execute(SQL.look_again)
