"""Bringing a file in: all good rows or none, each once, sealed, counted, handed on to be read."""

from datetime import date
from typing import Any

import pytest
from msgspec import json

from tests import given
from tests.bringing import samples
from tests.bringing.test_tools import TODAY, suggested, wordings
from voice.bringing import run, store
from voice.bringing.checking import Checker
from voice.bringing.mapping import Mapping
from voice.bringing.reading import open_rows
from voice.bringing.store import About, CannotUndo, Counts, FileGone
from voice.database.pool import Part, connect
from voice.errors import BadInput
from voice.jobs import queue
from voice.safeguarding.detect import Concern

KEY = b"k" * 32
CHANGE = samples.CHANGE


def told(_: int) -> None:
    """Nobody watches."""


async def bring(db, content, mapping=None, dry=False, by=None):
    mapping = mapping or suggested(content).mapping
    opened = open_rows("file", content, mapping.heading)
    checker = Checker(wordings(mapping.survey), mapping, opened.columns, key=KEY, today=TODAY)
    about: dict[str, Any] = {"wave": mapping.wave or checker.survey.wave, "key": KEY, "tell": told}
    async with db.transaction():
        if dry:
            return await run.try_out(db, checker, opened.rows, **about)
        return await run.bring_in(db, checker, opened.rows, vault=given.VAULT, by=by, **about)


def many(n, bad=()):
    """So many parents, of whom some say what is no answer."""
    rows = [
        [f"r{k}", "Maybe" if k in bad else "Yes", f"words of {k}", "Yes, you may"] for k in range(n)
    ]
    return samples.to_csv([["ref", samples.LISTENED, CHANGE, samples.QUOTE], *rows])


@pytest.mark.parametrize("tool", samples.EVERY)
async def test_the_sample_of_each_tool_comes_in_once_however_often_it_is_brought(db, tool):
    content = samples.EVERY[tool]()
    tried = await bring(db, content, dry=True)
    assert await db.fetchval("select count(*) from responses") == 0
    first, again = await bring(db, content), await bring(db, content)

    assert tried.counts == first.counts == Counts(new=2)
    assert again.counts == Counts(before=2)
    assert (again.problems, again.changed) == ([], [])
    rows = await db.fetch("select * from responses where sent_at is not null")
    assert {(r["voice"], r["route"], r["wave"]) for r in rows} == {("parent", "import", given.WAVE)}
    words = {words for question, _, words in await given.said(db) if question == "one_change"}
    assert words == {samples.FIRST["one_change"], samples.SECOND["one_change"]}


async def test_words_are_sealed_and_the_same_jobs_are_asked_for_as_on_the_web(db):
    await bring(db, many(250))
    assert await given.tables_with(db, "words of") == []
    jobs = await db.fetch("select payload from pgqueuer where entrypoint = 'enrich' order by id")
    ids = [one for job in jobs for one in json.decode(job["payload"])]
    assert [len(json.decode(job["payload"])) for job in jobs] == [100, 100, 50]
    assert sorted(ids) == sorted(str(r["id"]) for r in await db.fetch("select id from responses"))
    n = await db.fetchval("select sum(n) from response_counts where survey_id = $1", given.SURVEY)
    assert n == 250
    assert await db.fetchval("select count(*) from words_waiting") == 250
    assert await queue.waiting(db, "enrich") == 3


async def test_bad_rows_are_told_of_one_by_one_mended_and_brought_in_and_none_is_lost(db):
    bad = set(range(0, 2_000, 20))
    content = many(2_000, bad)
    first = await bring(db, content)

    assert first.counts == Counts(new=1_900, rejected=100)
    assert [problem.row for problem in first.problems] == [k + 2 for k in sorted(bad)]
    mended = first.rejected.content.replace(b"Maybe", b"Sometimes")
    second = await bring(db, mended, suggested(content).mapping)
    assert second.counts == Counts(new=100)
    third = await bring(db, content)
    assert third.counts == Counts(before=1_900, rejected=100)
    words = {words for question, _, words in await given.said(db) if question == "one_change"}
    assert words == {f"words of {k}" for k in range(2_000)}


async def test_a_file_that_breaks_in_the_middle_brings_nothing(db):
    broken = many(3_000) + b'r3000,"Yes'
    with pytest.raises(BadInput, match="Nothing was brought in"):
        await bring(db, broken)
    assert await db.fetchval("select count(*) from responses") == 0
    assert await db.fetchval("select count(*) from pgqueuer") == 0


async def test_a_row_that_says_something_else_now_is_left_as_it_was_and_told_of(db):
    await bring(db, many(3))
    changed = await bring(db, many(3).replace(b"words of 1", b"other words"))
    assert changed.counts == Counts(before=3)
    assert [(one.row, one.wrong) for one in changed.changed] == [(3, run.DIFFERS)]
    words = [words for question, _, words in await given.said(db) if question == "one_change"]
    assert "words of 1" in words


async def test_ids_of_another_tool_are_not_kept_as_they_are(db):
    mapping = Mapping(survey=given.SURVEY, id="ref", columns={CHANGE: "one_change"})
    await bring(db, samples.to_csv([["ref", CHANGE], ["tom.baker@example.org", "x"]]), mapping)
    assert await given.tables_with(db, "tom.baker") == []
    [ref] = [row["source_ref"] for row in await db.fetch("select source_ref from responses")]
    assert ref.startswith("id:")


async def test_the_day_is_kept_and_what_was_not_said_is_today(db):
    mapping = Mapping(survey=given.SURVEY, day="when", columns={CHANGE: "one_change"})
    rows = [["when", CHANGE], ["20/11/2026", "a"], ["", "b"]]
    await bring(db, samples.to_csv(rows), mapping)
    days = {row["started_on"] for row in await db.fetch("select started_on from responses")}
    assert days == {date(2026, 11, 20), await db.fetchval("select current_date")}


async def test_while_a_file_comes_in_nobody_who_answers_has_to_wait(db, clean):
    other = await connect(clean)
    content = many(10)
    opened = open_rows("file", content)
    mapping = suggested(content).mapping
    checker = Checker(wordings(), mapping, opened.columns, key=KEY, today=TODAY)

    async with db.transaction():
        found = run.Gathering(checker)
        good = found.sort(checker.check_all(opened.rows))
        await run._keep(db, checker, good, found, vault=given.VAULT, wave=given.WAVE)
        await other.execute("set statement_timeout = '2s'")
        for _ in range(8):  # Whichever slot of the counts it is.
            await given.response(other)
    assert await db.fetchval("select count(*) from responses") == 18
    await other.close()


async def test_an_import_is_undone_with_all_that_came_of_it(db):
    officer = await given.person(db, "officer")
    kept = await bring(db, many(5), by=officer)
    before = await given.response(db)
    [past] = await store.past_imports(db)
    assert (past.n_new, past.who, past.can_undo) == (5, "officer@example.org", True)
    async with db.transaction():
        assert await run.undo(db, kept.number, officer) == (given.SURVEY, given.WAVE)

    assert [row["id"] for row in await db.fetch("select id from responses")] == [before]
    assert await db.fetchval("select sum(n) from response_counts") == 1
    [past] = await store.past_imports(db)
    assert (past.undone, past.can_undo) == (True, False)
    with pytest.raises(CannotUndo):
        await run.undo(db, kept.number, officer)
    assert (await bring(db, many(5))).counts == Counts(new=5)


async def test_an_import_on_which_a_theme_was_built_stays(db):
    officer = await given.person(db, "officer")
    kept = await bring(db, many(3), by=officer)
    ids = await store.members_of(db, kept.number)
    await db.execute(
        "insert into redacted_comments (response_id, question_id, words, taken_out)"
        " select id, 'one_change', 'x', '{}' from unnest($1::uuid[]) as i (id)",
        ids,
    )
    await given.agreed_theme(db, "Waits", ids)
    assert not (await store.past_imports(db))[0].can_undo
    with pytest.raises(CannotUndo, match="agreed to a theme"):
        await run.undo(db, kept.number, officer)
    assert await db.fetchval("select count(*) from responses") == 3


async def test_an_import_with_an_answer_that_speaks_of_danger_stays(db):
    officer = await given.person(db, "officer")
    kept = await bring(db, many(3), by=officer)
    [one, *_] = await store.members_of(db, kept.number)
    await given.flag(db, one, "one_change", Concern(True, 0.9, ["harm"], ["words"]))
    with pytest.raises(CannotUndo, match="safeguarding lead"):
        await run.undo(db, kept.number, officer)


async def test_a_file_on_its_way_is_sealed_for_its_person_and_goes_after_a_day(clean, db):
    one = await given.person(db, "officer")
    other = await given.person(db, "administrator")
    about = About("Tom Baker quiddle.csv", Mapping(survey=given.SURVEY))
    file_id = await store.keep_file(db, given.VAULT, one, given.SURVEY, about, b"quiddle words")

    assert await given.tables_with(db, "quiddle") == []
    kept = await store.file_of(db, given.VAULT, file_id, one)
    assert (kept.about, kept.content) == (about, b"quiddle words")
    with pytest.raises(FileGone):
        await store.file_of(db, given.VAULT, file_id, other)
    await db.execute("update brought_files set ends_at = now()")
    with pytest.raises(FileGone):
        await store.file_of(db, given.VAULT, file_id, one)
    worker = await connect(clean, Part.WORKER)
    await store.forget_old_files(worker)
    await worker.close()
    assert await db.fetchval("select count(*) from brought_files") == 0
