"""A backup comes back as it was: every row of every table, and what was sealed opens."""

import asyncio
import json

import asyncpg
import pytest
from msgspec.structs import replace

from tests import given
from tests.upkeep.compared import everything
from voice.database import pool
from voice.database.pool import connect
from voice.database.vault import NAME, Vault
from voice.errors import BadInput
from voice.jobs.tables import bring_up_to_date
from voice.rights.again import forget_again, gone
from voice.staff import audit
from voice.upkeep import backup, files, manifest, programs, restore
from voice.upkeep.programs import CopyFailed, NoPrograms, without_password

WORDS = "The taxi is late – every day, “always”. ؟"


@pytest.fixture
async def elsewhere(server) -> str:
    """An empty database of the same server."""
    return await given.database(server, "voice_elsewhere")


@pytest.fixture
async def filled(clean, settings):
    """A database in which somebody has said something; returns the response's id."""
    db = await connect(clean)
    await given.reader_on_rota(clean)
    response = await given.answer(db, await given.response(db), WORDS)
    for n in range(30):
        await given.comment(db, f"We want a lift, number {n}")
    await db.close()
    return response


async def opened(dsn: str, vault: Vault) -> list[str]:
    db = await connect(dsn)
    rows = await db.fetch(
        "select a.response_id, question_id, sealed, wrapped"
        " from answers a join response_keys k using (response_id) where sealed is not null"
    )
    await db.close()
    return [vault.words_of(row) for row in rows]


async def test_every_row_comes_back_and_sealed_words_open(
    filled, settings, clean, elsewhere, tmp_path
):
    made = await backup.make(settings, clean, tmp_path / "copy")
    read = manifest.read(tmp_path / "copy")
    assert read == made
    restore.check_keys(settings, read)
    await restore.check_place(elsewhere, read, over=False)
    await restore.put_back(elsewhere, tmp_path / "copy", read)
    before, after = await everything(clean), await everything(elsewhere)
    assert before["answers"]
    assert set(before) == set(after)
    assert {name for name in before if before[name] != after[name]} == set()
    assert WORDS in await opened(elsewhere, given.VAULT)


async def test_what_came_back_works_on(filled, settings, clean, elsewhere, tmp_path):
    await backup.make(settings, clean, tmp_path / "copy")
    await restore.put_back(elsewhere, tmp_path / "copy", manifest.read(tmp_path / "copy"))
    await bring_up_to_date(elsewhere, given.VAULT)
    web = await connect(elsewhere, pool.Part.WEB)
    await given.response(web)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await web.execute("delete from decisions")
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="count_sent"):
        await web.execute("select count_sent('{}', 1)")
    await web.close()
    db = await connect(elsewhere)
    await audit.note(db, "somebody", "looked")
    with pytest.raises(asyncpg.PostgresError):
        await db.execute("delete from audit")
    await db.close()


async def test_a_backup_holds_no_key_and_no_raw_word(filled, settings, clean, tmp_path):
    (settings.data_dir / "pictures").mkdir()
    (settings.data_dir / "pictures/bus.svg").write_text("<svg/>")
    (settings.data_dir / "master-key").write_text(given.MASTER_KEY)
    made = await backup.make(settings, clean, tmp_path / "copy")
    held = b"".join(one.read_bytes() for one in (tmp_path / "copy").iterdir())
    assert given.MASTER not in held
    assert given.MASTER_KEY.encode() not in held
    assert settings.secret_key.encode() not in held
    fit = programs.find(made.written_by)
    plain = fit.start("pg_restore", "--file=-", str(tmp_path / "copy/database.dump"), stdout=-1)
    said = programs.pipe(plain.stdout).read()
    programs.pipe(plain.stdout).close()
    programs.wait_for(plain, "")
    assert b"We want a lift" in said, (
        "redacted words are not sealed, and docs/protection.md says so"
    )
    assert WORDS.encode() not in said
    assert [one.stat().st_mode & 0o077 for one in (tmp_path / "copy").iterdir()] == [0, 0, 0]


async def test_pictures_come_back_and_nothing_is_written_over(filled, settings, clean, tmp_path):
    pictures = settings.data_dir / "pictures"
    pictures.mkdir()
    for name in ("bus.svg", "taxi.svg"):
        (pictures / name).write_text(f"<svg>{name}</svg>")
    await backup.make(settings, clean, tmp_path / "copy")
    there = replace(settings, data_dir=tmp_path / "there")
    (there.data_dir / "pictures").mkdir(parents=True)
    (there.data_dir / "pictures/taxi.svg").write_text("<svg>mine</svg>")
    left = files.bring_back(there, tmp_path / "copy/files.tar")
    assert left == [there.data_dir / "pictures/taxi.svg"]
    assert (there.data_dir / "pictures/bus.svg").read_text() == "<svg>bus.svg</svg>"
    assert (there.data_dir / "pictures/taxi.svg").read_text() == "<svg>mine</svg>"


async def test_what_is_of_one_moment_while_people_answer(clean, settings, db, tmp_path):
    """The manifest counts what the copy holds, though answers come in meanwhile."""
    stop = asyncio.Event()

    async def answering() -> None:
        mine = await connect(clean)
        while not stop.is_set():
            await given.answer(mine, await given.response(mine), "late")
        await mine.close()

    busy = asyncio.create_task(answering())
    await asyncio.sleep(0.2)
    made = await backup.make(settings, clean, tmp_path / "copy")
    stop.set()
    await busy
    other = await given.database(clean, "voice_elsewhere")
    await restore.put_back(other, tmp_path / "copy", made)  # It compares the rows.
    assert made.rows["responses"] > 0


async def test_a_place_in_use_is_not_written_over_unless_told(
    filled, settings, clean, elsewhere, tmp_path
):
    made = await backup.make(settings, clean, tmp_path / "copy")
    with pytest.raises(BadInput, match="--over"):
        await restore.check_place(clean, made, over=False)
    other = await connect(elsewhere)
    with pytest.raises(BadInput, match="Stop the web app"):
        await restore.check_place(elsewhere, made, over=True)
    await other.close()
    late = replace(made, migrations=[*made.migrations, "9999_later.sql"])
    with pytest.raises(BadInput, match="newer Voice"):
        await restore.check_place(elsewhere, late, over=True)
    with pytest.raises(BadInput, match="Postgres 99"):
        await restore.check_place(elsewhere, replace(made, postgres=99), over=True)


async def test_a_restore_that_fails_leaves_what_was_there(
    filled, settings, clean, elsewhere, tmp_path
):
    await bring_up_to_date(elsewhere, given.VAULT)
    mine = await connect(elsewhere)
    await given.answer(mine, await given.response(mine), "stays")
    await mine.close()
    before = await everything(elsewhere)
    made = await backup.make(settings, clean, tmp_path / "copy")
    dump = tmp_path / "copy/database.dump"
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size * 2 // 3])
    with pytest.raises(CopyFailed):
        await restore.put_back(elsewhere, tmp_path / "copy", made)
    assert await everything(elsewhere) == before


@pytest.mark.parametrize("name", ["database.dump", "files.tar", "manifest.json"])
async def test_a_backup_that_is_not_as_it_was_is_refused(filled, settings, clean, tmp_path, name):
    await backup.make(settings, clean, tmp_path / "copy")
    file = tmp_path / "copy" / name
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 0x80  # In a manifest this is no letter any more.
    file.write_bytes(held)
    with pytest.raises(BadInput):
        manifest.read(tmp_path / "copy")
    file.unlink()
    with pytest.raises(BadInput, match=r"not whole|no whole"):
        manifest.read(tmp_path / "copy")


async def test_keys_that_are_not_here_stop_it_with_words(filled, settings, clean, tmp_path):
    made = await backup.make(settings, clean, tmp_path / "copy")
    assert made.masters == [given.VAULT.current.hex()]
    assert len(given.VAULT.current) == NAME
    without = replace(settings, master_key="", data_dir=tmp_path / "new")
    with pytest.raises(BadInput, match=r"Put your copy back as .*master-key"):
        restore.check_keys(without, made)
    assert not (tmp_path / "new/master-key").exists(), "no new key stands in its way"
    with pytest.raises(BadInput, match="three words"):
        restore.check_keys(replace(settings, secret_key="x" * 40), made)


async def test_what_was_taken_back_since_goes_again(filled, settings, clean, elsewhere, tmp_path):
    made = await backup.make(settings, clean, tmp_path / "copy")
    db = await connect(clean)
    await db.execute("delete from responses where id = $1", filled)
    hashes = await gone(db)
    await db.close()
    assert len(hashes) == 1
    await restore.put_back(elsewhere, tmp_path / "copy", made)
    await bring_up_to_date(elsewhere, given.VAULT)
    assert WORDS in await opened(elsewhere, given.VAULT)
    there = await connect(elsewhere)
    async with there.transaction():
        again = await forget_again(there, hashes)
    assert again == 1
    assert WORDS not in await opened(elsewhere, given.VAULT)
    assert await gone(there) == hashes, "and an older backup would forget it, too"
    jobs = await there.fetch("select entrypoint, payload from pgqueuer")
    assert [given.SURVEY, given.WAVE] in [
        json.loads(job["payload"]) for job in jobs if job["entrypoint"] == "find_again"
    ]
    assert await there.fetchval("select count(*) from staff_sessions") == 0
    await there.close()


def test_a_password_is_on_no_command_line():
    place, secret = without_password("postgresql://voice:p%40ss@db:5433/voice?sslmode=require")
    assert (place, secret) == ("postgresql://voice@db:5433/voice?sslmode=require", "p@ss")
    own = "postgresql://voice@/voice?host=/tmp/x"
    assert without_password(own) == (own, "")


def test_a_server_that_is_newer_than_all_programs_is_said(monkeypatch):
    with pytest.raises(NoPrograms, match="Install postgresql-client-99"):
        programs.find(99)
    monkeypatch.setattr(programs, "_folders", list)
    with pytest.raises(NoPrograms, match="here are: none"):
        programs.find(15)
