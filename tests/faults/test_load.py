"""Faults while young people answer.

Whatever was acknowledged is there once, every job ends once, and who presses Next again arrives.
`VOICE_FAULT_ROUNDS` says how often each fault happens; `make faults` asks for many.
"""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest

from benchmarks.load.person import Done
from tests.faults.running import (
    Running,
    all_is_there,
    children,
    crowd,
    every_job_ends_once,
    kill,
    kill_postgres,
    running,
    tried_again,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").exists(), reason="finds processes in /proc"),
]
ROUNDS = int(os.environ.get("VOICE_FAULT_ROUNDS", "2"))
PEOPLE = 12


@pytest.fixture
async def here(tmp_path) -> AsyncIterator[Running]:
    async with running(tmp_path / "data") as found:
        yield found


async def through(
    here: Running, fault: Callable[[], Awaitable[None]], rounds: int, between: float = 1.0
) -> list[Done]:
    """Let crowds answer while a fault happens again and again; all of them arrive."""
    chance = random.Random(rounds)
    people: list[Done] = []
    happened = 0
    seed = 0
    while happened < rounds:
        seed += 1
        coming = asyncio.create_task(crowd(here.port, PEOPLE, seed))
        while not coming.done() and happened < rounds:
            await asyncio.sleep(chance.uniform(0.2, between))
            if not coming.done():
                await fault()
                happened += 1
        people += await coming
    return people + await crowd(here.port, PEOPLE, seed + 1)


async def test_web_processes_are_killed(here):
    async def fault() -> None:
        assert here.web
        for number in children(here.web.pid):
            kill(number)

    async with here.kept_up():
        people = await through(here, fault, ROUNDS)
    assert tried_again(people) > 0
    assert await all_is_there(here, people) > 0


async def test_all_of_the_web_app_is_killed_and_started_again(here):
    async def fault() -> None:
        here.kill_web()
        await here.serve()

    people = await through(here, fault, ROUNDS)
    assert tried_again(people) > 0
    assert await all_is_there(here, people) > 0


async def test_postgres_is_killed(here):
    async def fault() -> None:
        kill_postgres(here.folder)

    people = await through(here, fault, ROUNDS, between=3.0)
    assert tried_again(people) > 0
    assert await all_is_there(here, people) > 0


async def test_connections_to_the_database_are_cut(here):
    async def fault() -> None:
        await here.ask(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
            " and backend_type = 'client backend'"
        )

    people = await through(here, fault, 3 * ROUNDS, between=0.5)
    assert await all_is_there(here, people) > 0


async def test_workers_are_killed_and_each_job_ends_once(here):
    here.work()

    async def fault() -> None:
        gone = here.workers.pop(0)
        gone.kill()
        gone.wait()
        here.work()
        await asyncio.sleep(2)

    people = await through(here, fault, ROUNDS)
    assert await all_is_there(here, people) > 0
    assert await every_job_ends_once(here) > 0


async def test_a_worker_that_hangs_loses_its_jobs_to_another(here):
    hanging = here.work()
    people = await crowd(here.port, PEOPLE, 1)
    for _ in range(ROUNDS // 2):
        hanging.send_signal(signal.SIGSTOP)
        people += await crowd(here.port, PEOPLE, 2 + len(people))
        other = here.work()
        assert await every_job_ends_once(here) > 0
        hanging.send_signal(signal.SIGCONT)
        hanging = other
    assert await all_is_there(here, people) > 0
    assert await every_job_ends_once(here) > 0


async def test_connections_that_are_cut_in_the_middle_of_a_form_keep_nothing_half(here):
    async def fault() -> None:
        _, sending = await asyncio.open_connection("127.0.0.1", here.port)
        sending.write(
            b"POST /surveys/support-young-people/start HTTP/1.1\r\nhost: x\r\n"
            b"content-type: application/x-www-form-urlencoded\r\ncontent-length: 500\r\n\r\nassent="
        )
        await sending.drain()
        await asyncio.sleep(0.05)
        sending.transport.abort()

    people = await through(here, fault, 10 * ROUNDS, between=0.3)
    assert await all_is_there(here, people) > 0


async def test_people_on_slow_lines_hold_up_nobody(here):
    async def slow(number: int) -> bytes:
        reading, sending = await asyncio.open_connection("127.0.0.1", here.port)
        for (
            letter
        ) in f"GET /help?{number} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n":
            sending.write(letter.encode())
            await asyncio.sleep(0.1)
        got = await reading.read(12)
        sending.close()
        return got

    lines = [asyncio.create_task(slow(number)) for number in range(100 * ROUNDS)]
    people = await crowd(here.port, PEOPLE, 1)
    assert not any(line.done() for line in lines), "they are still writing when others are done"
    assert await all_is_there(here, people) > 0
    assert {await line for line in lines} == {b"HTTP/1.1 200"}


async def test_ten_thousand_idle_connections(here):
    idle = []
    try:
        for _ in range(100):
            idle += await asyncio.gather(
                *(asyncio.open_connection("127.0.0.1", here.port) for _ in range(100))
            )
        people = await crowd(here.port, PEOPLE, 1)
        assert await all_is_there(here, people) > 0
        assert len(idle) == 10_000
        assert await asyncio.wait_for(idle[-1][0].read(), 30) == b"", "it is closed in time"
    finally:
        for _, sending in idle:
            sending.transport.abort()


async def test_it_stops_soon_also_while_a_process_is_being_started(here):
    assert here.web
    for number in children(here.web.pid):
        kill(number)
    await asyncio.sleep(0.2)
    here.web.send_signal(signal.SIGTERM)
    await asyncio.to_thread(here.web.wait, 15)
    await here.serve()


async def test_the_database_refuses_connections_for_a_while(here):
    """Somebody sets the limit too low, and puts it right."""

    async def limit(to: int) -> None:
        db = await asyncpg.connect(await here.database())
        await db.execute(
            f"alter database {await db.fetchval('select current_database()')} connection limit {to}"
        )
        await db.close()

    coming = asyncio.create_task(crowd(here.port, PEOPLE, 1))
    for _ in range(ROUNDS):
        await asyncio.sleep(0.5)
        await limit(0)
        await asyncio.sleep(0.5)
        await limit(-1)
    assert await all_is_there(here, await coming) > 0
