"""Words go when their time has come, numbers stay, and a hold stops it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import given
from voice.database.pool import Part, connect
from voice.jobs import queue
from voice.rights import retention
from voice.settings import Settings

NOW = datetime(2026, 11, 26, tzinfo=UTC)
SETTINGS = Settings()


async def sent(db, months: float, **about):
    """A response with words, sent so many months ago, redacted and flagged."""
    response_id = await given.comment(db, "redacted words", **about)
    await given.answer(db, response_id, "raw words")
    await db.execute(
        "insert into flags (response_id, question_id, concern, score, kinds, because_sealed)"
        " values ($1, $2, false, 0, '{}', 'sealed')",
        response_id,
        given.QUESTION,
    )
    await db.execute(
        "update responses set sent_at = $2, started_on = ($2::timestamptz)::date where id = $1",
        response_id,
        NOW - timedelta(days=months * 30.4375),
    )
    return response_id


async def words_left(db):
    return [words for _, _, words in await given.said(db)]


async def test_what_is_young_stays(db):
    await sent(db, 23)
    assert await retention.remove(db, SETTINGS, NOW) == retention.Removed(0, 0, 0)
    assert await words_left(db) == ["raw words"]


async def test_raw_words_go_after_two_years_and_what_the_machine_quoted_of_them(db):
    await sent(db, 25)
    assert await retention.remove(db, SETTINGS, NOW) == retention.Removed(1, 0, 0)
    assert await words_left(db) == [""]
    assert await db.fetchval("select because_sealed from flags") is None
    assert await db.fetchval("select words from redacted_comments") == "redacted words"
    assert await retention.remove(db, SETTINGS, NOW) == retention.Removed(0, 0, 0)


async def test_raw_words_go_a_year_after_the_report_of_their_wave(db):
    reported = await sent(db, 20)
    await sent(db, 20, wave="2026-spring")
    theme_id = await given.agreed_theme(db, "Taxis", [reported])
    await given.pledge(db, theme_id)
    await db.execute("update pledges set written_at = $1", NOW - timedelta(days=366))
    assert (await retention.due(db, SETTINGS, NOW)).raw_words == 1
    await retention.remove(db, SETTINGS, NOW)
    left = await db.fetch("select wave from responses join response_keys on response_id = id")
    assert [row["wave"] for row in left] == ["2026-spring"]


async def test_redacted_comments_go_after_six_years_and_the_count_of_the_theme_stays(db):
    old = await sent(db, 73)
    await given.agreed_theme(db, "Taxis", [old])
    assert (await retention.remove(db, SETTINGS, NOW)).comments == 1
    row = await db.fetchrow("select words, vector from redacted_comments")
    assert (row["words"], row["vector"]) == ("", None)
    assert await queue.waiting(db, "find_again") == 1
    assert await db.fetchval("select count(*) from agreed_members") == 1


async def test_answers_that_were_never_sent_go_after_a_month(db):
    for months in (0.5, 2):
        one = await sent(db, months)
        await db.execute("update responses set sent_at = null where id = $1", one)
    assert (await retention.remove(db, SETTINGS, NOW)).unsent == 1
    assert await db.fetchval("select count(*) from responses") == 1


@pytest.mark.parametrize(("wave", "stays"), [(None, True), (given.WAVE, True), ("another", False)])
async def test_a_hold_keeps_a_survey_or_one_wave_of_it_until_it_is_lifted(db, wave, stays):
    await sent(db, 73)
    hold_id = await retention.hold(db, given.SURVEY, wave, "Tribunal")
    assert [one.reason for one in await retention.holds(db)] == ["Tribunal"]
    assert ((await retention.remove(db, SETTINGS, NOW)).raw_words == 0) == stays
    assert await retention.lift(db, hold_id)
    assert not await retention.lift(db, hold_id)
    assert (await retention.remove(db, SETTINGS, NOW)).raw_words == stays


async def test_a_dry_run_says_the_same_and_changes_nothing(db):
    await sent(db, 73)
    assert await retention.due(db, SETTINGS, NOW) == retention.Removed(1, 1, 0)
    assert await words_left(db) == ["raw words"]
    assert await db.fetchval("select count(*) from retention_runs") == 0


async def test_the_worker_may_do_all_of_it(clean, db):
    await sent(db, 73)
    await db.execute("update responses set sent_at = null where false")
    worker = await connect(clean, Part.WORKER)
    async with worker.transaction():
        await retention.remove(worker, SETTINGS, NOW)
    await worker.close()
    assert await words_left(db) == [""]


async def test_tries_that_count_no_more_are_not_kept(db):
    await db.execute(
        "insert into tries (what, who, at) values ('password', 'x', now() - interval '25 hours'),"
        " ('password', 'y', now())"
    )
    await retention.remove(db, SETTINGS, NOW)
    assert await db.fetch("select who from tries") == [(b"y",)]
