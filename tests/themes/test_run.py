"""Finding themes in the database: suggestions kept whole, replaced whole."""

from typing import cast

import numpy as np

from tests import given
from voice.enrichment.embed import Embedder, Read
from voice.themes import store
from voice.themes.readers import Readers
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


async def agree(db, place: int, count: int = 8) -> int:
    """An agreed theme of `count` comments of an earlier wave."""
    who = await given.person(db, "reviewer", email=f"{place}@example.org")
    theme_id: int = await db.fetchval(
        "insert into agreed_themes (asked_of, question_id, name, agreed_by)"
        " values ($1, $2, 'Taxis', $3) returning id",
        given.SURVEY,
        given.QUESTION,
        who,
    )
    rng = np.random.default_rng(place)
    for number in range(count):
        vector = np.eye(384)[place] + rng.normal(0, 0.01, 384)
        said = await given.comment(
            db, f"said before {place} {number}", vector=vector / np.linalg.norm(vector)
        )
        await db.execute(
            "insert into agreed_members values ($1, $2, $3, 0.9)", theme_id, said, given.QUESTION
        )
    return theme_id


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


async def test_agreed_themes_stay_and_take_new_comments_first(db):
    theme_id = await agree(db, 1)
    await hear(db, 9, "the taxi never comes on time", 1)
    await hear(db, 14, "nobody answers the phone at the office", 2)
    await given.comment(db, "n/a", vector=np.eye(384)[1])

    found = await find(db)

    lines = await store.suggestions(db, HERE)
    assert lines[0].size == 14
    assert found.ids == [lines[0].id]
    assert found.counts.comments == 8 + 9 + 14 + 1
    assert found.counts.agreed == 8
    assert found.counts.non_answers == 1
    [near] = await db.fetch("select * from suggested_themes where for_theme is not null")
    assert near["for_theme"] == theme_id
    assert near["name"] == "Taxis"
    # All but the furthest fifth of what people put there, with luck a few more or less.
    assert 5 <= lines[1].size == found.counts.placed <= 9


async def test_a_theme_that_has_ended_takes_nothing(db):
    theme_id = await agree(db, 1)
    await db.execute("update agreed_themes set ended_at = now() where id = $1", theme_id)
    await hear(db, 9, "the taxi never comes on time", 1)

    found = await find(db)

    assert found.counts.agreed == found.counts.placed == 0
    assert [line.size for line in await store.suggestions(db, HERE)] == [17]


async def test_a_suggestion_says_what_it_is_about_and_how_sure_it_is(db):
    await hear(db, 9, "the taxi never comes on time", 1)
    await hear(db, 14, "nobody answers the phone at the office", 2)

    await find(db)

    rows = await db.fetch("select * from suggested_themes order by place")
    assert all(row["description"].startswith("Most people wrote") for row in rows[:1])
    assert all(row["separation"] > 0.5 for row in rows)
    assert [row["near_place"] for row in rows] == [None, None]


class Same:
    """Reads every text as the vector of the first word it knows."""

    def read(self, texts):
        rows = [np.eye(384, dtype=np.float32)[2 if "phone" in text else 1] for text in texts]
        return Read(np.stack(rows), np.stack(rows))


async def test_a_comment_that_says_two_things_is_offered_to_both_themes_and_quoted_in_one(db):
    await hear(db, 9, "the taxi never comes on time", 1)
    await hear(db, 14, "nobody answers the phone at the office", 2)
    both = await given.comment(
        db,
        "The taxi never comes on time. Nobody answers the phone at the office.",
        vector=np.eye(384)[1],
    )

    readers = Readers(embedder=cast("Embedder", Same()))
    async with db.transaction():
        await find_themes(db, (given.SURVEY,), HERE, smallest=5, readers=readers)

    lines = await store.suggestions(db, HERE)
    assert [line.size for line in lines] == [15, 10]
    rows = await db.fetch(
        "select theme_id, in_part, quote_place from suggested_members where response_id = $1"
        " order by in_part",
        both,
    )
    assert [(row["theme_id"], row["in_part"]) for row in rows] == [
        (lines[1].id, False),
        (lines[0].id, True),
    ]
    assert rows[1]["quote_place"] is None


async def test_themes_agreed_on_about_another_question_are_known_with_their_areas(db):
    theme_id = await agree(db, 1)
    await db.execute("insert into agreed_areas values ($1, 'ofsted-2023', 'A1')", theme_id)

    [topic] = await store.agreed_elsewhere(db, Question(given.SURVEY, "what_helps"))

    assert topic.name == "Taxis"
    assert topic.areas == {"ofsted-2023": ("A1",)}
    assert len(topic.words) == 8
    assert topic.read.domain.shape == (8, 384)
    assert await store.agreed_elsewhere(db, HERE) == []
