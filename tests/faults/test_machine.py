"""Faults of the machine: its disk is full, its clock jumps."""

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.running import all_is_there, crowd, every_job_ends_once, running, tried_again

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").exists(), reason="finds processes in /proc"),
]
ROUNDS = int(os.environ.get("VOICE_FAULT_ROUNDS", "2"))
PEOPLE = 12
CLOCK = Path(__file__).parent / "clock"
DAY = 86_400.0
JUMPS = [DAY, -DAY, 400 * DAY, 0, -3600, 0.5] * 10


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", str(disk)]
    made = subprocess.run(words, capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"making a small disk takes root: {made.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(ballast: Path) -> None:
    """Take all that is left of the disk."""
    with ballast.open("ab", buffering=0) as file:
        try:
            while file.write(bytes(1 << 20)):
                pass
        except OSError:
            return


async def test_a_full_disk_loses_nothing_and_says_so_kindly(small_disk):
    ballast = small_disk / "ballast"
    async with running(small_disk / "data") as here:
        people = await crowd(here.port, PEOPLE, 1)
        for number in range(ROUNDS // 2):
            coming = asyncio.create_task(crowd(here.port, 3 * PEOPLE, 2 + number))
            await asyncio.sleep(0.5)
            fill(ballast)
            await asyncio.sleep(2)
            assert os.statvfs(small_disk).f_bavail == 0
            ballast.unlink()
            people += await coming
        people += await crowd(here.port, PEOPLE, 100)
        here.work()
        assert await all_is_there(here, people) > 0
        assert await every_job_ends_once(here) > 0
        assert tried_again(people) > 0, "nobody met the full disk"
        assert "Traceback" not in here.log.read_text()


async def test_a_clock_that_jumps(tmp_path):
    clock = tmp_path / "clock"
    clock.write_text("0")
    env = {
        "VOICE_TEST_CLOCK": str(clock),
        "PYTHONPATH": f"{CLOCK}:{os.environ.get('PYTHONPATH', '')}",
    }
    async with running(tmp_path / "data", **env) as here:
        here.work()
        people = []
        for number, jump in enumerate(JUMPS[: 2 * ROUNDS]):
            coming = asyncio.create_task(crowd(here.port, PEOPLE, number))
            await asyncio.sleep(0.3)
            clock.write_text(str(jump))
            people += await coming
            seen = float(clock.with_suffix(".seen").read_text())
            assert abs(seen - time.time() - jump) < 60, "the clock did not jump"
        assert await all_is_there(here, people) > 0
        assert await every_job_ends_once(here) > 0
