"""A web app that runs: its address, and how to wait until it answers."""

import socket
import subprocess
import time
from typing import NamedTuple


class Site(NamedTuple):
    """A running Voice with the demo in it: its address, its database, its staff's password."""

    url: str
    dsn: str
    password: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, serving: "subprocess.Popen[bytes]") -> None:
    """Wait until something answers at this port, half a minute at most."""
    until = time.monotonic() + 30
    while time.monotonic() < until and serving.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start")
