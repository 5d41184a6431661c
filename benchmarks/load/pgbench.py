"""The yardstick: how many such rows Postgres takes when nothing but pgbench stands before it."""

import asyncio
import os
import re
import subprocess
from pathlib import Path

import asyncpg

from voice.database import sql
from voice.database.embedded_user import binaries

SQL = sql.load(str(Path(__file__).with_name("inserts.py")))
RATE = re.compile(r"tps = ([\d.]+) \(without initial connection time\)")
CHOSEN, WRITTEN = 10, 2
"""Of twelve questions of the young people's survey, two ask for words."""


async def rate(dsn: str, folder: Path, *, clients: int, seconds: int) -> float:
    """Return the rows a second of this many clients, each of which waits for its commit.

    One row a transaction, prepared once, with the rights of the web app, into the table of answers
    with its indexes, its checks and its foreign key.
    """
    db = await asyncpg.connect(dsn)
    await db.execute(SQL.response, clients, "support-young-people")
    await db.close()
    files = []
    for name, weight in (("chosen", CHOSEN), ("written", WRITTEN)):
        file = folder / f"{name}.sql"
        file.write_text(f"\\set n :n + 1\n{getattr(SQL, name)}\n", encoding="utf-8")
        files.append(f"--file={file}@{weight}")
    command = [binaries() / "pgbench", "--no-vacuum", "--protocol=prepared", "--define=n=0"]
    command += [f"--client={clients}", f"--time={seconds}", *files, dsn]
    environment = {**os.environ, "PGOPTIONS": "-c role=voice_web"}
    done = await asyncio.to_thread(_run, [str(word) for word in command], environment)
    found = RATE.search(done.stdout)
    if found is None:
        raise RuntimeError(done.stderr)
    return float(found[1])


def _run(command: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
