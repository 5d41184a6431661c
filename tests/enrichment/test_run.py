"""Enrichment as a job: raw words in, redacted words and a worry out, with the real models."""

from uuid import UUID

import pytest

from tests import given
from voice.database.pool import transaction
from voice.enrichment import run, store
from voice.enrichment.embed import unpack
from voice.enrichment.run import Machines
from voice.settings import Settings

WORDS = "My son Tom at Oakfield Primary says nobody listens. Ring 07700 900123."


@pytest.fixture(scope="module")
def machines() -> Machines:
    return Machines.open(Settings().nlp_models)


async def answer(db, words: str, question: str = "one_change") -> UUID:
    return await given.answer(db, await given.response(db), words, question)


async def test_names_and_numbers_go_no_further(db, machines):
    response_id = await answer(db, WORDS)
    async with db.transaction():
        assert await run.enrich(db, given.VAULT, machines, [response_id]) == 1

    row = await db.fetchrow("select * from redacted_comments")
    assert "nobody listens" in row["words"]
    for hidden in ("Tom", "Oakfield", "07700"):
        assert hidden not in row["words"]
    for half in unpack([row["vector"]]):
        assert abs(float((half**2).sum()) - 1) < 0.01


async def test_doing_it_twice_does_it_once(db, machines):
    response_id = await answer(db, WORDS)
    async with db.transaction():
        await run.enrich(db, given.VAULT, machines, [response_id])
    async with db.transaction():
        assert await run.enrich(db, given.VAULT, machines, [response_id]) == 0
    assert await db.fetchval("select count(*) from redacted_comments") == 1


async def test_a_worry_is_kept_for_the_safeguarding_lead(db, machines):
    worrying = await answer(db, "i dont want to be alive any more")
    ordinary = await answer(db, "more clubs on saturday please")
    async with db.transaction():
        await run.enrich(db, given.VAULT, machines, [worrying, ordinary])
    rows = await db.fetch("select response_id, concern from flags")
    assert {row["response_id"]: row["concern"] for row in rows} == {
        worrying: True,
        ordinary: False,
    }


async def test_what_was_not_sent_is_not_read(db, machines):
    response_id = await answer(db, WORDS)
    await db.execute("update responses set sent_at = null")
    async with db.transaction():
        assert await run.enrich(db, given.VAULT, machines, [response_id]) == 0


async def test_praise_and_complaint_are_heard_as_comments_come_and_again_where_they_were_not(
    db, machines
):
    praise = await answer(db, "The teachers are kind and helpful, I love this school")
    complaint = await answer(db, "It is awful, nobody answers the phone and we were ignored")
    both = [praise, complaint]
    async with db.transaction():
        await run.enrich(db, given.VAULT, machines, both)
    heard = {praise: 1, complaint: -1}
    assert await feelings(db) == heard
    await db.execute("update redacted_comments set feeling = null")
    async with db.transaction():
        assert await run.hear_again(db, machines.sentiment, 10) == 2
        assert await run.hear_again(db, machines.sentiment, 10) == 0
    assert await feelings(db) == heard
    await db.execute("update redacted_comments set feeling = null, vector = null")
    async with db.transaction():
        assert await run.read_again(db, machines.embedder, machines.sentiment, 10) == 2
    assert await feelings(db) == heard


async def feelings(db) -> dict[UUID, int | None]:
    rows = await db.fetch("select response_id, feeling from redacted_comments")
    return {row["response_id"]: row["feeling"] for row in rows}


async def test_a_response_that_is_withdrawn_takes_all_that_came_of_it_along(db, machines):
    response_id = await answer(db, WORDS)
    async with db.transaction():
        await run.enrich(db, given.VAULT, machines, [response_id])
    await given.suggestion(db, "A theme", [response_id])
    await db.execute("delete from responses where id = $1", response_id)
    for table in ("answers", "flags", "redacted_comments", "suggested_members"):
        assert await db.fetchval(f"select count(*) from {table}") == 0


async def test_an_error_half_way_leaves_nothing_behind_and_the_comment_waiting(
    clean, db, machines, monkeypatch
):
    response_id = await answer(db, WORDS)
    await db.execute("update responses set sent_at = null")
    await db.execute("update responses set sent_at = now()")

    async def fall_over(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(store, "keep_redacted", fall_over)
    with pytest.raises(ZeroDivisionError):
        async with transaction(clean) as other:
            await run.enrich(other, given.VAULT, machines, [response_id])
    assert await db.fetchval("select count(*) from flags") == 0
    assert await store.not_enriched(db, 10) == [response_id]
    assert await store.how_many_not_enriched(db) == 1
