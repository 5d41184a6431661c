"""Bring the schema up to date: numbered `.sql` files, each applied once and in order."""

import hashlib
from pathlib import Path

import asyncpg

from voice.database.pool import Connection, connect
from voice.errors import VoiceError

FOLDER = Path(__file__).parent / "migrations"
LOCK = 8_410_511_905  # Any number will do, as long as every Voice takes the same one.

PATIENCE = "4s"  # How long a step waits for a lock; whoever comes after it waits behind it.

LEDGER = """
create table if not exists migrations (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
)
"""


class MigrationProblem(VoiceError):
    """The schema in the database and the files on disk disagree."""

    title = "The database does not fit this version of Voice"


async def migrate(dsn: str, folder: Path = FOLDER) -> list[str]:
    """Apply what is missing, each file in a transaction of its own; return the names applied.

    Several processes may call this at once: one works, the others wait for it.

    Raises:
        MigrationProblem: a file that was applied has changed since, or is gone; or one had to wait
            for a lock for too long.
    """
    connection = await connect(dsn)
    applied = []
    try:
        await connection.execute("select pg_advisory_lock($1)", LOCK)
        await connection.execute(LEDGER)
        done = {r["name"]: r["sha256"] for r in await connection.fetch("select * from migrations")}
        files = _read(folder)
        _compare(done, files)
        for name, text in files.items():
            if name not in done:
                await _apply(connection, name, text)
                applied.append(name)
    finally:
        await connection.close()
    return applied


async def missing(dsn: str, folder: Path = FOLDER) -> list[str]:
    """Return the migrations that have not been applied yet, in order.

    Raises:
        MigrationProblem: as `migrate`.
    """
    connection = await connect(dsn)
    try:
        if await connection.fetchval("select to_regclass('migrations')") is None:
            return sorted(_read(folder))
        done = {r["name"]: r["sha256"] for r in await connection.fetch("select * from migrations")}
    finally:
        await connection.close()
    files = _read(folder)
    _compare(done, files)
    return [name for name in files if name not in done]


async def not_applied(db: Connection, folder: Path = FOLDER) -> list[str]:
    """Return the migrations that a connection's database lacks; one that is newer harms nobody."""
    if await db.fetchval("select to_regclass('migrations')") is None:
        return sorted(_read(folder))
    done = {row["name"] for row in await db.fetch("select name from migrations")}
    return [name for name in _read(folder) if name not in done]


def _read(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.sql"))}


def _compare(done: dict[str, str], files: dict[str, str]) -> None:
    for name, sha256 in done.items():
        if name not in files:
            raise MigrationProblem(f"{name} was applied by a newer Voice. Run that version.")
        if _sha256(files[name]) != sha256:
            raise MigrationProblem(f"{name} has changed since it was applied. Restore the file.")


async def _apply(connection: Connection, name: str, text: str) -> None:
    try:
        await _apply_whole(connection, name, text)
    except asyncpg.LockNotAvailableError:
        raise MigrationProblem(
            f"{name} waited for somebody who uses the tables, and gave up so as not to hold people "
            "up. Nothing of it was done. Run it again; at a quiet hour if need be."
        ) from None


async def _apply_whole(connection: Connection, name: str, text: str) -> None:
    async with connection.transaction():
        # A migration that must wait for a lock gives up, so that it never blocks the running app.
        await connection.execute(f"set local lock_timeout = '{PATIENCE}'")
        await connection.execute(text)
        await connection.execute(
            "insert into migrations (name, sha256) values ($1, $2)", name, _sha256(text)
        )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
