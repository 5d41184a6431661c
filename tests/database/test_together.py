"""Many that wait for one statement: who goes together, and who pays for whose mistake."""

import asyncio

import pytest

from voice.database.together import AT_MOST, LANES, Together


async def test_who_comes_while_the_database_works_goes_together_next():
    groups = []

    async def do(asked):
        groups.append(list(asked))
        await asyncio.sleep(0.01)
        return [one * 10 for one in asked]

    together = Together(do)
    came = await asyncio.gather(*(together(n) for n in range(20)))

    assert came == [n * 10 for n in range(20)]
    assert len(groups) <= 1 + LANES


async def test_a_group_is_not_larger_than_allowed():
    sizes = []

    async def do(asked):
        sizes.append(len(asked))
        await asyncio.sleep(0)
        return asked

    together = Together(do)
    await asyncio.gather(*(together(n) for n in range(3 * AT_MOST)))

    assert max(sizes) == AT_MOST
    assert sum(sizes) == 3 * AT_MOST


async def test_one_that_cannot_be_done_does_not_stop_the_others():
    async def do(asked):
        await asyncio.sleep(0)
        if 7 in asked:
            raise ValueError("seven")
        return asked

    together = Together(do)
    came = await asyncio.gather(*(together(n) for n in range(20)), return_exceptions=True)

    assert [one for one in came if isinstance(one, Exception)] == [came[7]]
    assert str(came[7]) == "seven"
    assert [n for n in range(20) if n != 7] == [*came[:7], *came[8:]]


async def test_a_lost_database_is_told_to_all_at_once():
    times = 0

    async def do(asked):
        nonlocal times
        times += 1
        await asyncio.sleep(0)
        raise ConnectionRefusedError

    together = Together(do)
    came = await asyncio.gather(*(together(n) for n in range(20)), return_exceptions=True)

    assert {type(one) for one in came} == {ConnectionRefusedError}
    assert times <= LANES


async def test_who_stops_waiting_stops_nobody_else():
    done = []

    async def do(asked):
        await asyncio.sleep(0.02)
        done.extend(asked)
        return asked

    together = Together(do)
    tasks = [asyncio.create_task(together(n)) for n in range(10)]
    await asyncio.sleep(0.005)
    tasks[3].cancel()
    came = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(came[3], asyncio.CancelledError)
    assert [*came[:3], *came[4:]] == [n for n in range(10) if n != 3]
    assert sorted(done) == list(range(10))


async def test_it_starts_again_after_a_rest():
    async def do(asked):
        return asked

    together = Together(do)
    assert await together(1) == 1
    await asyncio.sleep(0)
    assert await together(2) == 2


@pytest.mark.parametrize("times", [1, 5])
async def test_nobody_waits_for_company(times):
    async def do(asked):
        return asked

    together = Together(do)
    async with asyncio.timeout(0.5):
        for n in range(times):
            assert await together(n) == n
