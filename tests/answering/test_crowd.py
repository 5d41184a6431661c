"""Many people who answer at once: every answer is there, none twice, and the last one counts."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from tests import given
from voice.answering import store
from voice.answering.crowd_store import KINDS, Keeper, begun_of_cookies
from voice.database.pool import Part, Pool, open_pool
from voice.database.together import LANES
from voice.surveys.questions import DONT_KNOW, SKIPPED, Answer

MANY = 200


@pytest.fixture
async def crowd(clean) -> AsyncIterator[Pool]:
    await given.reader_on_rota(clean)
    async with open_pool(clean, KINDS * LANES, Part.WEB) as found:
        yield found


@pytest.fixture
async def keeper(crowd, clean, settings) -> AsyncIterator[Keeper]:
    async with open_pool(clean, 4, Part.WEB) as alone:
        yield Keeper(crowd, alone, settings, given.VAULT)


async def people(db, n=1) -> list[UUID]:
    rows = await db.fetch(
        "insert into responses (survey_id, wave, voice, route, cookie_sha256)"
        " select 's', 'w', 'child', 'web', sha256(n::text::bytea) from generate_series(1, $1) n"
        " returning id",
        n,
    )
    return [row["id"] for row in rows]


async def kept(db, response_id: UUID) -> dict[str, Answer]:
    return await store.answers_so_far(db, given.VAULT, response_id)


def keep(keeper, response_id, question, answer, *, words=False, wrapped=None):
    return keeper.keep(response_id, question, answer, free_text=words, wrapped=wrapped)


async def test_two_hundred_at_once_are_all_kept_each_as_it_was_typed(db, keeper):
    everybody = await people(db, MANY)
    said = {person: Answer("answered", f"words of {person}") for person in everybody}

    came = await asyncio.gather(
        *(keep(keeper, person, "one_change", said[person], words=True) for person in everybody),
        *(keep(keeper, person, "listened", Answer("answered", "yes")) for person in everybody),
        *(keep(keeper, person, "setting", DONT_KNOW) for person in everybody),
    )

    assert came == [True] * 3 * MANY
    for person in everybody:
        assert await kept(db, person) == {
            "one_change": said[person],
            "listened": Answer("answered", "yes"),
            "setting": DONT_KNOW,
        }


async def test_words_in_two_tabs_at_once_can_both_be_read_afterwards(db, keeper):
    (person,) = await people(db)
    said = {f"q{n}": Answer("answered", f"tab {n}") for n in range(20)}

    came = await asyncio.gather(
        *(keep(keeper, person, question, answer, words=True) for question, answer in said.items())
    )

    assert all(came)
    assert await kept(db, person) == said
    assert await db.fetchval("select count(*) from response_keys") == 1


async def test_the_last_answer_to_a_question_counts_and_is_newer_than_the_first(db, keeper):
    (person,) = await people(db)
    await keep(keeper, person, "listened", Answer("answered", "yes"))
    first = await store.turns(db, person)

    await asyncio.gather(
        keep(keeper, person, "listened", Answer("answered", "no")),
        keep(keeper, person, "listened", SKIPPED),
    )

    assert await kept(db, person) == {"listened": SKIPPED}
    assert (await store.turns(db, person))["listened"] > first["listened"]


async def test_one_answer_that_the_database_refuses_does_not_cost_the_others(db, keeper):
    everybody = await people(db, 20)
    bad = Answer("answered")  # An answer that says nothing is refused by a check.

    came = await asyncio.gather(
        *(keep(keeper, person, "listened", Answer("answered", "yes")) for person in everybody),
        keep(keeper, everybody[0], "setting", bad),
        return_exceptions=True,
    )

    assert came[:-1] == [True] * 20
    assert isinstance(came[-1], asyncpg.CheckViolationError)
    assert await db.fetchval("select count(*) from answers") == 20


async def test_what_comes_after_send_or_for_nobody_is_not_kept_and_said_so(db, keeper):
    sent, gone, here = await people(db, 3)
    await db.execute("update responses set sent_at = now() where id = $1", sent)
    await db.execute("delete from responses where id = $1", gone)

    came = await asyncio.gather(
        *(keep(keeper, one, "listened", Answer("answered", "yes")) for one in (sent, gone, here))
    )

    assert came == [False, False, True]
    assert await db.fetchval("select count(*) from answers") == 1


async def test_who_closes_the_page_does_not_stop_the_others(db, keeper):
    everybody = await people(db, 30)
    tasks = [
        asyncio.create_task(keep(keeper, person, "listened", Answer("answered", "yes")))
        for person in everybody
    ]
    await asyncio.sleep(0)
    for task in tasks[::3]:
        task.cancel()
    came = await asyncio.gather(*tasks, return_exceptions=True)

    for person, one in zip(everybody, came, strict=True):
        assert one is True or isinstance(one, asyncio.CancelledError)
        if one is True:
            assert "listened" in await kept(db, person)


async def test_an_answer_that_waits_for_send_is_told_that_it_came_too_late(db, keeper):
    person, other = await people(db, 2)
    async with db.transaction():
        await store.lock_response(db, person)
        waits = asyncio.create_task(keep(keeper, person, "listened", SKIPPED))
        await asyncio.sleep(0.1)
        assert not waits.done()
        assert await keep(keeper, other, "listened", SKIPPED), "nobody else waits"
        await store.send(db, person, helped=None, may_quote=False)

    assert await waits is False
    assert await kept(db, person) == {}


async def test_many_who_read_at_once_each_find_their_own(db, crowd, settings, keeper):
    everybody = await people(db, MANY)
    await asyncio.gather(
        *(
            keep(keeper, person, "one_change", Answer("answered", str(person)), words=True)
            for person in everybody[::2]
        )
    )
    begun = begun_of_cookies(crowd, settings, given.VAULT)

    found = await asyncio.gather(*(begun(str(n)) for n in range(1, MANY + 2)))

    assert found[-1] is None
    for place, one in enumerate(found[:-1]):
        assert one is not None
        assert one.words_are_read
        person = one.response.id
        asked = {} if place % 2 else {"one_change": Answer("answered", str(person))}
        assert one.answers == asked
        assert bool(one.wrapped) == bool(asked)


async def test_more_people_than_connections_read_a_page_at_once(client):
    """Whoever holds a connection must never wait for somebody who needs one."""
    await client.post("/surveys/support-easy-read/start", data={"assent": "yes"})
    async with asyncio.timeout(8):
        pages = await asyncio.gather(
            *(client.get("/surveys/support-easy-read/pages/listened") for _ in range(40)),
            *(client.get("/surveys/support-easy-read/stopped") for _ in range(40)),
        )
    assert {page.status_code for page in pages} == {200}
