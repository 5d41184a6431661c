"""The database going away, under the web app."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from litestar.testing import AsyncTestClient

from tests import given
from voice.app import create_app
from voice.database import embedded
from voice.database.migrate import MigrationProblem, migrate, missing
from voice.database.pool import transaction
from voice.jobs.tables import bring_up_to_date
from voice.settings import Settings


def postmasters(folder: Path) -> list[int]:
    """The processes whose command line names this data folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"/postgres" in line and str(folder).encode() in line:
            found.append(int(process.name))
    return found


@pytest.mark.skipif(not Path("/proc").exists(), reason="finds the server's process in /proc")
@pytest.mark.slow
async def test_our_own_postgres_is_started_again_when_it_was_killed(tmp_path):
    here = tmp_path / "data"
    dsn = await embedded.start(here)
    await bring_up_to_date(dsn, given.VAULT)
    settings = Settings(data_dir=here, secret_key="k" * 40)
    try:
        async with AsyncTestClient(create_app(settings)) as client:
            await client.post("/surveys/support-easy-read/start", data={"assent": "yes"})
            page = "/surveys/support-easy-read/pages/listened"
            assert (await client.post(page, data={"listened": "no"})).status_code == 200
            for number in postmasters(here):
                os.kill(number, signal.SIGKILL)
            await asyncio.sleep(0.3)
            for _ in range(3):
                if (await client.post(page, data={"listened": "yes"})).status_code == 200:
                    break
            assert 'value="yes" checked' in (await client.get(page)).text
    finally:
        await embedded.stop(here)


async def test_a_database_that_is_away_is_explained_and_not_a_stack_trace(
    clean, settings, read_page, monkeypatch
):
    async def nowhere(_: Settings) -> str:
        raise ConnectionRefusedError

    app = create_app(settings)
    async with AsyncTestClient(app, raise_server_exceptions=True) as client:
        app.state.pool.terminate()
        monkeypatch.setattr("voice.database.pool.address", nowhere)
        response = await client.post(
            "/surveys/support-easy-read/start", data={"assent": "yes", "words": ""}
        )
    assert response.status_code == 503
    assert "Go back" in read_page(response.text).main.text


async def test_several_processes_may_migrate_at_once(server):
    here = await given.database(server, "voice_many")
    assert len(await missing(here)) > 5
    applied = await asyncio.gather(*(migrate(here) for _ in range(4)))
    assert await missing(here) == []
    assert sorted(map(len, applied)) == [0, 0, 0, max(map(len, applied))]
    assert await migrate(here) == []


async def test_a_migration_that_changed_after_it_was_applied_is_refused(server, tmp_path):
    here = await given.database(server, "voice_changed")
    file = tmp_path / "0001_one.sql"
    file.write_text("create table one (id int);")
    await migrate(here, tmp_path)
    file.write_text("create table two (id int);")
    with pytest.raises(MigrationProblem, match="0001_one"):
        await migrate(here, tmp_path)
    file.unlink()
    with pytest.raises(MigrationProblem, match="newer Voice"):
        await migrate(here, tmp_path)


async def test_a_migration_that_fails_leaves_nothing_behind(server, tmp_path):
    here = await given.database(server, "voice_failed")
    (tmp_path / "0001_one.sql").write_text("create table one (id int); select 1/0;")
    with pytest.raises(Exception, match="division"):
        await migrate(here, tmp_path)
    async with transaction(here) as db:
        assert await db.fetchval("select to_regclass('one')") is None
