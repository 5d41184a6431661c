"""What the database knows of its own state: versions, tables, jobs, workers' signs of life."""

from datetime import datetime

from msgspec import Struct

from voice.database import sql
from voice.database.pool import Connection, Part
from voice.upkeep.rows import tables

SQL = sql.load(__file__)


class Jobs(Struct, frozen=True):
    """How many jobs of one name are in one state."""

    name: str
    status: str
    jobs: int


class Seen(Struct, frozen=True):
    """What the database says at one moment of jobs and workers."""

    jobs: list[Jobs]
    silent_for: float | None


async def server_version(db: Connection) -> int:
    """Return the number of the server's major version: 17."""
    found: int = await db.fetchval(SQL.server_version)
    return found


async def migrations(db: Connection) -> list[str]:
    """Return the names of the migrations that were applied."""
    return [row["name"] for row in await db.fetch(SQL.migrations)]


async def is_used(db: Connection) -> bool:
    """Tell whether anybody has answered here, or belongs to the staff."""
    return await has_tables(db) and bool(await db.fetchval(SQL.somebody_is_in))


async def has_tables(db: Connection) -> bool:
    """Tell whether Voice has made its tables here."""
    return {"responses", "people", "response_keys"} <= set(await tables(db))


async def others(db: Connection) -> int:
    """Return how many other connections this database has."""
    found: int = await db.fetchval(SQL.others)
    return found


async def live(db: Connection, worker: str) -> None:
    """Keep that this worker lives, and forget those that have been silent for a week."""
    await db.execute(SQL.live, worker)
    await db.execute(SQL.forget_the_silent)


async def silent_for(db: Connection) -> float | None:
    """Return for how many seconds no worker has said that it lives; None when none ever did."""
    found: float | None = await db.fetchval(SQL.silent_for)
    return found


async def jobs(db: Connection) -> list[Jobs]:
    """Return how many jobs are in which state, by name."""
    return [Jobs(r["name"], r["status"], r["jobs"]) for r in await db.fetch(SQL.jobs)]


async def seen(db: Connection) -> Seen:
    """Return what the database says of jobs and workers now."""
    return Seen(await jobs(db), await silent_for(db))


async def clock(db: Connection) -> datetime:
    """Return the time that the database has."""
    found: datetime = await db.fetchval(SQL.clock)
    return found


async def roles_lacking(db: Connection) -> list[str]:
    """Return the roles of Voice's parts that this user cannot take on."""
    parts = [part.value for part in Part]
    return [row["part"] for row in await db.fetch(SQL.roles_lacking, parts)]
