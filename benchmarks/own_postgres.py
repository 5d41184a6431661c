"""How long our own Postgres takes to start: medians of five, in milliseconds.

Run it with `python benchmarks/own_postgres.py`.
"""

import asyncio
import os
import shutil
import signal
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from voice.database import embedded
from voice.database.embedded_left import listener
from voice.database.embedded_place import Place

TIMES = 5


async def main() -> None:
    """Print one line for each way to start."""
    for words, prepare in (
        ("cold start, with making the database", throw_away),
        ("warm attach to a running server", leave_it),
        ("start after a stop", embedded.stop),
        ("start after kill -9 of the server", kill),
    ):
        took = await measure(prepare)
        print(f"{words:38} {statistics.median(took):7.1f} ms  ({min(took):.1f} to {max(took):.1f})")


async def measure(prepare: Callable[[Path], Awaitable[None]]) -> list[float]:
    """Return the milliseconds of five starts, each after `prepare`."""
    home = Path(tempfile.mkdtemp(prefix="voice-", dir="/tmp"))
    data_dir, took = home / "data", []
    try:
        await embedded.start(data_dir)
        for _ in range(TIMES):
            await prepare(data_dir)
            began = time.perf_counter()
            await embedded.start(data_dir)
            took.append((time.perf_counter() - began) * 1000)
        await embedded.stop(data_dir)
    finally:
        shutil.rmtree(home)
    return took


async def throw_away(data_dir: Path) -> None:
    """Leave nothing of the database."""
    await embedded.stop(data_dir)
    shutil.rmtree(data_dir)


async def leave_it(data_dir: Path) -> None:
    """Change nothing."""


async def kill(data_dir: Path) -> None:
    """Kill the server as a power cut would."""
    pid = listener(Place(data_dir))
    assert pid, "it was started a moment ago"
    os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    asyncio.run(main())
