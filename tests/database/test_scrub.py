"""What was deleted from the tables lies in none of the database's files."""

import asyncio
import os
import re
from pathlib import Path

import asyncpg
import pytest

from tests import given
from voice.database import grants
from voice.database import scrub as scrubbing
from voice.database.pool import Part, connect
from voice.database.scrub import scrub
from voice.jobs import queue
from voice.rights.retention import ask_to_scrub

GONE, STAYS = "quiddlenook", "marrowfinch"
own = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="The files are another machine's.")


async def files_with(db, word: str) -> list[str]:
    """The files of the whole server that hold the word, once all is on the disk."""
    await db.execute("checkpoint")
    folder = Path(await db.fetchval("show data_directory"))
    files = [one for one in folder.rglob("*") if one.is_file()]
    return sorted(
        str(one.relative_to(folder)) for one in files if word.encode() in one.read_bytes()
    )


async def said_and_sampled(db) -> None:
    """Comments with both words; the planner has looked at them; those with the first are gone."""
    for word in (GONE, STAYS):
        for n in range(20):
            await given.comment(db, f"We want a {word} number {n}")
    await db.execute("analyze")
    await db.execute(
        "delete from responses where id in"
        " (select response_id from redacted_comments where words like $1)",
        f"%{GONE}%",
    )


@own
async def test_what_is_deleted_lies_in_no_file(clean):
    db = await connect(clean)
    await said_and_sampled(db)
    assert await given.tables_with(db, GONE) == []
    before = await files_with(db, GONE)
    assert any(one.startswith("base/") for one in before), "a deleted row lies in its table's file"
    assert any(one.startswith("pg_wal/") for one in before)
    assert await scrub(clean)
    assert await files_with(db, GONE) == []
    assert await files_with(db, STAYS), "the search finds what is there"
    assert await db.fetchval("select count(*) from redacted_comments") == 20
    await db.close()


async def test_the_planner_keeps_no_words(db):
    await said_and_sampled(db)
    kept = await db.fetch(
        "select tablename, attname from pg_stats where schemaname = 'public' and"
        " (most_common_vals::text like $1 or histogram_bounds::text like $1)",
        f"%{STAYS}%",
    )
    assert [tuple(row) for row in kept] == []


async def test_who_cannot_get_a_table_gives_up_and_is_tried_again_later(clean, monkeypatch):
    monkeypatch.setattr("voice.database.scrub.SQL.patience", "set lock_timeout = '50ms'")
    holder = await connect(clean)
    async with holder.transaction():
        await holder.execute("lock table redacted_comments in access share mode")
        with pytest.raises(asyncpg.LockNotAvailableError):
            await asyncio.wait_for(scrub(clean), 10)
    await holder.close()


async def test_where_the_log_is_not_ours_the_tables_are_written_anew_all_the_same(clean):
    db = await connect(clean)
    await db.execute("revoke execute on function pg_switch_wal() from voice_worker")
    try:
        assert not await scrub(clean)
    finally:
        await db.execute("grant execute on function pg_switch_wal() to voice_worker")
        await db.close()


async def test_the_worker_may_write_anew_and_not_drop(clean):
    db = await connect(clean, Part.WORKER)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await db.execute("truncate response_keys")
    await db.close()


async def test_one_that_has_begun_is_not_enough(db):
    await ask_to_scrub(db)
    await ask_to_scrub(db)
    assert await queue.waiting(db, "scrub") == 1
    await db.execute("update pgqueuer set status = 'picked'")
    await ask_to_scrub(db)
    assert await queue.waiting(db, "scrub") == 2


async def test_an_owner_who_is_no_superuser_lets_tables_be_written_anew(db):
    """As on a Postgres that somebody else runs: the log is theirs, the tables are not."""
    tables = re.findall(
        r"vacuum full (\w+);", Path(scrubbing.__file__).with_suffix(".sql").read_text()
    )
    transaction = db.transaction()
    await transaction.start()
    await db.execute("create role landlord")
    for table in tables:
        await db.execute(f"revoke maintain on {table} from voice_worker")
        await db.execute(f"alter table {table} owner to landlord")
    await db.execute("revoke pg_checkpoint from voice_worker; set local role landlord")
    await db.execute(grants.SQL.grant_scrubbing)
    await db.execute(grants.SQL.grant_removing_the_log)
    may = {
        one: await db.fetchval("select has_table_privilege('voice_worker', $1, 'maintain')", one)
        for one in tables
    }
    log = await db.fetchval("select pg_has_role('voice_worker', 'pg_checkpoint', 'member')")
    await transaction.rollback()
    assert len(may) == 9
    assert all(may.values())
    assert not log
