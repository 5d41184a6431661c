"""What was written before the whole record was asked for."""

import shutil

import asyncpg
import pytest

from tests import given
from voice.database import pool
from voice.database.migrate import FOLDER, migrate

OLD = """
    insert into pledges (number, version, theme_id, status, easy_said, words, easy_words, because,
        easy_because, owner_role, owner_organisation, on_day, published, written_by)
    select n, 1, 1, s, 'Said', 'Words', 'Easy', 'Why', 'Why', 'head', 'council', '2026-01-02',
        true, 1
    from unnest(array['did', 'doing', 'could_not']) with ordinality as x (s, n)
"""


async def test_old_pledges_keep_their_words_and_owe_their_evidence(server, tmp_path):
    dsn = await given.database(server, "before_whole_record")
    for file in FOLDER.glob("*.sql"):
        if file.name < "0019":
            shutil.copy(file, tmp_path)
    await migrate(dsn, tmp_path)
    db = await pool.connect(dsn)
    await given.agreed_theme(db, "Waiting", [], by=await given.person(db, "reviewer"))
    await db.execute(OLD)

    await migrate(dsn)

    rows = await db.fetch("select * from pledges order by number")
    assert [row["status"] for row in rows] == ["done", "doing", "cannot_do"]
    assert [row["evidence_owed"] for row in rows] == [True, False, False]
    assert {(row["words"], row["because"], row["checked"]) for row in rows} == {
        ("Words", "Why", "not_yet")
    }
    await db.execute("update pledges set superseded_at = now() where number = 1")
    for wrong in ("evidence_owed = false", "status = 'did'", "measure = 'x'"):
        with pytest.raises(asyncpg.CheckViolationError):
            await db.execute(f"update pledges set {wrong} where number = 1")
    await db.close()
