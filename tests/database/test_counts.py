"""Counts that triggers keep are those that counting again gives, whatever was done."""

import asyncio
import random

import pytest

from tests import given
from voice.database.pool import Part, connect

pytestmark = pytest.mark.slow
KEPT = {
    "words_waiting": (
        "select response_id, question_id from words_waiting",
        "select a.response_id, a.question_id from answers a"
        " join responses r on r.id = a.response_id where r.sent_at is not null and a.free_text"
        " and a.state = 'answered' and not exists (select from redacted_comments c"
        " where c.response_id = a.response_id and c.question_id = a.question_id)",
    ),
    "response_counts": (
        "select survey_id, wave, voice, helped, demo, sum(n) from response_counts"
        " group by 1, 2, 3, 4, 5 having sum(n) <> 0",
        "select survey_id, wave, voice, coalesce(helped, ''), route = 'demo', count(*)"
        " from responses where sent_at is not null group by 1, 2, 3, 4, 5",
    ),
    "choice_counts": (
        "select survey_id, wave, voice, question_id, option, sum(n) from choice_counts"
        " group by 1, 2, 3, 4, 5 having sum(n) <> 0",
        "select r.survey_id, r.wave, r.voice, a.question_id, a.value #>> '{}', count(*)"
        " from answers a join responses r on r.id = a.response_id"
        " where r.sent_at is not null and a.state = 'answered' and not a.free_text"
        " group by 1, 2, 3, 4, 5",
    ),
    "comment_counts": (
        "select survey_id, question_id, wave, voice, empty, sum(n) from comment_counts"
        " group by 1, 2, 3, 4, 5 having sum(n) <> 0",
        "select r.survey_id, c.question_id, r.wave, r.voice, c.words = '', count(*)"
        " from redacted_comments c join responses r on r.id = c.response_id group by 1, 2, 3, 4, 5",
    ),
    "member_counts": (
        "select theme_id, wave, voice, helped, demo, n, in_part from member_counts where n <> 0",
        "select m.theme_id, r.wave, r.voice, coalesce(r.helped, ''), r.route = 'demo', count(*),"
        " count(*) filter (where m.in_part) from agreed_members m"
        " join responses r on r.id = m.response_id group by 1, 2, 3, 4, 5",
    ),
    "feeling_counts": (
        "select theme_id, feeling, n from feeling_counts where n <> 0",
        "select m.theme_id, c.feeling, count(*) from agreed_members m"
        " join redacted_comments c using (response_id, question_id)"
        " where not m.in_part and c.feeling is not null group by 1, 2",
    ),
    "suggested_counts": (
        "select theme_id, voice, n from suggested_counts where n <> 0",
        "select m.theme_id, r.voice, count(*) from suggested_members m"
        " join responses r on r.id = m.response_id group by 1, 2",
    ),
    "themed_counts": (
        "select asked_of, question_id, wave, n from themed_counts where n <> 0",
        "select t.asked_of, t.question_id, r.wave, count(distinct m.response_id)"
        " from agreed_themes t join agreed_members m on m.theme_id = t.id"
        " join redacted_comments c using (response_id)"
        " join responses r on r.id = m.response_id"
        " where t.ended_at is null and c.words <> '' group by 1, 2, 3",
    ),
}


async def right(db) -> dict[str, int]:
    """Count again, compare, and return how many rows each table keeps."""
    found = {}
    for name, (kept, counted) in KEPT.items():
        here, there = sorted(map(tuple, await db.fetch(kept))), await db.fetch(counted)
        assert here == sorted(map(tuple, there)), name
        found[name] = len(here)
    return found


class Chance:
    """Does to the database what Voice does, by chance of one seed."""

    def __init__(self, db, seed: int) -> None:
        self.db, self.chance = db, random.Random(seed)

    async def some(self, table: str, column: str = "response_id"):
        rows = await self.db.fetch(f"select distinct {column} from {table} order by 1")
        ids = [row[0] for row in rows]
        return self.chance.sample(ids, min(len(ids), self.chance.randint(1, 3)))

    async def answer(self) -> None:
        one = await given.comment(
            self.db,
            self.chance.choice(["late taxi", "", "too loud"]),
            voice=self.chance.choice(["child", "parent"]),
            wave=self.chance.choice(["a", "b"]),
            helped=self.chance.choice([None, "alone"]),
        )
        await given.chose(self.db, [one], "age_band", self.chance.choice(["x", "y"]))

    async def write(self) -> None:
        one = await given.response(self.db)
        await self.db.execute("update responses set sent_at = null where id = $1", one)
        await given.answer(self.db, one, "The taxi is late")
        await self.db.execute("update responses set sent_at = now() where id = $1", one)

    async def read(self) -> None:
        for one in await self.some("words_waiting"):
            await self.db.execute(
                "insert into redacted_comments (response_id, question_id, words, taken_out)"
                " values ($1, $2, 'The taxi is late', '{}')",
                one,
                given.QUESTION,
            )

    async def agree(self) -> None:
        if comments := await self.some("redacted_comments"):
            name = f"t{self.chance.random()}"
            await given.agreed_theme(self.db, name, comments)

    async def suggest(self) -> None:
        comments = await self.some("redacted_comments")
        if comments:
            await given.suggestion(self.db, f"s{self.chance.random()}", comments)

    async def move(self) -> None:
        for theme in await self.some("agreed_members", "theme_id"):
            held = await self.some("agreed_members")
            await self.db.execute(
                "delete from agreed_members where theme_id = $1 and response_id = any($2)",
                theme,
                held,
            )

    async def end(self) -> None:
        ended = "case when ended_at is null then now() end"
        for theme in await self.some("agreed_themes", "id"):
            await self.db.execute(
                f"update agreed_themes set ended_at = {ended} where id = $1", theme
            )

    async def empty(self) -> None:
        words = self.chance.choice(["", "[a name]"])
        for one in await self.some("redacted_comments"):
            await self.db.execute(
                "update redacted_comments set words = $2 where response_id = $1", one, words
            )

    async def hear(self) -> None:
        for one in await self.some("redacted_comments"):
            await self.db.execute(
                "update redacted_comments set feeling = $2 where response_id = $1",
                one,
                self.chance.choice([1, -1, 0, None]),
            )

    async def forget_words(self) -> None:
        for one in await self.some("redacted_comments"):
            await self.db.execute("delete from answers where response_id = $1 and free_text", one)
            await self.db.execute("delete from redacted_comments where response_id = $1", one)

    async def take_back(self) -> None:
        gone = await self.some("responses", "id")
        await self.db.execute("delete from responses where id = any($1)", gone[:2])

    async def step(self) -> None:
        steps = [self.answer] * 5 + [self.agree] * 4 + [self.write] * 2 + [self.read]
        steps += [self.hear] * 3 + [
            self.suggest,
            self.move,
            self.end,
            self.empty,
            self.forget_words,
            self.take_back,
        ]
        await self.chance.choice(steps)()


@pytest.mark.parametrize("seed", range(6))
async def test_counts_are_right_after_every_step(db, seed):
    doing = Chance(db, seed)
    most: dict[str, int] = {}
    for _ in range(100):
        await doing.step()
        most = {name: max(n, most.get(name, 0)) for name, n in (await right(db)).items()}
    assert all(most.values()), f"{most}: something was never counted"


async def test_people_at_once_lose_no_count(db, clean):
    said = await given.comments(db, 30, "The taxi is late")
    await db.execute("update redacted_comments set feeling = -1")
    themes = [await given.agreed_theme(db, f"t{n}", said[n::3]) for n in range(3)]

    async def one(place: int) -> None:
        own = await connect(clean)
        try:
            async with own.transaction():
                if place % 2:
                    await own.execute("delete from responses where id = $1", said[place])
                else:
                    await own.execute(
                        "insert into agreed_members (theme_id, response_id, question_id, score)"
                        " values ($1, $2, $3, 0.5)",
                        themes[(place + 1) % 3],
                        said[place],
                        given.QUESTION,
                    )
                await asyncio.sleep(0.02)
        finally:
            await own.close()

    await asyncio.gather(*(one(place) for place in range(20)))
    await right(db)
    assert await db.fetchval("select n from themed_counts") == 20


async def test_no_part_of_voice_writes_a_count(db, clean):
    await given.comments(db, 3, "late")
    for part in (Part.WEB, Part.WORKER, Part.REPORTS):
        own = await connect(clean, part)
        try:
            for name in KEPT:
                with pytest.raises(Exception, match="permission denied"):
                    await own.execute(f"delete from {name}")
            with pytest.raises(Exception, match="permission denied"):
                await own.execute("select count_sent('{}', 1)")
        finally:
            await own.close()
