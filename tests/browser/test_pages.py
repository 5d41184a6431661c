"""Every page that Voice has, in every language and every look, held to every check.

The walk opens each page once; then each is looked at in a real Chromium. A page that the walk
cannot reach fails here, and no page is let off a check.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
import pytest_asyncio
from litestar.testing import AsyncTestClient
from msgspec import structs

from tests.browser import looking, walking
from tests.browser.conftest import Site, _wait_for, free_port
from tests.browser.looking import Seen
from tests.browser.walking import Walked, Walker
from tests.filmed import film
from tests.listening.conftest import EASY, Hummer
from tests.signing.conftest import build_house
from voice.app import create_app
from voice.database.pool import connect
from voice.listening import run
from voice.listening.spoken import all_said
from voice.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

CHECKS = [
    "4 presses to answer",
    "ace",
    "all it asks for is there",
    "answers of 60 px",
    "answers stand under their question",
    "at most 10 stops",
    "axe",
    "chosen shows in grey",
    "edges of 3:1",
    "fields have labels",
    "focus can be seen",
    "focus is not covered",
    "forced colours",
    "html-validate",
    "keyboard reaches all",
    "language and direction",
    "links say where they lead",
    "no motion when asked",
    "no outside request",
    "no style or script in the page",
    "no words cut off",
    "nothing begins by itself",
    "pictures beside words are silent",
    "reflow at 320 px",
    "tab order",
    "targets 8 px apart",
    "targets of 44 px",
    "text spacing",
    "title says the heading",
    "vnu",
    "without pictures",
    "without script",
    "without style",
    "zoom at 400 %",
]


class Walk(NamedTuple):
    """What a walk has come to: the pages, what it missed, and where the pages are served."""

    pages: list[Walked]
    not_opened: set[str]
    not_shown: set[str]
    home: str


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def walk(site: Site, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    """A walk over the whole app, with films and sound in it; the app stays up for pictures."""
    data: Path = tmp_path_factory.mktemp("walk")
    house = build_house(data / "home", Settings(database_url=site.dsn, data_dir=data))
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
    _wait_for(port, serving)
    return serving


async def _walked(settings: Settings, site: Site, home: str) -> Walk:
    app = create_app(structs.replace(settings, secret_key="k" * 40))
    with walking.templates_used() as used:
        async with AsyncTestClient(app, base_url=home) as client:
            walker = Walker(client, site.password)
            await walking.walk_all(walker)
    missed = walking.not_opened(app, walker.opened)
    return Walk(walker.pages, missed, walking.every_template(settings.home) - used, home)


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def seen(
    walk: Walk, chromium, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Seen]:
    """Every page of the walk, looked at once, for all of the tests below."""
    began = time.monotonic()
    folder = tmp_path_factory.mktemp("pages")
    found = await looking.look_at_all(chromium, walk.home, walk.pages, folder)
    found.seconds["all of them, on the clock"] = time.monotonic() - began
    yield found


async def test_the_walk_opens_every_address_that_answers(walk):
    assert walk.not_opened == set()


async def test_the_walk_shows_every_template(walk):
    assert walk.not_shown == set()


async def test_the_walk_meets_every_kind_of_question_in_every_language(walk):
    names = {page.name for page in walk.pages}
    for language in walking.LANGUAGES:
        for kind in walking.KINDS:
            assert f"{kind} ({language})" in names


@pytest.mark.parametrize("check", CHECKS)
async def test_no_page_breaks_the_check(seen, check):
    assert seen.of(check) == []


async def test_every_check_is_held_to(seen, capsys):
    """Nothing is found under a name that no test above asks for."""
    found = {fault.check.split(":")[0] for wrong in seen.faults.values() for fault in wrong}
    assert found - set(CHECKS) == set()
    with capsys.disabled():
        lines = [f"  {seconds:7.1f} s  {name}" for name, seconds in seen.seconds.most_common()]
        print(f"\n{len(seen.faults)} pages were looked at:", *lines, sep="\n")  # noqa: T201
