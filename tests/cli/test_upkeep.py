"""Backup, restore, keys apart and the doctor, as an operator gives them."""

import os
import subprocess
import sys

import pytest

from tests import given
from voice.database.pool import connect

pytestmark = pytest.mark.slow
WORDS = "The lift is broken"


@pytest.fixture
def voice(tmp_path):
    """Run `voice` with these arguments over a database."""

    def run(dsn: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "voice", *arguments],
            env={
                **os.environ,
                "DATABASE_URL": dsn,
                "VOICE_DATA_DIR": str(tmp_path / "data"),
                "VOICE_SECRET_KEY": "k" * 40,
            },
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


async def test_a_backup_comes_back_without_what_was_taken_back(voice, clean, server, tmp_path):
    db = await connect(clean)
    stays = await given.answer(db, await given.response(db), WORDS)
    goes = await given.answer(db, await given.response(db), WORDS)
    copy, listed = str(tmp_path / "copies/monday"), str(tmp_path / "gone.txt")
    made = voice(clean, "backup", copy)
    assert made.returncode == 0, made.stderr
    assert "2 responses" in made.stdout
    assert voice(clean, "backup", copy).returncode == 2
    await db.execute("delete from responses where id = $1", goes)
    await db.close()
    assert voice(clean, "retention", "gone", "--out", listed).returncode == 0

    refused = voice(clean, "restore", copy)
    assert (refused.returncode, "--over" in refused.stderr) == (2, True)
    there = await given.database(server, "voice_elsewhere")
    back = voice(there, "restore", copy, "--gone", listed)
    assert back.returncode == 0, back.stderr
    assert "Gone again: 1 response that" in back.stdout
    db = await connect(there)
    assert [row["id"] for row in await db.fetch("select id from responses")] == [stays]
    assert await db.fetchval("select count(*) from audit where did = 'restored a backup'") == 1
    await db.close()
    assert voice(there, "audit", "verify").returncode == 0
    (tmp_path / "gone.txt").write_text("nonsense")
    assert voice(there, "restore", copy, "--over", "--gone", listed).returncode == 2


async def test_what_a_hold_keeps_is_not_removed_by_a_restore(voice, clean, tmp_path):
    db = await connect(clean)
    old = [await given.answer(db, await given.response(db), WORDS) for _ in range(2)]
    await db.execute("update responses set sent_at = now() - interval '9 years'")
    await db.execute("update responses set survey_id = 'support-easy-read' where id = $1", old[1])
    copy = str(tmp_path / "copy")
    assert voice(clean, "backup", copy).returncode == 0
    held = voice(clean, "retention", "hold", "--survey", given.SURVEY, "--reason", "Tribunal")
    assert held.returncode == 0, held.stderr
    await db.close()

    later = voice(clean, "restore", copy, "--over", "--without-retention")
    assert "raw words of 0," in later.stdout, later.stderr
    back = voice(clean, "restore", copy, "--over")
    assert "raw words of 1," in back.stdout, back.stderr
    db = await connect(clean)
    keys = await db.fetch("select response_id from response_keys")
    assert [row["response_id"] for row in keys] == old[:1]
    assert await db.fetchval("select reason from legal_holds where lifted_at is null") == "Tribunal"
    await db.close()


async def test_over_a_database_its_own_list_of_what_is_gone_counts(voice, clean, tmp_path):
    db = await connect(clean)
    goes = await given.answer(db, await given.response(db), WORDS)
    copy = str(tmp_path / "copy")
    assert voice(clean, "backup", copy).returncode == 0
    await db.execute("delete from responses where id = $1", goes)
    await db.close()
    back = voice(clean, "restore", copy, "--over")
    assert back.returncode == 0, back.stderr
    db = await connect(clean)
    assert await db.fetchval("select count(*) from responses") == 0
    await db.close()


def test_keys_are_saved_apart_and_never_beside_a_backup(voice, clean, tmp_path):
    copy, keys = tmp_path / "copy", tmp_path / "keys"
    assert voice(clean, "backup", str(copy)).returncode == 0
    for beside in (copy, copy / "keys"):
        refused = voice(clean, "keys", "save", str(beside))
        assert (refused.returncode, "choose another place" in refused.stderr) == (2, True)
    assert voice(clean, "keys", "save", str(keys)).returncode == 0
    assert (keys / "master-key").read_text() == given.MASTER_KEY + "\n"
    assert (keys / "secret-key").read_text() == "k" * 40
    assert {one.stat().st_mode & 0o077 for one in keys.iterdir()} == {0}
    assert voice(clean, "keys", "save", str(keys)).returncode == 2


def test_the_doctor_exits_with_one_where_something_fails(voice, clean):
    found = voice(clean, "doctor")
    assert found.returncode == 1, "no worker runs"
    assert "fail  worker: " in found.stdout
    assert "→ Start it: voice work" in found.stdout
    assert "ok    models: " in found.stdout


def test_the_doctor_says_that_a_database_is_away_and_tells_no_password(voice):
    found = voice("postgresql://voice:hunter2@127.0.0.1:9/voice", "doctor")
    assert found.returncode == 1
    assert "fail  database: It does not answer" in found.stdout
    assert "hunter2" not in found.stdout + found.stderr
