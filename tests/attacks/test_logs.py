"""No word of an answer, password or code is in any log file, after a walk with its faults."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests import given
from tests.browser.serving import free_port, wait_for
from voice.database import embedded

pytestmark = pytest.mark.slow
CANARY = "quiddlenook"
TOKEN = "a token of the watcher"
EASY = "/surveys/support-easy-read"


class House:
    """Voice as it runs for real, with a Postgres of its own; each process writes to a log."""

    def __init__(self, folder: Path, log: str) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, "VOICE_PORT": str(self.port)}
        self.environment |= {"VOICE_DATA_DIR": str(folder / "data"), "PYTHONFAULTHANDLER": "1"}
        self.environment |= {"VOICE_LOG": log, "VOICE_METRICS_TOKEN": TOKEN}
        self.environment.pop("DATABASE_URL", None)

    def begin(self, *arguments: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{arguments[0]}.log").open("ab") as log:
            command = [sys.executable, "-m", "voice", *arguments]
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    async def do(self, *arguments: str) -> int:
        return await asyncio.to_thread(self.begin(*arguments).wait, 180)

    def postgres(self) -> int:
        """Return the number of the process of its Postgres."""
        file = self.folder / "data/postgres/postmaster.pid"
        return int(file.read_text(encoding="ascii").split()[0])

    def logs(self) -> dict[str, str]:
        """Return every file that is no database, no key: {name: what it holds}."""
        data = self.folder / "data"
        files = [*self.folder.glob("*.log"), *data.glob("*.log"), *data.glob("logs/**/*")]
        return {file.name: file.read_text(errors="replace") for file in files}


@pytest.fixture(params=["plain", "json"])
async def house(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    made = House(tmp_path, request.param)
    assert await made.do("migrate") == 0
    serving = made.begin("serve")
    try:
        await asyncio.to_thread(wait_for, made.port, serving)
        yield made
    finally:
        serving.terminate()
        await asyncio.to_thread(serving.wait, 20)
        await embedded.stop(tmp_path / "data")


async def walk(browser: httpx.AsyncClient) -> None:
    """Answer as a child; then do what goes wrong: too much, in the wrong place, a wrong code."""
    words = f"It is too loud in the {CANARY}"
    await browser.post(f"{EASY}/start", data={"assent": "yes", "words": ""})
    for page, answer in (("listened", "no"), ("one_change", words), ("helped", "read")):
        sent = await browser.post(f"{EASY}/pages/{page}", data={page: answer, "go": "next"})
        assert sent.status_code == 303, sent.text
    assert (await browser.post(f"{EASY}/send")).status_code in {200, 303}
    for address, data in (
        (f"{EASY}/pages/listened", {"listened": CANARY, "go": "next"}),
        (f"{EASY}/pages/one_change", {"one_change": CANARY * 900_000, "go": "next"}),
        (f"{EASY}/pages/one_change", {"one_change": f"{CANARY}\0", "go": "next"}),
        (f"{EASY}/pages/nowhere", {"one_change": CANARY}),
        ("/come-back", {"code": f"{CANARY} {CANARY} {CANARY}"}),
        ("/withdraw", {"code": f"{CANARY} {CANARY} {CANARY}"}),
        ("/staff/sign-in", {"email": f"{CANARY}@example.org", "password": CANARY}),
    ):
        with suppress(httpx.ReadError):  # Ten megabytes are cut off while they are sent.
            await browser.post(address, data=data)
    refused = await browser.post("/you-said", content=f'{{"words": "{CANARY}'.encode())
    assert refused.status_code >= 400


async def break_a_rule(dsn: str) -> None:
    """Have Postgres refuse a row with these words, as a fault of ours would."""
    db = await asyncpg.connect(dsn)
    try:
        with pytest.raises(asyncpg.PostgresError):
            await db.execute(
                "insert into redacted_comments (response_id, question_id, words)"
                f" values (gen_random_uuid(), 'one_change', '{CANARY}')"
            )
        with pytest.raises(asyncpg.PostgresError):
            await db.execute("select cast($1::text as integer)", CANARY)
    finally:
        await db.close()


async def test_no_log_file_holds_a_word_of_an_answer(house):
    dsn = await embedded.start(house.folder / "data")
    await given.reader_on_rota(dsn)
    async with httpx.AsyncClient(base_url=house.url, timeout=60) as browser:
        await walk(browser)
    assert await house.do("work", "--once") == 0
    await break_a_rule(dsn)

    db = await asyncpg.connect(dsn)
    try:
        assert await db.fetchval("select count(*) from redacted_comments where words like '%quid%'")
    finally:
        await db.close()
    async with httpx.AsyncClient(base_url=house.url, timeout=60) as browser:
        await browser.post(f"{EASY}/start", data={"assent": "yes", "words": ""})
        os.kill(house.postgres(), signal.SIGKILL)
        # Refused, or kept by a Postgres that was started again: both may leave a trace in a log.
        await browser.post(f"{EASY}/pages/one_change", data={"one_change": CANARY})
        await browser.get(f"/{CANARY}?words={CANARY}", headers={"x-request-id": CANARY})
        sent = {"authorization": f"Bearer {TOKEN}"}
        figures = await browser.get("/metrics", headers=sent)
        assert "voice_requests_total" in figures.text
        assert CANARY not in figures.text
    logs = house.logs()
    assert {"serve.log", "work.log", "postgres.log"} <= set(logs)
    assert "starting PostgreSQL" in logs["postgres.log"]
    for name, held in logs.items():
        assert CANARY not in held, f"{name} holds an answer"
    if house.environment["VOICE_LOG"] == "json":
        lines = [json.loads(line) for line in logs["serve.log"].splitlines()]
        answered = [line for line in lines if line["message"] == "answered"]
        assert {line["route"] for line in answered} >= {"/withdraw", "nowhere", "/come-back"}
        assert all(len(line["request"]) == 16 for line in answered)
        for line in logs["work.log"].splitlines():
            assert json.loads(line)["logger"]
    else:
        assert "answered" not in logs["serve.log"]
