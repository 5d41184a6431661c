"""Finding themes in the database: suggestions kept whole, replaced whole."""

import numpy as np

from tests import given
from voice.themes import store
from voice.themes.run import find_themes
from voice.themes.store import Question

HERE = Question(given.SURVEY, given.QUESTION)


async def hear(db, count: int, words: str, place: int, **about) -> None:
    """`count` comments that mean nearly the same."""
    rng = np.random.default_rng(place)
    for number in range(count):
        vector = np.eye(384)[place] + rng.normal(0, 0.01, 384)
        vector /= np.linalg.norm(vector)
        await given.comment(db, f"{words} {number}", vector=vector, **about)


async def find(db, question=HERE, surveys=(given.SURVEY,)):
    async with db.transaction():
        return await find_themes(db, surveys, question, smallest=5)


async def test_two_things_many_people_say_become_two_suggestions(db):
    await hear(db, 9, "the taxi never comes on time", 1)
    await hear(db, 14, "nobody answers the phone at the office", 2)

    found = await find(db)

    lines = await store.suggestions(db, HERE)
    assert [line.size for line in lines] == [14, 9]
    assert [line.id for line in lines] == found.ids
    assert "phone" in (lines[0].name + " ".join(lines[0].terms)).lower()
    quotes = await db.fetch("select quote_place from suggested_members where quote_place > 0")
    assert sorted(row["quote_place"] for row in quotes) == [1, 1, 2, 2, 3, 3]


async def test_finding_themes_again_replaces_the_last_suggestions(db):
    await hear(db, 9, "the taxi never comes on time", 1)
    await find(db)
    await find(db)
    assert await db.fetchval("select count(*) from theme_runs") == 1
    assert await db.fetchval("select count(*) from suggested_themes") == 1


async def test_a_family_is_looked_at_together_and_a_wave_alone(db):
    await hear(db, 6, "the taxi never comes on time", 1, wave="one")
    await hear(db, 6, "the taxi never comes at all", 1, wave="two", survey="support-easy-read")
    together = Question("send-support", given.QUESTION)
    alone = Question("send-support", given.QUESTION, "one")
    surveys = (given.SURVEY, "support-easy-read")

    assert (await find(db, together, surveys)).counts.comments == 12
    assert (await find(db, alone, surveys)).counts.comments == 6
    assert await db.fetchval("select count(*) from theme_runs") == 2


async def test_non_answers_are_counted_and_make_no_theme(db):
    for words in ("nothing", "n/a", "don’t know", ".", "No comment", "idk", "none") * 2:
        await given.comment(db, words, vector=np.eye(384)[3])
    found = await find(db)
    assert found.ids == []
    assert found.counts.non_answers == 14


async def test_no_comments_means_no_themes(db):
    assert (await find(db)).ids == []
