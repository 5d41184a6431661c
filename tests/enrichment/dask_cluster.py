"""A real Dask scheduler and workers, each a process of its own, for tests."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from msgspec import json

ROOT = Path(__file__).parents[2]
LONGEST_START = 60.0  # Seconds.


class Cluster(NamedTuple):
    """Where the scheduler answers, its workers' processes, and the folder of all their logs."""

    address: str
    workers: Sequence["subprocess.Popen[bytes]"]
    logs: Path

    def said(self) -> str:
        """All that they have logged."""
        return "\n".join(file.read_text() for file in sorted(self.logs.glob("*.log")))


@contextmanager
def process(log: Path, *words: str, **env: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a command beside the test; it is killed at the end."""
    with log.open("wb") as file:
        begun = subprocess.Popen(
            words, cwd=ROOT, env=os.environ | env, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        yield begun
    finally:
        begun.kill()
        begun.wait()


@contextmanager
def cluster(
    folder: Path,
    n_workers: int = 2,
    *,
    host: str = "tcp://127.0.0.1",
    inside: Mapping[str, Sequence[str]] = {},
    **env: str,
) -> Iterator[Cluster]:
    """Start a scheduler and workers of one thread each, and wait until all have met.

    Args:
        folder: for their logs.
        n_workers: how many workers.
        host: where the scheduler listens, without its port.
        inside: what stands before the command of the `scheduler` and of the `worker`.
        env: more of their environment.
    """
    known = folder / "scheduler.json"
    dask = (sys.executable, "-m", "dask")
    env = {"VOICE_THREADS": "1", "PYTHONPATH": str(ROOT / "src")} | env
    with ExitStack() as stack:
        words = (*inside.get("scheduler", ()), *dask, "scheduler", "--no-dashboard")
        where = ("--host", host, "--port", "0", "--scheduler-file", str(known))
        stack.enter_context(process(folder / "scheduler.log", *words, *where, **env))
        wait_until(known.exists)
        address = json.decode(known.read_bytes())["address"]
        words = (*inside.get("worker", ()), *dask, "worker", address, "--nthreads", "1")
        rest = ("--no-nanny", "--no-dashboard", "--local-directory", str(folder))
        workers = [
            stack.enter_context(process(folder / f"worker-{n}.log", *words, *rest, **env))
            for n in range(n_workers)
        ]
        found = Cluster(address, workers, folder)
        wait_until(lambda: found.said().count("Registered to:") >= n_workers)
        yield found


def wait_until(done) -> None:
    """Wait for something, not for ever."""
    until = time.monotonic() + LONGEST_START
    while not done():
        assert time.monotonic() < until, "they have not met"
        time.sleep(0.05)
