"""A walk over the whole app, for the tests that look at its pages."""

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from litestar.testing import AsyncTestClient
from msgspec import structs

from tests import given
from tests.browser import walking
from tests.browser.serving import Site, free_port, wait_for
from tests.browser.walking import Walked, Walker
from tests.filmed import film
from tests.listening.conftest import EASY, Hummer
from tests.signing.conftest import build_house
from voice.app import create_app
from voice.database.pool import connect
from voice.listening import run
from voice.listening.spoken import all_said
from voice.settings import Settings


class Walk(NamedTuple):
    """What a walk has come to: the pages, what it missed, and where the pages are served."""

    pages: list[Walked]
    not_opened: set[str]
    not_shown: set[str]
    home: str


@asynccontextmanager
async def walked_app(site: Site, data: Path) -> AsyncIterator[Walk]:
    """Walk over the app with films and sound in it, and serve it meanwhile."""
    house = build_house(
        data / "home", Settings(database_url=site.dsn, data_dir=data, master_key=given.MASTER_KEY)
    )
    house.let_people_be_contacted()
    house.sign("start-page", film(2))
    house.sign("listened", film(2))
    db = await connect(site.dsn)
    said = all_said(house.catalogue, EASY)
    await run.publish(db, house.folder, said, [Hummer()], lambda *_: None)
    port = free_port()
    serving = _serve(house.settings, port)
    try:
        yield await _walked(house.settings, site, f"http://127.0.0.1:{port}")
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(20)
        await run.take_away(db, EASY)
        await db.close()


def _serve(settings: Settings, port: int) -> "subprocess.Popen[bytes]":
    environment = {
        **os.environ,
        "DATABASE_URL": str(settings.database_url),
        "VOICE_HOME": str(settings.home),
        "VOICE_DATA_DIR": str(settings.data_dir),
        "VOICE_PORT": str(port),
    }
    serving = subprocess.Popen([sys.executable, "-m", "voice", "serve"], env=environment)
    wait_for(port, serving)
    return serving


async def _walked(settings: Settings, site: Site, home: str) -> Walk:
    app = create_app(structs.replace(settings, secret_key="k" * 40, second_factor="offered"))
    with walking.templates_used() as used:
        async with AsyncTestClient(app, base_url=home) as client:
            walker = Walker(client, site.password)
            await walking.walk_all(walker)
    missed = walking.not_opened(app, walker.opened)
    return Walk(walker.pages, missed, walking.every_template(settings.home) - used, home)
