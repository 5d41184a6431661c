"""A real Chromium and a real server, for tests of whole pages."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests import given
from tests.browser import install
from tests.browser.probes.opened import PHONE
from tests.browser.serving import Site, free_port, wait_for
from tests.browser.walked import Walk, walked_app
from voice.demo import stage
from voice.settings import Settings

FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def site(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The web app in a process of its own, as `voice serve` starts it."""

    data = tmp_path_factory.mktemp("data")

    async def make() -> Site:
        dsn = await given.database(server, "voice_browser")
        ready = await stage.prepare(
            Settings(database_url=dsn, data_dir=data, master_key=given.MASTER_KEY), lambda *_: None
        )
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
    context = await chromium.new_context(base_url=site.url, viewport=PHONE, service_workers="block")
    outside: list[str] = []
    context.on("request", lambda r: None if r.url.startswith(site.url) else outside.append(r.url))
    yield await context.new_page()
    await context.close()
    assert outside == [], "a page asked another site for something"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def walk(site: Site, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    """A walk over the whole app, with films and sound in it; the app stays up for its pictures."""
    async with walked_app(site, tmp_path_factory.mktemp("walk")) as walk:
        yield walk
