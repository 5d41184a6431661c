"""`voice demo` as a whole: it starts, serves, survives, ends, and starts again."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from voice.database import embedded

pytestmark = pytest.mark.slow


class Demo:
    """A demo in a process of its own, over a folder of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.said = data.parent / "said"

    def start(self) -> float:
        """Start it, wait for its welcome, and return the seconds that took."""
        started = time.monotonic()
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "voice", "demo"],
                env={
                    **os.environ,
                    "VOICE_DATA_DIR": str(self.data),
                    "VOICE_PORT": str(self.port),
                    "DATABASE_URL": "",
                },
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        until = started + 180
        while "Voice is running" not in self.said.read_text():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < until, self.said.read_text()
            time.sleep(0.1)
        return time.monotonic() - started

    def free(self) -> bool:
        """Whether nothing listens at the demo's port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) != 0


@pytest.fixture
def demo(tmp_path) -> Iterator[Demo]:
    here = Demo(tmp_path / "data")
    yield here
    if here.process.poll() is None:
        here.process.send_signal(signal.SIGTERM)
        here.process.wait(60)
    asyncio.run(embedded.stop(here.data))


def test_it_starts_is_killed_starts_again_and_ends(demo):
    demo.start()
    home = httpx.get(demo.url)
    assert home.status_code == 200
    assert "Tell us about your help" in home.text
    said = demo.said.read_text()
    password = (demo.data / "demo-password").read_text()
    assert f"password of all four: {password}" in said

    demo.process.kill()
    demo.process.wait()
    until = time.monotonic() + 15
    while not demo.free():
        assert time.monotonic() < until, "a killed demo leaves its web app behind"
        time.sleep(0.1)

    again = demo.start()
    assert again < 60
    assert password in demo.said.read_text()
    assert "made up" in httpx.get(f"{demo.url}/you-said").text

    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(60) == 0
    assert demo.free()
    assert not list((demo.data / "postgres").glob("postmaster.pid"))


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "voice", "demo"],
            env={**os.environ, "VOICE_DATA_DIR": str(tmp_path), "VOICE_PORT": str(port)},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 3
    assert "VOICE_PORT" in done.stderr
    assert "Traceback" not in done.stderr
