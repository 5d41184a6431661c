"""A page in British Sign Language, in a real Chromium: the film plays, and can be gone through."""

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Request

from tests.browser.looking import look
from tests.browser.probes.opened import PHONE
from tests.browser.serving import Site, free_port, wait_for
from tests.drawn import photo
from tests.filmed import film
from tests.signing.conftest import EASY, build_house
from voice.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
HOME = f"/surveys/{EASY}"
LISTENED = f"{HOME}/pages/listened"
SECONDS = 60
OFFER = "Show films in British Sign Language (BSL)"
PLAYED = """(wanted) => new Promise((done, fail) => {
    const film = document.querySelector("video");
    const look = () => film.currentTime > wanted && film.readyState >= 2 && done(film.currentTime);
    film.addEventListener("timeupdate", look);
    setTimeout(() => fail(new Error(`${film.currentTime} ${film.error?.message}`)), 20000);
    look();
})"""


@pytest.fixture(scope="module")
def signed(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a web app with two films: of the easy-read survey’s start and a question."""
    data: Path = tmp_path_factory.mktemp("signed")
    house = build_house(data / "home", Settings(database_url=site.dsn, data_dir=data))
    house.sign("start-page")
    house.sign("listened", film(SECONDS, size=(640, 360), heavy=True), poster=photo())
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": site.dsn,
        "VOICE_HOME": str(house.settings.home),
        "VOICE_DATA_DIR": str(data),
        "VOICE_PORT": str(port),
    }
    serving = subprocess.Popen([sys.executable, "-m", "voice", "serve"], env=environment)
    try:
        wait_for(port, serving)
        yield f"http://127.0.0.1:{port}"
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(20)


async def opened(chromium: Browser, address: str, *, script: bool) -> Page:
    context = await chromium.new_context(
        base_url=address, viewport=PHONE, java_script_enabled=script
    )
    return await context.new_page()


@pytest_asyncio.fixture(loop_scope="session")
async def with_script(chromium: Browser, signed: str) -> AsyncIterator[Page]:
    page = await opened(chromium, signed, script=True)
    yield page
    await page.context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def without_script(chromium: Browser, signed: str) -> AsyncIterator[Page]:
    page = await opened(chromium, signed, script=False)
    yield page
    await page.context.close()


async def to_the_film(page: Page) -> list[Request]:
    """Switch films on by the button, go to the question; return the requests for films since."""
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one) if ".webm" in one.url else None)
    await page.goto(HOME)
    await page.get_by_role("button", name=OFFER).click()
    await page.get_by_role("button", name="Yes, start", exact=True).click()
    await page.goto(LISTENED)
    return asked


async def test_the_film_is_fetched_when_it_is_played_and_plays(with_script):
    asked = await to_the_film(with_script)
    await with_script.wait_for_load_state("networkidle")
    assert asked == [], "nothing of a film is fetched unasked"
    await with_script.locator("video").evaluate("film => film.play()")
    assert await with_script.evaluate(PLAYED, 0.5) > 0.5
    size = await with_script.locator("video").evaluate("film => [film.videoWidth, film.duration]")
    assert size == [640, SECONDS]


async def test_going_on_to_a_later_place_fetches_that_part(with_script):
    asked = await to_the_film(with_script)
    film_shown = with_script.locator("video")
    await film_shown.evaluate("film => film.play()")
    await with_script.evaluate(PLAYED, 0.2)
    await film_shown.evaluate("(film, at) => { film.currentTime = at; }", SECONDS - 5)
    assert await with_script.evaluate(PLAYED, SECONDS - 5) > SECONDS - 5
    for request in asked:
        answer = await request.response()
        assert answer is not None
        assert answer.status == 206
    begins = [int((await request.all_headers())["range"][6:].split("-")[0]) for request in asked]
    assert begins[0] == 0
    assert max(begins) > 1_000_000


async def test_without_script_the_film_is_played_by_its_own_button(without_script):
    await to_the_film(without_script)
    await without_script.locator("video").focus()
    await without_script.keyboard.press("Space")
    await without_script.wait_for_timeout(2_000)
    at = await without_script.locator("video").evaluate("film => [film.currentTime, film.paused]")
    assert at[0] > 0.5


async def test_a_page_with_a_film_has_no_barrier_and_keeps_its_words(with_script):
    await with_script.goto(HOME)
    await look(with_script)
    await to_the_film(with_script)
    await look(with_script)
    box = await with_script.locator("video").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert abs(box["width"] / box["height"] - 16 / 9) < 0.05
    name = with_script.get_by_text("This page in British Sign Language")
    assert await name.is_visible()
    assert await with_script.get_by_label("Sometimes").is_visible()
    await with_script.goto(HOME)
    await look(with_script)
    await with_script.goto("/display")
    await look(with_script)
