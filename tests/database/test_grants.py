"""What each part of Voice may see and do, asked of the database itself."""

import re
from pathlib import Path

import asyncpg
import pytest

from tests import given
from voice.database.grants import grant
from voice.database.pool import Part, connect
from voice.database.sealing import rewrap_all, seal_all
from voice.database.vault import Vault

SOURCE = Path(__file__).parents[2] / "src/voice"
NEW = b"n" * 32
REFUSED = asyncpg.InsufficientPrivilegeError
# Rooms that may read what people wrote, as they wrote it. `database` seals it and wraps its keys.
# `bringing` opens a file on its way in, for the person who brought it; it reads no answer.
RAW_ROOMS = {"answering", "enrichment", "safeguarding", "database", "bringing"}


@pytest.mark.parametrize(
    ("part", "statement"),
    [
        (Part.REPORTS, "select sealed from answers"),
        (Part.REPORTS, "select value from answers"),
        (Part.REPORTS, "select * from answers"),
        (Part.REPORTS, "select wrapped from response_keys"),
        (Part.REPORTS, "select words from redacted_comments"),
        (Part.REPORTS, "select because_sealed from flags"),
        (Part.REPORTS, "select code_hash from responses"),
        (Part.REPORTS, "select email from people"),
        (Part.REPORTS, "delete from responses"),
        (Part.REPORTS, "select file_sealed from brought_files"),
        (Part.WORKER, "select file_sealed from brought_files"),
        (Part.WEB, "update imports set n_new = 0"),
        (Part.WEB, "delete from import_members"),
        (Part.REPORTS, "update pledges set words = 'x'"),
        (Part.WORKER, "select password_hash from people"),
        (Part.WORKER, "select * from staff_sessions"),
        (Part.WORKER, "update answers set sealed = null"),
        (Part.WORKER, "insert into agreed_themes (asked_of) values ('x')"),
        (Part.WORKER, "insert into decisions (asked_of) values ('x')"),
        (Part.WEB, "update flag_actions set action = 'no_concern'"),
        (Part.WEB, "delete from flag_actions"),
        (Part.WEB, "delete from decisions"),
        (Part.WEB, "delete from pledges"),
        (Part.WEB, "update challenges set words = 'x'"),
        (Part.WEB, "delete from challenge_answers"),
        (Part.REPORTS, "insert into challenges (number) values (1)"),
        (Part.WORKER, "select * from challenges"),
        (Part.WEB, "update measure_actuals set value = 1"),
        (Part.WEB, "delete from measures"),
        (Part.WORKER, "insert into measures (number) values (1)"),
        (Part.REPORTS, "insert into measure_actuals (number) values (1)"),
        (Part.WEB, "delete from redacted_comments"),
        (Part.WEB, "update response_keys set wrapped = ''"),
        (Part.WEB, "drop table answers"),
        (Part.WEB, "create table mine (x int)"),
        (Part.WEB, "alter table answers disable trigger all"),
    ],
)
async def test_no_part_may_do_what_is_not_its_own(clean, part, statement):
    db = await connect(clean, part)
    try:
        with pytest.raises(REFUSED):
            await db.execute(statement)
    finally:
        await db.close()


async def test_reports_read_what_may_be_published(clean):
    db = await connect(clean, Part.REPORTS)
    assert await db.fetch("select * from shown_comments, agreed_themes, pledges") == []
    await db.close()


async def test_every_table_is_some_part_s_or_nobody_s_on_purpose(clean, db):
    nobodys = await db.fetch(
        "select tablename from pg_tables t where schemaname = 'public' and not exists ("
        " select from unnest(array['voice_web', 'voice_worker', 'voice_reports']) as part"
        " where has_table_privilege(part, quote_ident(tablename), 'select, insert'))"
    )
    assert [row["tablename"] for row in nobodys] == []


async def test_granting_again_changes_nothing(clean, db):
    asked = "select relname, relacl::text from pg_class where relnamespace = 'public'::regnamespace"
    before = {tuple(row) for row in await db.fetch(asked)}
    await grant(clean)
    assert {tuple(row) for row in await db.fetch(asked)} == before


def test_only_three_rooms_read_raw_words_and_one_a_file_on_its_way_in():
    reads = re.compile(r"\bsealed\b|\bwrapped\b|\banswers?\b[^;]*\bvalue\b", re.IGNORECASE)
    rooms = {
        file.relative_to(SOURCE).parts[0]
        for file in SOURCE.rglob("*.sql")
        if "migrations" not in file.parts and reads.search(_statements(file))
    }
    assert rooms == RAW_ROOMS
    bringing = _statements(SOURCE / "bringing/store.sql")
    assert not re.search(r"\b(answers|response_keys)\b", bringing)


def _statements(file: Path) -> str:
    return re.sub(r"--.*", "", file.read_text(encoding="utf-8"))


async def test_what_lay_in_the_clear_is_sealed_and_still_opens(clean, db):
    response_id = await given.response(db)
    await db.execute("alter table answers drop constraint answers_free_text_is_sealed")
    await db.execute(
        "insert into answers (response_id, question_id, state, value, free_text)"
        " values ($1, 'q', 'answered', '\"from before\"', true)",
        response_id,
    )
    await db.execute(
        "alter table answers add constraint answers_free_text_is_sealed"
        " check (not free_text or value is null) not valid"
    )

    assert await seal_all(clean, given.VAULT) == 1
    assert await seal_all(clean, given.VAULT) == 0

    assert await given.said(db) == [("q", "answered", "from before")]
    assert await db.fetchval("select count(*) from answers where value is not null") == 0


async def test_a_new_master_key_opens_what_the_old_one_sealed(clean, db):
    for words in ("one", "two"):
        await given.answer(db, await given.response(db), words)
    both = Vault(lambda: (NEW, given.MASTER))

    assert await rewrap_all(clean, both) == 2
    assert await rewrap_all(clean, both) == 0

    said = await given.said(db, Vault(lambda: (NEW,)))
    assert sorted(words for _, _, words in said) == ["one", "two"]
