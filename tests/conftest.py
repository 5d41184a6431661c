"""What every test may ask for: a database, a client, and pages checked as they are fetched."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup
from litestar import Litestar
from litestar.testing import AsyncTestClient

from tests import given
from voice.answering.shelf import Shelf
from voice.app import create_app
from voice.database import embedded, pool
from voice.jobs.tables import bring_up_to_date
from voice.languages.language import ENGLISH
from voice.languages.messages import offered
from voice.languages.say import speak
from voice.paper.press import Press
from voice.settings import Settings

NAME = "voice_test"
# Most tests are about something else than the second step of signing in.
os.environ["VOICE_SECOND_FACTOR"] = "offered"
# Every Voice that a test starts seals with the key that the tests open with.
os.environ["VOICE_MASTER_KEY"] = given.MASTER_KEY


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs a Postgres is slow: `make check` leaves it to `make test`."""
    for item in items:
        if "server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def english() -> None:
    """Every test begins in English, whatever the one before it spoke."""
    speak(ENGLISH)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Postgres: the one that is set, or our own."""
    outside = os.environ.get("DATABASE_URL")
    if outside:
        yield outside
        return
    folder = tmp_path_factory.mktemp("postgres")
    yield asyncio.run(embedded.start(folder))
    asyncio.run(embedded.stop(folder))


@pytest.fixture(scope="session")
def dsn(server: str) -> str:
    """A database of its own, made once from the real migrations."""

    async def make() -> str:
        found = await given.database(server, NAME)
        await bring_up_to_date(found, given.VAULT)
        return found

    return asyncio.run(make())


@pytest.fixture
async def clean(dsn: str) -> str:
    """The database, emptied."""
    db = await pool.connect(dsn)
    # What is only ever added to is emptied for a test all the same.
    await db.execute("set session_replication_role = replica")
    names = await db.fetch(
        "select tablename from pg_tables where schemaname = 'public' and tablename <> 'migrations'"
    )
    await db.execute(
        "truncate " + ", ".join(row["tablename"] for row in names) + " restart identity"
    )
    await db.close()
    return dsn


@pytest.fixture
async def db(clean: str) -> AsyncIterator[pool.Connection]:
    """A connection to an empty database; what it writes, the app can read."""
    connection = await pool.connect(clean)
    yield connection
    await connection.close()


@pytest.fixture
def settings(dsn: str, tmp_path: Path) -> Settings:
    """Settings that point at the test's database and at a folder of its own."""
    return Settings(
        database_url=dsn,
        data_dir=tmp_path,
        secret_key="k" * 40,
        master_key=given.MASTER_KEY,
        second_factor="offered",
    )


@pytest.fixture(scope="session")
def app(dsn: str, tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    """The whole app. It is built once: that takes longer than most tests."""
    folder = tmp_path_factory.mktemp("data")
    return create_app(
        Settings(
            database_url=dsn,
            data_dir=folder,
            secret_key="k" * 40,
            master_key=given.MASTER_KEY,
            second_factor="offered",
        )
    )


@pytest.fixture
async def client(clean: str, app: Litestar) -> AsyncIterator[AsyncTestClient[Any]]:
    """The whole app, with nothing kept from an earlier test; somebody is there to read words."""
    await given.reader_on_rota(clean)
    app.state.update({"press": Press(), "shelf": Shelf()})
    async with AsyncTestClient(app, raise_server_exceptions=True) as client:
        yield client


@pytest.fixture
def read_page() -> Callable[[str], Any]:
    """Parse a page, having checked what every page must get right."""
    return checked


def checked(html: str) -> Any:
    """Return the page; fail when it breaks a rule that holds for every page."""
    html5lib.HTMLParser(strict=True).parse(html)
    page: Any = BeautifulSoup(html, "html.parser")
    assert page.html["lang"] in {language.tag for language in offered()}
    assert page.title.text.strip()
    assert len(page.select("h1")) == 1, "a page has one h1"
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids)), f"ids are used twice: {ids}"
    for element in page.select("[aria-describedby]"):
        for reference in element["aria-describedby"].split():
            assert reference in ids, f"aria-describedby points nowhere: {reference}"
    for link in page.select("a[href^='#']"):
        assert link["href"][1:] in ids, f"link points nowhere: {link}"
    for field in page.select("input:not([type=hidden]), textarea, select"):
        assert page.select_one(f"label[for='{field['id']}']"), f"no label: {field}"
    for script in page.select("script"):
        assert script.get("src"), "no script stands in a page"
    assert not page.select("[style]"), "no style stands in a page"
    return page
