"""A real Chromium and a real server, for tests of whole pages."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import NamedTuple

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from tests import given
from tests.browser import install
from voice.demo import stage
from voice.settings import Settings

FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

PHONE = ViewportSize(width=320, height=640)


class Site(NamedTuple):
    """A running Voice with the demo in it: its address, its database, its staff's password."""

    url: str
    dsn: str
    password: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The web app in a process of its own, as `voice serve` starts it."""

    data = tmp_path_factory.mktemp("data")

    async def make() -> Site:
        dsn = await given.database(server, "voice_browser")
        ready = await stage.prepare(Settings(database_url=dsn, data_dir=data), lambda *_: None)
        return Site(f"http://127.0.0.1:{free_port()}", dsn, ready.password)

    here = asyncio.run(make())
    environment = {
        **os.environ,
        "DATABASE_URL": here.dsn,
        "VOICE_PORT": here.url.rpartition(":")[2],
        "VOICE_DATA_DIR": str(data),
    }
    serving = subprocess.Popen([sys.executable, "-m", "voice", "serve"], env=environment)
    try:
        wait_for(int(here.url.rpartition(":")[2]), serving)
        yield here
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(20)


def wait_for(port: int, serving: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and serving.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """A Chromium; there must be one."""
    path = await install.find()
    assert path, "no Chromium: run `make test`, or set BROWSER_PATH"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Browser, site: Site) -> AsyncIterator[Page]:
    """A page at the size of a small phone, without script: everything must work so."""
    context = await chromium.new_context(
        base_url=site.url, java_script_enabled=False, viewport=PHONE
    )
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def scripted(chromium: Browser, site: Site) -> AsyncIterator[Page]:
    """A page with script, for tools that look at pages by running in them."""
    context = await chromium.new_context(base_url=site.url, viewport=PHONE)
    outside: list[str] = []
    context.on("request", lambda r: None if r.url.startswith(site.url) else outside.append(r.url))
    yield await context.new_page()
    await context.close()
    assert outside == [], "a page asked another site for something"
