"""A daily job is queued once a day, by whichever worker is first."""

import asyncio

from voice.jobs import queue
from voice.jobs.daily import keep_queueing, queue_today


async def test_of_many_workers_one_queues_the_job_of_the_day(clean, db):
    queued = await asyncio.gather(*(queue_today(clean, ["retain"]) for _ in range(5)))
    assert sorted(queued) == [[], [], [], [], ["retain"]]
    assert await queue.waiting(db, "retain") == 1


async def test_the_next_day_it_is_queued_again(clean, db):
    await queue_today(clean, ["retain"])
    await db.execute("update daily_jobs set day = day - 1")
    await db.execute("delete from pgqueuer")
    assert await queue_today(clean, ["retain"]) == ["retain"]


async def test_it_stops_when_told_to(clean):
    stop = asyncio.Event()

    async def find_database():
        return clean

    task = asyncio.create_task(keep_queueing(find_database, ["retain"], stop))
    stop.set()
    await asyncio.wait_for(task, 10)
