"""Comments that one, two and four workers read in turn: how much faster more of them are.

    python benchmarks/workers.py [--comments N] [--times N] [--workers N ...]

The first N comments of nhs-fft come in with `voice import`, over a Postgres of their own; then so
many `voice work --once` are started at the same moment, and end when the queue is empty. A worker
takes seconds to load its models: those are taken from a run over an empty queue, and shown. Every
comment must have been read once, or it ends with 1.
"""

import argparse
import asyncio
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import asyncpg
from workbench import QUESTION, SHARED, SURVEY

from voice.database import embedded

READ = (
    "select count(*), count(distinct response_id), count(*) filter (where vector is not null)"
    " from redacted_comments"
)


class Place:
    """A Postgres in a folder, and the comments to bring into it."""

    def __init__(self, folder: Path, rows: Path) -> None:
        """Remember where; nothing is started."""
        self.folder, self.rows = folder, rows
        self.dsn = ""

    async def fill(self) -> None:
        """Start Postgres, make the tables, bring the comments in."""
        self.dsn = await embedded.start(self.folder)
        await self.do("migrate")
        where = ["--survey", SURVEY, "--question", QUESTION, "--text", "comment"]
        await self.do("import", str(self.rows), *where)

    def begin(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a command; each worker keeps to one thread, as a core each is compared."""
        environment = {**os.environ, "DATABASE_URL": self.dsn, "VOICE_DATA_DIR": str(self.folder)}
        environment |= {"VOICE_THREADS": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", "voice", *arguments],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    async def do(self, *arguments: str) -> None:
        """Run a command to its end."""
        if await asyncio.to_thread(self.begin(*arguments).wait):
            sys.exit(f"voice {arguments[0]} failed")

    async def work(self, workers: int) -> float:
        """Let so many workers work until the queue is empty; return the seconds until the last."""
        started = time.perf_counter()
        all_of_them = [self.begin("work", "--once") for _ in range(workers)]
        codes = await asyncio.gather(*(asyncio.to_thread(one.wait) for one in all_of_them))
        if any(codes):
            sys.exit("a worker failed")
        return time.perf_counter() - started

    async def read(self) -> tuple[int, int, int]:
        """Return how many comments were read, how many different ones, how many have vectors."""
        db = await asyncpg.connect(self.dsn)
        row = await db.fetchrow(READ)
        await db.close()
        assert row, "a count always has a row"
        return (row[0], row[1], row[2])


async def once(workers: int, rows: Path, n: int) -> tuple[float, float]:
    """Return the seconds of reading, and those of an empty queue, of so many workers."""
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name), rows)
        try:
            await place.fill()
            taken = await place.work(workers)
            if await place.read() != (n, n, n):
                sys.exit(f"Of {n} comments these were read: {await place.read()}")
            return taken, await place.work(workers)
        finally:
            await embedded.stop(Path(name))


async def compare(given: argparse.Namespace, rows: Path) -> None:
    """Print a row for each number of workers; rounds in turn, so that noise meets all alike."""
    seconds: dict[int, list[float]] = {workers: [] for workers in given.workers}
    empty: dict[int, list[float]] = {workers: [] for workers in given.workers}
    for _ in range(given.times):
        for workers in given.workers:
            taken, idle = await once(workers, rows, given.comments)
            seconds[workers].append(taken - idle)
            empty[workers].append(idle)
    print("workers | comments a second | spread | beside one | seconds to load")
    first = statistics.median(seconds[given.workers[0]])
    for workers in given.workers:
        speeds = sorted(given.comments / one for one in seconds[workers])
        middle = statistics.median(seconds[workers])
        print(
            f"{workers} | {given.comments / middle:.0f} | {speeds[0]:.0f} to {speeds[-1]:.0f} | "
            f"{first / middle:.2f} | {statistics.median(empty[workers]):.1f}",
            flush=True,
        )


def main() -> None:
    """Take the comments from the shared data, and compare."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--comments", type=int, default=1_500)
    asked.add_argument("--times", type=int, default=3)
    asked.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    given = asked.parse_args()
    with SHARED.open(encoding="utf-8", newline="") as lines:
        comments = [row["comment"] for row in csv.DictReader(lines)][: given.comments]
    with tempfile.TemporaryDirectory() as name:
        rows = Path(name, "comments.csv")
        with rows.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["comment"], *([one] for one in comments)])
        asyncio.run(compare(given, rows))


if __name__ == "__main__":
    main()
