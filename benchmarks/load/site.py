"""A Voice to load: a Postgres of its own, the web app as it runs for real, and what it holds."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import asyncpg
from msgspec import json

from benchmarks.load.crowd import Came, Plan
from voice.database.pool import transaction
from voice.jobs.tables import bring_up_to_date
from voice.settings import Settings
from voice.staff import rota_store, store
from voice.worker import Workshop

ROOT = Path(__file__).parents[2]


class Site:
    """The web app over a database, with as many workers as are asked for."""

    def __init__(self, dsn: str, data: Path, port: int, workers: int) -> None:
        """Remember where; nothing is started yet."""
        self.dsn, self.port, self.workers = dsn, port, workers
        self.settings = Settings(database_url=dsn, data_dir=data)
        self._environment = {**os.environ, "DATABASE_URL": dsn, "VOICE_DATA_DIR": str(data)}
        self._environment |= {"VOICE_PORT": str(port), "VOICE_WEB_WORKERS": str(workers)}
        self._serving: subprocess.Popen[bytes] | None = None

    async def fill(self) -> None:
        """Make the tables, and somebody who reads words: without them nobody is asked for any."""
        await bring_up_to_date(self.dsn, Workshop(self.settings).vault)
        async with transaction(self.dsn) as db:
            reader = await store.add_person(db, "reader@example.org", ["safeguarding_lead"], "x")
            await rota_store.set_rota(db, "lead", reader, None)

    async def start(self) -> float:
        """Start the web app; return the seconds until it answered with its first page."""
        started = time.perf_counter()
        self._serving = await asyncio.to_thread(self._serve)
        while time.perf_counter() < started + 60:
            if await asyncio.to_thread(_answers, self.port):
                return time.perf_counter() - started
            await asyncio.sleep(0.01)
        raise RuntimeError("the web app did not start")

    def _serve(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "voice", "serve"]
        return subprocess.Popen(command, env=self._environment)

    async def stop(self) -> None:
        """End the web app, kindly first; a worker that only just starts does not hear that."""
        if self._serving is None:
            return
        self._serving.send_signal(signal.SIGTERM)
        try:
            await asyncio.to_thread(self._serving.wait, 10)
        except subprocess.TimeoutExpired:
            for pid in _children(self._serving.pid):
                os.kill(pid, signal.SIGKILL)
            self._serving.kill()
            await asyncio.to_thread(self._serving.wait, 10)
        self._serving = None

    def memory(self) -> list[float]:
        """Return the most memory in MB that each worker of the web app has held."""
        assert self._serving, "it runs"
        return [_peak(pid) for pid in _children(self._serving.pid)]

    def cpu(self) -> float:
        """Return the seconds of processor that the workers of the web app have used."""
        assert self._serving, "it runs"
        return sum(_cpu(pid) for pid in _children(self._serving.pid))


async def let_come(plan: Plan) -> Came:
    """Let a crowd come, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.load.crowd"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    came, _ = await process.communicate(json.encode(plan))
    if process.returncode:
        raise RuntimeError("the crowd fell over")
    return json.decode(came, type=Came)


async def forget(dsn: str) -> None:
    """Empty what people said, so that each round begins with the same tables."""
    db = await asyncpg.connect(dsn)
    await db.execute("truncate responses, answers, response_keys, pgqueuer cascade")
    await db.execute("checkpoint")
    await db.close()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/help", timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    """Return the processes that a process started and that are Python, not a helper of it."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in found if _peak(int(child)) > 40]


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    peak = re.search(r"VmHWM:\s+(\d+)", status)
    return int(peak[1] if peak else 0) / 1000


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
