"""Add a job in the caller's transaction; see what waits and what is parked.

A job is a name and a JSON payload of ids. Never put an answer in a payload.
"""

from typing import TYPE_CHECKING

from msgspec import Struct, json

from voice.database.pool import Connection, connect

if TYPE_CHECKING:
    from pgqueuer.adapters.persistence.queries import Queries


class Parked(Struct, frozen=True):
    """A job that failed every time it was tried and waits for a person."""

    id: int
    name: str
    attempts: int


def queries(db: Connection) -> "Queries":
    """Return pgqueuer's queries over a connection that is open already.

    It is loaded here: that takes as long as all else the web app loads before its first page.
    """
    from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
    from pgqueuer.adapters.persistence.queries import Queries

    return Queries(AsyncpgDriver(db))  # type: ignore[arg-type]  # A pooled connection behaves as a plain one.


async def install(dsn: str) -> None:
    """Make pgqueuer's tables, or bring them up to date. Part of `voice migrate`."""
    db = await connect(dsn)
    try:
        mine = queries(db)
        if await mine.schema_is_installed():
            await mine.upgrade()
        else:
            await mine.install()
    finally:
        await db.close()


async def add(
    db: Connection,
    name: str,
    payload: object,
    *,
    once: str | None = None,
    later: bool = False,
) -> None:
    """Queue a job; it runs only if the caller's transaction commits.

    Args:
        db: the connection of the caller's transaction.
        name: which job; `voice.worker` knows the names.
        payload: anything msgspec can write as JSON.
        once: while a job with this key waits or runs, another is not added.
        later: it waits until no other job does, however long ago it was added.
    """
    await queries(db).enqueue(
        [name], [json.encode(payload)], [-1 if later else 0], dedupe_key=[once], on_conflict="skip"
    )


async def waiting(db: Connection, name: str) -> int:
    """Return how many jobs of this name wait or run."""
    found: int = await db.fetchval(
        "select count(*) from pgqueuer where entrypoint = $1 and status in ('queued', 'picked')",
        name,
    )
    return found


async def has_not_begun(db: Connection, name: str) -> bool:
    """Return whether a job of this name waits that nobody has taken up."""
    found: bool = await db.fetchval(
        "select exists (select from pgqueuer where entrypoint = $1 and status = 'queued')", name
    )
    return found


async def parked(db: Connection) -> list[Parked]:
    """Return the jobs that wait for a person, newest first."""
    return [
        Parked(int(job.id), job.entrypoint, job.attempts)
        for job in await queries(db).list_failed_jobs()
    ]


async def try_again(db: Connection, ids: list[int]) -> None:
    """Put parked jobs back in the queue."""
    await queries(db).requeue_jobs(ids)  # type: ignore[arg-type]  # A job's id is a number.
