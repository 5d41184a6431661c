"""Reports read from a hot standby: a real one, that follows, is stopped, and comes back."""

import asyncio
from pathlib import Path

import asyncpg
import pytest
from litestar.testing import AsyncTestClient

from tests import given
from voice.app import create_app
from voice.database import embedded, replica
from voice.database.embedded_place import Place
from voice.database.embedded_user import account_for
from voice.database.pool import Part, open_pool, transaction
from voice.database.replica import Reports
from voice.jobs.tables import bring_up_to_date
from voice.settings import Settings

pytestmark = pytest.mark.slow


async def copied(original: Path, copy: Path) -> str:
    """Make a hot standby of our own Postgres, start it, and return its address."""
    here, there = Place(original.resolve()), Place(copy.resolve())
    copy.mkdir()
    account = account_for(here, "choose")
    account.give(copy)
    words: list[str | Path] = [
        "-h",
        here.sockets,
        "-U",
        "voice",
        "-D",
        there.data,
        "-R",
        "-X",
        "stream",
        "-c",
        "fast",
    ]
    command = account.command("pg_basebackup", words)
    done = await asyncio.create_subprocess_exec(*command, **account.options())
    assert await done.wait() == 0
    return await embedded.start(copy)


async def follows(dsn: str, copy: str) -> None:
    """Wait until the copy has what the database has now."""
    db, there = await asyncpg.connect(dsn), await asyncpg.connect(copy)
    now = await db.fetchval("select pg_current_wal_lsn()::text")
    for _ in range(500):
        if await there.fetchval("select pg_last_wal_replay_lsn() >= $1::text::pg_lsn", now):
            break
        await asyncio.sleep(0.02)
    await db.close()
    await there.close()


async def stops_following(copy: str) -> None:
    """Let the copy stay as it is, whatever comes from the database."""
    there = await asyncpg.connect(copy)
    await there.execute("select pg_wal_replay_pause()")
    await there.close()


async def is_copy(reports: Reports, settings: Settings) -> bool:
    """Say whether reports are read from the copy now."""
    async with reports.transaction(settings) as db:
        return bool(await db.fetchval("select pg_is_in_recovery()"))


async def test_public_lists_come_from_the_copy_while_it_is_there(tmp_path, monkeypatch):
    monkeypatch.setattr(replica, "LEFT_ALONE", 0.2)
    here, there = tmp_path / "database", tmp_path / "copy"
    dsn = await embedded.start(here)
    try:
        await bring_up_to_date(dsn, given.VAULT)
        copy = await copied(here, there)
        async with transaction(dsn) as db:
            people = await given.comments(db, 15, "Tell me when")
            theme = await given.agreed_theme(db, "Waiting without news", people)
            await given.pledge(db, theme)
        await follows(dsn, copy)
        settings = Settings(
            data_dir=here, database_url=dsn, reports_database_url=copy, secret_key="k" * 40
        )
        async with AsyncTestClient(create_app(settings)) as client:
            assert "Waiting without news" in (await client.get("/you-said")).text
            await stops_following(copy)
            async with transaction(dsn) as db:
                await given.pledge(db, await given.agreed_theme(db, "Loud halls", people))
            assert "Loud halls" not in (await client.get("/you-said")).text, "it is the copy’s page"
            await embedded.stop(there)
            assert "Loud halls" in (await client.get("/you-said")).text

        async with replica.open_reports(dsn, settings) as reports:
            assert not await is_copy(reports, settings)
            await embedded.start(there)
            assert not await is_copy(reports, settings), "it is left alone for a moment"
            await asyncio.sleep(0.3)
            assert await is_copy(reports, settings)
    finally:
        await embedded.stop(there)
        await embedded.stop(here)


async def test_a_copy_that_is_nowhere_does_not_keep_the_app_from_starting(clean):
    settings = Settings(database_url=clean, reports_database_url="postgresql://127.0.0.1:1/voice")
    async with replica.open_reports(clean, settings) as reports:
        for _ in range(2):
            async with reports.transaction(settings) as db:
                assert await db.fetchval("select current_user") == Part.REPORTS


async def test_the_copy_is_read_with_no_other_rights(clean):
    async with open_pool(clean, 2, Part.REPORTS) as pool:
        settings = Settings(database_url=clean)
        async with Reports(pool, pool).transaction(settings) as db:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await db.fetch("select value from answers")
