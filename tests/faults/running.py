"""All of Voice in processes of its own, to be killed; and young people who do not give up."""

import asyncio
import contextlib
import hashlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
from msgspec import json

from benchmarks.load.person import Done, Person, Wrong
from benchmarks.load.stored import SQL
from benchmarks.load.wire import NotAnswered
from tests import given
from voice.database import embedded
from voice.database.pool import transaction
from voice.jobs.tables import bring_up_to_date
from voice.settings import Settings
from voice.staff import rota_store, store
from voice.surveys.catalogue import Catalogue

SURVEY = Catalogue.read(Settings().surveys).find("support-young-people")
AGAIN = "tried again"
PATIENCE = 90.0  # Seconds a young person tries again, and we wait for anything.
WORDS = "select count(*) from answers where free_text and state = 'answered'"


class Running:
    """A web app and workers over a Postgres of its own, in a folder."""

    def __init__(self, folder: Path, **env: str) -> None:
        """Choose a port; nothing is started yet. `env` is more of the processes' environment."""
        self.folder = folder
        self._env = env
        self.port = _free_port()
        self.web: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    async def database(self) -> str:
        """Return the address of the Postgres; it is started if it is not there."""
        return await embedded.start(self.folder)

    async def fill(self) -> None:
        """Make the tables, and somebody who reads words: else nobody is asked for any."""
        dsn = await self.database()
        await bring_up_to_date(dsn, given.VAULT)
        async with transaction(dsn) as db:
            reader = await store.add_person(db, "reader@example.org", ["safeguarding_lead"], "x")
            await rota_store.set_rota(db, "lead", reader, None)

    async def serve(self) -> None:
        """Start the web app, and wait until it answers."""
        self.web = self._start("serve")
        until = time.monotonic() + PATIENCE
        while not await asyncio.to_thread(self._answers):
            assert time.monotonic() < until, "the web app did not start"
            assert self.web.poll() is None, "the web app fell over"
            await asyncio.sleep(0.05)

    @contextlib.asynccontextmanager
    async def kept_up(self) -> AsyncIterator[None]:
        """Start the web app again whenever it has ended, as a service manager does.

        It restarts what is killed itself, but gives up when that happens twice in five seconds.
        """

        async def look() -> None:
            while True:
                if self.web is None or self.web.poll() is not None:
                    await self.serve()
                await asyncio.sleep(0.2)

        looking = asyncio.create_task(look())
        try:
            yield
        finally:
            looking.cancel()

    def work(self) -> "subprocess.Popen[bytes]":
        """Start one more worker."""
        self.workers.append(self._start("work"))
        return self.workers[-1]

    def _start(self, command: str) -> "subprocess.Popen[bytes]":
        env = os.environ | {"VOICE_DATA_DIR": str(self.folder), "VOICE_PORT": str(self.port)}
        env |= {"DATABASE_URL": "", "VOICE_THREADS": "1", "VOICE_OFFLINE": "false"} | self._env
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "voice", command],
                env=env,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def log(self) -> Path:
        """What all processes have said."""
        return self.folder.parent / "processes.log"

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill_web(self) -> None:
        """Kill the web app and its workers, as a machine that loses its power does."""
        assert self.web
        for number in [*children(self.web.pid), self.web.pid]:
            kill(number)
        self.web.wait()

    async def stop(self) -> None:
        """End all of it."""
        for process in [*self.workers, *([self.web] if self.web else [])]:
            process.send_signal(signal.SIGCONT)
            for number in children(process.pid):
                kill(number)
            process.kill()
            process.wait()
        await embedded.stop(self.folder)

    async def ask(self, question: str) -> list[asyncpg.Record]:
        """Ask the database, and try again while it is away."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                db = await asyncpg.connect(await self.database())
                try:
                    found: list[asyncpg.Record] = await db.fetch(question)
                    return found
                finally:
                    await db.close()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                assert time.monotonic() < until, "the database did not come back"
                await asyncio.sleep(0.2)


class Stubborn(Person):
    """Somebody who presses Next again when it did not work, as the page asks them to."""

    async def _get(self, kind: str, path: str, telling: str) -> str:
        return await self._again(lambda: super(Stubborn, self)._get(kind, path, telling))

    async def _post(self, kind: str, path: str, fields: list[tuple[str, str]]) -> str:
        return await self._again(lambda: super(Stubborn, self)._post(kind, path, fields))

    async def _again(self, once: Callable[[], Awaitable[str]]) -> str:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return await once()
            except (OSError, TimeoutError, NotAnswered) as problem:
                if time.monotonic() > until:
                    raise problem
            except Wrong as problem:
                if ": 50" not in str(problem) or time.monotonic() > until:
                    raise
            self.done.took.append((AGAIN, 0.0))
            await asyncio.sleep(0.1)


def tried_again(people: list[Done]) -> int:
    """Return how often people had to press a button again."""
    return sum(what == AGAIN for one in people for what, _ in one.took)


async def crowd(port: int, people: int, seed: int, pause: float = 0.02) -> list[Done]:
    """Let people answer at the same time; each goes the whole way."""
    chance = random.Random(seed)

    async def come(number: int) -> Done:
        await asyncio.sleep(chance.uniform(0, 1))
        one = Stubborn(port, SURVEY, seed * 10_000 + number, lambda: chance.uniform(0, pause))
        await one.answer_all()
        return one.done

    return list(await asyncio.gather(*(come(number) for number in range(people))))


async def all_is_there(here: Running, people: list[Done]) -> int:
    """Check that whatever was acknowledged is kept, as typed and once; return how many answers."""
    problems = [one.problem for one in people if one.problem]
    assert not problems, problems
    responses = {row["cookie_sha256"]: row for row in await here.ask(SQL.responses)}
    kept: dict[object, dict[str, asyncpg.Record]] = {}
    for row in await here.ask(SQL.answers):
        assert row["question_id"] not in kept.setdefault(row["response_id"], {})
        kept[row["response_id"]][row["question_id"]] = row
    n = 0
    for one in people:
        response = responses[hashlib.sha256(one.secret.encode()).digest()]
        assert response["sent"]
        for question, typed in one.typed.items():
            row = kept[response["id"]][question]
            assert [row["state"], _value(row)] == typed, question
            n += 1
    return n


async def every_job_ends_once(here: Running) -> int:
    """Wait until the queue is empty; each job ended well, once; each comment was read once."""
    until = time.monotonic() + PATIENCE
    while await here.ask("select 1 from pgqueuer"):
        assert time.monotonic() < until, [tuple(r) for r in await here.ask("table pgqueuer")]
        await asyncio.sleep(0.2)
    ended = await here.ask(
        "select job_id, count(*) filter (where status = 'successful') as well"
        " from pgqueuer_log where entrypoint = 'enrich' group by job_id"
    )
    assert {row["well"] for row in ended} <= {1}
    said = (await here.ask(WORDS))[0][0]
    assert (await here.ask("select count(*) from redacted_comments"))[0][0] == said
    return len(ended)


def _value(row: asyncpg.Record) -> object:
    if row["sealed"]:
        return given.VAULT.words_of(row)
    return None if row["value"] is None else json.decode(row["value"])


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [int(child) for child in found]


def kill_postgres(folder: Path) -> None:
    """Kill every process of the Postgres whose data lie in this folder."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            line = (process / "cmdline").read_bytes()
            if b"bin/postgres" in line and str(folder).encode() in line:
                kill(int(process.name))


def kill(pid: int) -> None:
    """Kill with signal 9; one that has gone is no fault."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextlib.asynccontextmanager
async def running(folder: Path, **env: str) -> AsyncIterator[Running]:
    """Give all of it, started but for the workers."""
    here = Running(folder, **env)
    await here.fill()
    try:
        await here.serve()
        yield here
    finally:
        await here.stop()
