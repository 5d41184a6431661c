"""Jobs: queued with the transaction, run once, tried again, parked; and the database cut off."""

import asyncio
import logging

import pytest

from voice.database.pool import transaction
from voice.jobs import queue, work


async def found(dsn: str) -> str:
    return dsn


async def until(condition, seconds=15.0):
    """Wait until a condition holds; fail when it does not come to hold."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not await condition():
        assert asyncio.get_running_loop().time() < deadline, "it did not happen"
        await asyncio.sleep(0.05)


async def test_a_job_of_a_transaction_that_fails_is_never_run(clean, db):
    async def add_and_fall_over() -> None:
        async with transaction(clean) as other:
            await queue.add(other, "enrich", ["1"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await add_and_fall_over()
    assert await queue.waiting(db, "enrich") == 0


async def test_a_job_for_later_waits_until_no_other_does(clean, db):
    seen = []

    async def note(payload: bytes) -> None:
        seen.append(payload)

    await queue.add(db, "note", 1, later=True)
    await queue.add(db, "note", 2)
    await queue.add(db, "note", 3)
    await work.work(lambda: found(clean), {"note": note}, drain=True)
    assert seen[-1] == b"1"


async def test_jobs_are_run_each_once_with_their_payload(clean, db):
    seen = []

    async def note(payload: bytes) -> None:
        seen.append(payload)

    for number in range(20):
        await queue.add(db, "note", number)
    await work.work(lambda: found(clean), {"note": note}, drain=True)
    assert sorted(map(int, seen)) == list(range(20))


async def test_a_job_with_a_key_waits_only_once(db):
    await queue.add(db, "find_themes", {"asked_of": "x"}, once="x")
    await queue.add(db, "find_themes", {"asked_of": "x"}, once="x")
    await queue.add(db, "find_themes", {"asked_of": "y"}, once="y")
    assert await queue.waiting(db, "find_themes") == 2


async def test_a_job_that_always_fails_is_parked_and_can_be_tried_again(
    clean, db, monkeypatch, caplog
):
    monkeypatch.setattr(work, "TRIES", 0)
    calls = []

    async def fall_over(payload: bytes) -> None:
        calls.append(payload)
        raise RuntimeError(" ".join(["the", "child's", "words"]))

    await queue.add(db, "fall_over", 1)
    with caplog.at_level(logging.DEBUG):
        await work.work(lambda: found(clean), {"fall_over": fall_over}, drain=True)
    parked = await queue.parked(db)
    assert [job.name for job in parked] == ["fall_over"]

    await queue.try_again(db, [job.id for job in parked])
    assert await queue.parked(db) == []
    await work.work(lambda: found(clean), {"fall_over": fall_over}, drain=True)

    assert len(calls) == 2
    kept = await db.fetch("select traceback::text as words from pgqueuer_log")
    assert "the child's words" not in caplog.text + "".join(row["words"] or "" for row in kept)
    assert "RuntimeError" in caplog.text


async def test_a_worker_whose_connections_are_cut_goes_on(clean, db):
    seen = []

    async def note(payload: bytes) -> None:
        seen.append(int(payload))

    stop = asyncio.Event()
    working = asyncio.create_task(work.work(lambda: found(clean), {"note": note}, stop=stop))

    async def has_seen(*numbers: int) -> bool:
        return set(numbers) <= set(seen)

    await queue.add(db, "note", 1)
    await until(lambda: has_seen(1))
    for number in (2, 3):
        await db.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where pid <> pg_backend_pid() and datname = current_database()"
        )
        await queue.add(db, "note", number)
        await until(lambda number=number: has_seen(number))
    stop.set()
    await asyncio.wait_for(working, 20)
    # A job that was done, but not yet noted as done, is done again: every job must bear that.
    assert set(seen) == {1, 2, 3}
