"""Kill -9 of the app, of Postgres, and of both, in the middle of an import: nothing is lost."""

import asyncio
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from msgspec import json

from tests import given
from tests.faults.running import kill_postgres
from voice.database import embedded
from voice.jobs.tables import bring_up_to_date

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").exists(), reason="finds the server in /proc"),
]
ROWS = 20_000


@pytest.fixture
async def here(tmp_path) -> AsyncIterator[Path]:
    """A data folder with a Postgres of its own, tables made."""
    data = tmp_path / "data"
    dsn = await embedded.start(data)
    await bring_up_to_date(dsn, given.VAULT)
    yield data
    await embedded.stop(data)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Rows whose id is their number, with words that are all different."""
    path = tmp_path / "comments.csv"
    lines = (f"{number},the taxi was late on day {number}" for number in range(ROWS))
    path.write_text("ref,comment\n" + "\n".join(lines) + "\n")
    return path


def start_import(here: Path, file: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "voice", "import", str(file), "--id", "ref"),
            *("--survey", "support-parents-carers", "--question", "one_change"),
            *("--text", "comment"),
        ],
        env={**os.environ, "VOICE_DATA_DIR": str(here), "DATABASE_URL": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


async def kept(here: Path) -> int:
    db = await asyncpg.connect(await embedded.start(here))
    found: int = await db.fetchval("select count(*) from responses")
    await db.close()
    return found


async def some_more(here: Path, than: int, importing: "subprocess.Popen[bytes]") -> int:
    """Wait until more rows than this are there, and return how many."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        now = await kept(here)
        if now > than or importing.poll() is not None:
            return now
        await asyncio.sleep(0.01)
    raise AssertionError("the import does not get on")


@pytest.mark.parametrize("victim", ["app", "postgres", "both"])
async def test_no_row_that_was_kept_is_missing_and_none_is_doubled(here, file, victim):
    luck = random.Random(victim)
    seen, killed = 0, 0
    while seen < ROWS and killed < 6:
        importing = start_import(here, file)
        now = await some_more(here, seen + luck.randrange(2_000), importing)
        if victim in ("app", "both"):
            importing.kill()
        if victim in ("postgres", "both"):
            kill_postgres(here)
        importing.wait(60)
        killed += now < ROWS
        after = await kept(here)
        assert after >= now >= seen, "a row that was there is gone"
        seen = after
    assert killed >= 3, "the import was too quick to be killed in the middle"

    last = start_import(here, file)
    assert last.wait(120) == 0

    db = await asyncpg.connect(await embedded.start(here))
    refs = await db.fetch("select source_ref from responses")
    words = [words for _, _, words in await given.said(db)]
    jobs = await db.fetch("select payload from pgqueuer where entrypoint = 'enrich'")
    await db.close()
    assert {row["source_ref"] for row in refs} == {f"id:{number}" for number in range(ROWS)}
    assert len(refs) == len(words) == len(set(words)) == ROWS
    queued = Counter(str(one) for job in jobs for one in json.decode(job["payload"]))
    assert len(queued) == ROWS
    assert set(queued.values()) == {1}
